import { isCelError, run } from '@bufbuild/cel';
import fc from 'fast-check';
import { evaluateCel } from '../../../../lib/access/decide/google/cel/evaluate';
import { parseCondition } from '../../../../lib/access/decide/google/cel/parse';
import { CelError } from '../../../../lib/access/token/cel-types';
import { celValue } from '../../../../lib/access/token/cel-value';
import { standardCondition } from './random-conditions';

/** RANDOM_PAIRS=10000 is the run of a release; the default keeps `npm test` short. */
const RUNS = Number(process.env.RANDOM_PAIRS ?? 500);

const value = fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'bab', undefined);

/** The attributes that a request has. */
function present(x: string | undefined, y: string | undefined): Record<string, string> {
  return { ...(x !== undefined && { x }), ...(y !== undefined && { y }) };
}

/** Result of the library: true, false, or an error. */
function libraryResult(source: string, attribute: Record<string, string>): unknown {
  const result = run(source, { attribute });
  return isCelError(result) ? 'error' : result;
}

function ownResult(source: string, attribute: Record<string, string>): unknown {
  try {
    return celValue(source, { attribute });
  } catch (error) {
    if (error instanceof CelError) return 'error';
    throw error;
  }
}

test('random conditions have the value that a library for the language computes', () => {
  const seen = new Set<unknown>();
  fc.assert(
    fc.property(standardCondition, value, value, (source, x, y) => {
      const attribute = present(x, y);
      const expected = libraryResult(source, attribute);
      seen.add(expected);
      expect(ownResult(source, attribute)).toBe(expected);
    }),
    { numRuns: RUNS },
  );
  expect([...seen].sort()).toEqual(['error', false, true]);
});

test('the evaluation of a witness agrees with the library wherever it is certain', () => {
  fc.assert(
    fc.property(standardCondition, value, value, (source, x, y) => {
      const attributes = Object.entries(present(x, y)).map(([name, each]) => [`attribute.${name}`, each]);
      const absent = Object.entries({ x, y }).flatMap(([name, each]) =>
        each === undefined ? [`attribute.${name}`] : [],
      );
      const results = evaluateCel(parseCondition(source), {
        attributes: Object.fromEntries(attributes) as Record<string, string>,
        absent,
      });
      expect(results).toContain(String(libraryResult(source, present(x, y))));
    }),
    { numRuns: RUNS },
  );
});
