import fc from 'fast-check';
import { decide } from '../../../../lib/access/decide';
import { evaluateRbac } from '../../../../lib/access/decide/kubernetes/evaluate';
import type { RbacRequest } from '../../../../lib/access/decide/kubernetes/request';
import type { RbacRule } from '../../../../lib/access/decide/kubernetes/roles';

/** RANDOM_PAIRS=10000 is the run of a release; the default keeps `npm test` short. */
const RUNS = Number(process.env.RANDOM_PAIRS ?? 300);

const few = (...values: string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const NONE = { apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

const resourceRule: fc.Arbitrary<RbacRule> = fc.record({
  verbs: few('get', 'list', '*'),
  apiGroups: few('', 'apps', '*'),
  resources: few('pods', 'pods/log', 'pods/*', '*/log', '*', 'jobs'),
  resourceNames: fc.oneof(fc.constant([]), few('a', 'b', '')),
  nonResourceURLs: fc.constant([]),
});
const urlRule: fc.Arbitrary<RbacRule> = fc
  .record({
    verbs: few('get', 'list', '*'),
    nonResourceURLs: few('/a', '/a*', '/a/*', '/**', '*', '/a*b'),
  })
  .map((each) => ({ ...NONE, ...each }));
const rules = fc.array(fc.oneof({ weight: 3, arbitrary: resourceRule }, urlRule), { maxLength: 4 });

/** One request for each case that the entries distinguish; "other" stands for texts that no entry has. */
const WORLD: readonly RbacRequest[] = ['get', 'list', 'other'].flatMap((verb) => [
  ...['', '/', '/a', '/a/', '/a/b', '/ab', '/a*b', '/other', 'other'].map((path) => ({ verb, path })),
  ...['', 'apps', 'other'].flatMap((apiGroup) =>
    ['pods', 'jobs', 'other'].flatMap((resource) =>
      [undefined, 'log', '*', 'other'].flatMap((subresource) =>
        [undefined, 'a', 'b', 'other'].map((name) => ({
          verb,
          apiGroup,
          resource,
          ...(subresource !== undefined && { subresource }),
          ...(name !== undefined && { name }),
        })),
      ),
    ),
  ),
]);

const isWitness = (a: readonly RbacRule[], b: readonly RbacRule[], request: RbacRequest) =>
  evaluateRbac(a, request) === 'allowed' && evaluateRbac(b, request) === 'denied';

test('decides random rules as the enumeration of requests does', () => {
  fc.assert(
    fc.property(rules, rules, (a, b) => {
      const answer = decide('rbac', { rules: a }, { rules: b });
      const expected = WORLD.some((request) => isWitness(a, b, request)) ? 'broader' : 'within';
      expect(answer.relation).toBe(expected);
      if (answer.relation === 'broader') expect(isWitness(a, b, answer.witness as RbacRequest)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

describe('laws', () => {
  const relation = (a: unknown[], b: unknown[]) => decide('rbac', { rules: a }, { rules: b }).relation;

  test('rules are within themselves and within more rules', () => {
    fc.assert(
      fc.property(rules, rules, (a, b) => {
        expect(relation(a, a)).toBe('within');
        expect(relation(a, [...b, ...a])).toBe('within');
        expect(relation([], a)).toBe('within');
      }),
    );
  });

  test('within is transitive', () => {
    fc.assert(
      fc.property(rules, rules, rules, (a, b, c) => {
        if (relation(a, b) === 'within' && relation(b, c) === 'within') expect(relation(a, c)).toBe('within');
      }),
    );
  });
});
