import fc from 'fast-check';
import { decide } from '../../../../lib/access/decide';
import { evaluateCel } from '../../../../lib/access/decide/google/cel/evaluate';
import { parseCondition } from '../../../../lib/access/decide/google/cel/parse';
import type { CelRequest } from '../../../../lib/access/decide/google/cel/request';
import { condition } from './random-conditions';

/** RANDOM_PAIRS=10000 is the run of a release; the default keeps `npm test` short. */
const RUNS = Number(process.env.RANDOM_PAIRS ?? 300);

/** All texts with at most three of two characters, and texts with another character. */
const VALUES = [
  '',
  'a',
  'b',
  'aa',
  'ab',
  'ba',
  'bb',
  'aab',
  'aba',
  'abb',
  'bab',
  'bba',
  'baa',
  'bbb',
  'x',
  'ax',
  'xb',
  'axb',
  'axx',
  'xab',
  'abx',
  'xax',
  'xbx',
  undefined,
];
const TIMES = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];

const WORLD: readonly CelRequest[] = VALUES.flatMap((x) =>
  VALUES.flatMap((y) => [undefined, 'a', 'x'].map((tag) => ({ x, y, tag }))),
).flatMap(({ x, y, tag }) =>
  TIMES.map((day) => {
    const given = { 'attribute.x': x, 'attribute.y': y, 'tag k': tag, 'request.time': `${day}T00:00:00Z` };
    const present = Object.entries(given).filter((each): each is [string, string] => each[1] !== undefined);
    return {
      attributes: Object.fromEntries(present),
      absent: Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : [])),
    };
  }),
);

const isTrue = (source: string, request: CelRequest) => {
  const results = evaluateCel(parseCondition(source), request);
  return results.size === 1 && results.has('true');
};

test('decides random conditions as the enumeration of requests does', () => {
  fc.assert(
    fc.property(condition, condition, (a, b) => {
      const answer = decide('gcp-condition', a, b);
      const [first, second] = [parseCondition(a), parseCondition(b)];
      const isWitness = (request: CelRequest) =>
        evaluateCel(first, request).has('true') && !evaluateCel(second, request).has('true');
      expect(answer.relation).toBe(WORLD.some(isWitness) ? 'broader' : 'within');
      if (answer.relation !== 'broader') return;
      const witness = answer.witness as CelRequest;
      expect(isTrue(a, witness)).toBe(true);
      expect(evaluateCel(second, witness).has('true')).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

describe('laws', () => {
  const relation = (a: string, b: string) => decide('gcp-condition', a, b).relation;

  test('a condition is between the conjunction and the disjunction', () => {
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        expect(relation(a, a)).toBe('within');
        expect(relation(`${a} && ${b}`, a)).toBe('within');
        expect(relation(a, `${b} || ${a}`)).toBe('within');
        expect(relation(a, `!!(${a})`)).toBe('within');
      }),
    );
  });

  test('within is transitive', () => {
    fc.assert(
      fc.property(condition, condition, condition, (a, b, c) => {
        if (relation(a, b) === 'within' && relation(b, c) === 'within') expect(relation(a, c)).toBe('within');
      }),
    );
  });
});
