import { measured, medians } from './measure.mjs';
import { against, ms, print } from './table.mjs';

const RUNS = 5;
const SIZES = [1000, 10_000];
const GOALS = { milliseconds: 1_000, growth: 1.3 };

/** How long all guardrails take for the stacks of the sample in production, repeated. */
export function benchGuardrails() {
  const taken = medians(
    RUNS,
    Object.fromEntries(SIZES.map((size) => [size, () => measured('guardrails-child.mjs', size)])),
  );
  print(
    `Guardrails (CPU time, median of ${RUNS})`,
    ['', 'rules', 'time'],
    SIZES.map((size) => [`${size} resources`, String(taken[size].rules), ms(taken[size].milliseconds)]),
  );
  const [small, large] = SIZES;
  const each = (size) => taken[size].milliseconds / taken[size].resources;
  console.log(`  ${large} resources: ${against(GOALS.milliseconds, taken[large].milliseconds, ' ms')}`);
  console.log(
    `  time for each, ${large} against ${small}: ${against(GOALS.growth, each(large) / each(small))}`,
  );
}
