/** Filters of the page. Without the script, the page shows everything. */
export const SCRIPT = `
const form = document.querySelector('form');
const rows = [...document.querySelectorAll('tbody tr')];
const count = document.querySelector('output');
const shapes = new Map([...document.querySelectorAll('.picture [id]')].map((each) => [each.id, each]));
form.hidden = false;
function apply() {
  const value = (name) => form.elements[name].value;
  const words = value('search').toLowerCase().split(/\\s+/).filter(Boolean);
  const tests = ['identity', 'cloud', 'stack', 'scope'].map((name) => [name, value(name)]).filter(([, wanted]) => wanted !== '');
  const isFiltered = words.length > 0 || tests.length > 0;
  const lit = new Set();
  let shown = 0;
  for (const row of rows) {
    const isShown = tests.every(([name, wanted]) => JSON.parse(row.dataset[name]).includes(wanted)) &&
      words.every((word) => row.dataset.text.includes(word));
    row.hidden = !isShown;
    if (!isShown) continue;
    shown += 1;
    for (const id of JSON.parse(row.dataset.nodes)) lit.add('node:' + id);
    lit.add('edge:' + row.id);
  }
  for (const [id, shape] of shapes) if (/^(node|edge):/.test(id)) shape.classList.toggle('dim', isFiltered && !lit.has(id));
  count.textContent = shown + ' of ' + rows.length + ' grants';
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
apply();
`;
