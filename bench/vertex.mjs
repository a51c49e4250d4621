import { measured, medians } from './measure.mjs';
import { against, ms, print } from './table.mjs';

const RUNS = 5;
const SIZES = [100, 1000];
const GOAL = 1.3;
const ROLE = 'google_project_iam_custom_role';

/** Whether callers of Vertex AI that need the same share their roles, of which a project holds 300. */
export function benchVertex() {
  const taken = medians(
    RUNS,
    Object.fromEntries(SIZES.map((size) => [size, () => measured('build-child.mjs', './callers.mjs', size)])),
  );
  const rows = SIZES.map((size) => {
    const types = JSON.parse(taken[size].types);
    const resources = Object.values(types).reduce((sum, count) => sum + count, 0);
    const time = taken[size].construct + taken[size].synth;
    return [
      `${size} callers`,
      types[ROLE],
      resources,
      (resources / size).toFixed(2),
      ms(time),
      ms(time / size),
    ];
  });
  print(
    `Callers of Vertex AI with the same three capabilities (median of ${RUNS})`,
    ['', 'custom roles', 'resources', 'for each', 'construct and synth', 'for each'],
    rows,
  );
  const [few, many] = SIZES.map((size) => (taken[size].construct + taken[size].synth) / size);
  console.log(`  time for each, ${SIZES[1]} against ${SIZES[0]}: ${against(GOAL, many / few)}`);
}
