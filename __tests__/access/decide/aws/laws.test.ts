import fc from 'fast-check';
import { decide } from '../../../../lib/access/decide';
import { FAMILIES, pairs, policies, type Policy } from './random-policies';

const RUNS = { numRuns: 60 };

/** Policies with each family of conditions, with principals and without. */
const policy = fc
  .constantFrom(undefined, ...Object.keys(FAMILIES))
  .chain((name) => policies(name === undefined ? undefined : FAMILIES[name], false, name === 'text'));

const relation = (a: unknown, b: unknown) => decide('aws-policy', a, b).relation;

test('each policy is within itself', () => {
  fc.assert(
    fc.property(policy, (each) => expect(relation(each, each)).toBe('within')),
    RUNS,
  );
});

test('a policy within a second that is within a third is within the third', () => {
  fc.assert(
    fc.property(policy, policy, policy, (a, b, c) => {
      const wider = join(a, b);
      const widest = join(wider, c);
      for (const [one, two, three] of [
        [a, wider, widest],
        [a, b, c],
      ] as const) {
        if (relation(one, two) === 'within' && relation(two, three) === 'within') {
          expect(answers(two, three)).toContain(relation(one, three));
        }
      }
    }),
    RUNS,
  );
});

const hasSetOperator = (each: Policy) => /"For(All|Any)Value/.test(JSON.stringify(each));

/**
 * Relations that a first policy can have to a third when both pairs are within. A set operator of the third alone makes
 * a key multivalued that an operator for one value tests in the first, and AWS does not document the result of that.
 */
const answers = (second: Policy, third: Policy) =>
  hasSetOperator(third) && !hasSetOperator(second) ? ['within', 'unknown'] : ['within'];

const join = (...all: Policy[]): Policy => ({
  Version: '2012-10-17',
  Statement: all.flatMap(({ Statement }) => Statement),
});

const onlyWith = (effect: string, { Statement, ...rest }: Policy): Policy => ({
  ...rest,
  Statement: Statement.map((each) => ({ ...each, Effect: effect })),
});

test('an added Allow never narrows a policy', () => {
  fc.assert(
    fc.property(policy, policy, (a, added) => {
      expect(relation(a, join(a, onlyWith('Allow', added)))).toBe('within');
    }),
    RUNS,
  );
});

test('an added Deny never broadens a policy', () => {
  fc.assert(
    fc.property(policy, policy, (a, added) => {
      expect(relation(join(a, onlyWith('Deny', added)), a)).toBe('within');
    }),
    RUNS,
  );
});

/** The same policy with other words: lists for values, other orders, repeated entries, other capitals of keys. */
function respelled(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    return [...entries, ...entries].reverse().flatMap((each) => respelled(each, key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, each]) => [name === 'ns:k' ? 'Ns:K' : name, respelled(each, name)]),
    );
  }
  if (['Effect', 'Version', 'Null'].includes(key)) return value;
  return /^(Not)?Action$/.test(key) ? [String(value).toUpperCase()] : [value];
}

const allowedWith = (Condition: object): Policy => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's:a', Resource: '*', Condition }],
});

/** One condition reads the value as true or false, and the next as a number. */
const MIXED: [Policy, Policy] = [
  allowedWith({ BoolIfExists: { 'ns:k': 'true' } }),
  allowedWith({ Null: { 'ns:k': 'true' }, NumericEqualsIfExists: { 'ns:k': '1' } }),
];

test('order and spelling of lists, actions and keys do not matter', () => {
  fc.assert(
    fc.property(pairs(policy), ([a, b]) => {
      const [c, d] = [respelled(a), respelled(b)];
      expect(relation(a, c)).toBe('within');
      expect(relation(c, a)).toBe('within');
      expect(relation(c, d)).toBe(relation(a, b));
    }),
    { ...RUNS, examples: [[MIXED]] },
  );
});
