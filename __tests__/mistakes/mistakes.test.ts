import { refusal, testStack } from '../synth';
import { SUBJECTS } from '../tokens/subjects';
import { clusters } from './clusters';
import { identity } from './identity';
import { javascript } from './javascript';
import { jobs } from './jobs';
import { nodes } from './nodes';
import { pipelines } from './pipelines';
import { steps } from './steps';
import { stores } from './stores';
import { triggers } from './triggers';
import { vertex } from './vertex';
import { workloads } from './workloads';

/*
 * Mistakes of users: wrong props are added to valid ones. The error names property, value, rule and remedy, and the
 * whole message is compared.
 */

const domains = {
  clusters,
  identity,
  javascript,
  jobs,
  nodes,
  pipelines,
  steps,
  stores,
  triggers,
  vertex,
  workloads,
};

describe.each(Object.entries(domains))('%s', (_, mistakes) => {
  test.each(mistakes.map(([what, title, props, message]) => ({ what, title, props, message })))(
    '$title: $what',
    ({ title, props, message }) => {
      const subject = SUBJECTS[title];
      const stack = testStack();
      const given = { ...subject?.variants[0]?.(stack), ...props(stack) };
      expect(refusal(() => subject?.make(stack, given as never)).message).toBe(message);
    },
  );
});

test('at most 40 of at least 200 mistakes are those that the compiler of TypeScript finds', () => {
  const { javascript: compiled, ...others } = domains;
  expect(compiled.length).toBeLessThanOrEqual(40);
  expect(Object.values(others).flat().length + compiled.length).toBeGreaterThanOrEqual(200);
});
