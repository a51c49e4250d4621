import { entryPoints } from './entries.mjs';
import { measured, medians } from './measure.mjs';
import { against, mb, ms, print } from './table.mjs';

const RUNS = 7;
const GOAL = 1.1;

/** Cost of loading the library and using every name, against its foundation: cdktf, constructs and the bindings. */
export function benchLoad() {
  const entries = entryPoints();
  const [{ specifier: root }] = entries;
  const rows = [
    row(root, 'load', ['constructs', 'cdktf']),
    ...entries.map(({ specifier, foundation }) => row(specifier, 'use', foundation)),
  ];
  print(
    `Loading, against the foundation alone (median of ${RUNS})`,
    [
      'entry',
      'time',
      'foundation',
      'time ratio',
      'modules',
      'foundation',
      'modules ratio',
      'rss',
      'rss ratio',
    ],
    rows,
  );
  const { providerModules } = measured('load-child.mjs', 'load', root);
  console.log(`  modules of provider packages after require('${root}'): ${providerModules} (goal 0)`);
}

function row(specifier, mode, foundation) {
  const { own, base } = medians(RUNS, {
    own: () => measured('load-child.mjs', mode, specifier),
    base: () => measured('load-child.mjs', 'load', ...foundation),
  });
  return [
    mode === 'use' ? `${specifier}, every name used` : specifier,
    ms(own.time),
    ms(base.time),
    judged(specifier, mode, own.time / base.time),
    own.modules,
    base.modules,
    judged(specifier, mode, own.modules / base.modules),
    mb(own.rss),
    (own.rss / base.rss).toFixed(2),
  ];
}

/** The goal is for what an app imports. An app that uses every name of the root pays for all files. */
function judged(specifier, mode, ratio) {
  return mode === 'use' && !specifier.includes('/') ? ratio.toFixed(2) : against(GOAL, ratio);
}
