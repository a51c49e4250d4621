import { measured, medians } from './measure.mjs';
import { against, ms, print } from './table.mjs';

const RUNS = 5;
const COUNT = 1000;
const GOAL = 1.05;
const SIZES = [100, 1000, 10_000];
const GROWTH_RUNS = 3;
const GROWTH_GOAL = 1.3;

/** What it costs to build workloads with the library, against the same resources written by hand. */
export function benchAgainstHand() {
  const { library, hand } = medians(RUNS, {
    library: () => measured('build-child.mjs', './workloads.mjs', COUNT),
    hand: () => measured('build-child.mjs', './workloads-by-hand.mjs', COUNT),
  });
  if (library.digest !== hand.digest) {
    throw new Error(
      `The two do not write the same:\n  library ${library.bytes} bytes ${library.types}\n  by hand ${hand.bytes} bytes ${hand.types}`,
    );
  }
  print(
    `${COUNT} workloads, against the same resources by hand (median of ${RUNS}; same JSON but for names: ${hand.bytes} bytes)`,
    ['phase', 'library', 'by hand', 'ratio'],
    [
      [
        'construct',
        ms(library.construct),
        ms(hand.construct),
        against(GOAL, library.construct / hand.construct),
      ],
      ['synth', ms(library.synth), ms(hand.synth), against(GOAL, library.synth / hand.synth)],
      [
        'both',
        ms(library.construct + library.synth),
        ms(hand.construct + hand.synth),
        against(GOAL, (library.construct + library.synth) / (hand.construct + hand.synth)),
      ],
    ],
  );
}

/** Whether ten times as many workloads take ten times as long. */
export function benchGrowth() {
  const taken = medians(
    GROWTH_RUNS,
    Object.fromEntries(
      SIZES.map((size) => [`of ${size}`, () => measured('build-child.mjs', './workloads.mjs', size)]),
    ),
    { warmUp: 0 },
  );
  const each = (size, phase) => taken[`of ${size}`][phase] / size;
  const [, middle, most] = SIZES;
  print(
    `Growth, per workload (median of ${GROWTH_RUNS})`,
    ['phase', ...SIZES.map((size) => `of ${size}`), `${most} against ${middle}`],
    ['construct', 'synth'].map((phase) => [
      phase,
      ...SIZES.map((size) => ms(each(size, phase))),
      against(GROWTH_GOAL, each(most, phase) / each(middle, phase)),
    ]),
  );
}
