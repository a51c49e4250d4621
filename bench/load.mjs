import { entries } from './entries.mjs';
import { measured, medians } from './measure.mjs';
import { against, mb, ms, print } from './table.mjs';

const RUNS = 7;
const GOAL = 1.1;

/** What it costs to load the library, against its foundation alone: cdktf, constructs and the same bindings. */
export function benchLoad() {
  const rows = entries.flatMap(({ specifier, foundation }) =>
    // The root loads nothing until a name of it is used, so it is measured both ways.
    specifier.includes('/')
      ? [row(specifier, 'load', foundation)]
      : [row(specifier, 'load', ['constructs', 'cdktf']), row(specifier, 'use', foundation)],
  );
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
  const { providerModules } = measured('load-child.mjs', 'load', entries[0].specifier);
  console.log(
    `  modules of provider packages after require('${entries[0].specifier}'): ${providerModules} (goal 0)`,
  );
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
    judged(mode, own.time / base.time),
    own.modules,
    base.modules,
    judged(mode, own.modules / base.modules),
    mb(own.rss),
    (own.rss / base.rss).toFixed(2),
  ];
}

/** Who uses every name of the root at once pays for all its files; the goal is for what is imported. */
function judged(mode, ratio) {
  return mode === 'use' ? ratio.toFixed(2) : against(GOAL, ratio);
}
