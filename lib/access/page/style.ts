/** Style of the page, for light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f3f5f8; --ink: #1c2330; --paper: #fff; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #3b4452; --soft: #232a35; --ink: #e6e9ef; --paper: #161b22; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; max-width: 70ch; }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: .75rem; background: var(--soft); border-radius: .5rem; }
label { display: grid; gap: .15rem; font-size: .85rem; }
input, select { font: inherit; padding: .3rem .5rem; width: 13rem; max-width: 100%; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .3rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.picture { overflow: auto; max-height: 75vh; border: 1px solid var(--line); border-radius: .5rem; background: var(--soft); }
.picture svg { display: block; height: auto; }
.picture text { fill: var(--ink); } .picture path, .picture polygon, .picture ellipse { stroke: var(--ink); fill: none; } .picture .edge polygon { fill: var(--ink); }
.picture .cluster path, .picture .cluster polygon { stroke: var(--line); }
.picture .deny path { stroke: #c62828; } .picture .dim { opacity: .12; }
.table { overflow: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 6rem; }
thead th { position: sticky; top: 0; background: var(--paper); }
.deny { color: #c62828; } @media (prefers-color-scheme: dark) { .deny { color: #ff8a80; } }
.none { color: #b45309; } @media (prefers-color-scheme: dark) { .none { color: #fbbf24; } }
.muted { opacity: .75; font-size: .85rem; }
[hidden] { display: none !important; }
`;
