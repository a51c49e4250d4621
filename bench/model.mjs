import { measured, medians } from './measure.mjs';
import { against, ms, print } from './table.mjs';

const RUNS = 5;
const SIZES = [1000, 10_000];
const GOALS = { time: 300, growth: 1.3 };
const STEPS = { synthesized: 'stack', plan: 'plan', join: 'join', documents: 'documents' };

/** How long the model takes for many resources: reading them, joining plan and stack, and parsing all documents. */
export function benchModel() {
  const taken = medians(
    RUNS,
    Object.fromEntries(SIZES.map((size) => [size, () => measured('model-child.mjs', size)])),
  );
  const rows = SIZES.map((size) => [
    `${size} resources`,
    ...Object.keys(STEPS).map((step) => ms(taken[size][step])),
  ]);
  print(`Resource model (median of ${RUNS})`, ['', ...Object.values(STEPS)], rows);
  const [small, large] = SIZES;
  const total = (size) => Object.keys(STEPS).reduce((sum, step) => sum + taken[size][step], 0) / size;
  console.log(`  reading a stack of ${large}: ${against(GOALS.time, taken[large].synthesized, ' ms')}`);
  console.log(
    `  time for each, ${large} against ${small}: ${against(GOALS.growth, total(large) / total(small))}`,
  );
}
