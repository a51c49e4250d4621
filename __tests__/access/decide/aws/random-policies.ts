import fc from 'fast-check';
import type { AwsRequest } from '../../../../lib/access/decide/aws/request';

/** Policies and requests over small alphabets, so that a test can enumerate all requests that matter. */

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Record<string, unknown>[];
}

const oneOrMany = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 2 }));

const actions = oneOrMany(fc.constantFrom('s:a', 's:A', 's:b', 's:*', '*', 's:a*', 's:?', 's:*b', '?:a'));
const resources = oneOrMany(fc.constantFrom('*', 'a', 'b', 'a*', '*a', '?', 'a?', '*b*', 'ab'));

const principals = fc.oneof(
  fc.constant('*' as const),
  fc.dictionary(
    fc.constant('AWS'),
    oneOrMany(
      fc.constantFrom(
        '111111111111',
        'arn:aws:iam::111111111111:root',
        'arn:aws:iam::111111111111:user/u',
        'arn:aws:iam::222222222222:role/p/r',
        'arn:aws:sts::222222222222:assumed-role/r/s',
      ),
    ),
    { minKeys: 1 },
  ),
  fc.constant({ Service: ['a.amazonaws.com', 'b.amazonaws.com'] }),
  fc.constant({ Service: 'a.amazonaws.com' }),
  fc.constant({ Federated: 'idp.example.com', AWS: '222222222222' }),
);

export const PRINCIPALS: readonly AwsRequest['principal'][] = [
  { type: 'AWS', id: 'arn:aws:iam::111111111111:user/u' },
  { type: 'AWS', id: 'arn:aws:iam::111111111111:user/v' },
  { type: 'AWS', id: 'arn:aws:iam::222222222222:role/p/r' },
  { type: 'AWS', id: 'arn:aws:sts::222222222222:assumed-role/r/s' },
  { type: 'AWS', id: 'arn:aws:sts::222222222222:assumed-role/r/t' },
  { type: 'AWS', id: 'arn:aws:iam::333333333333:user/u' },
  { type: 'Service', id: 'a.amazonaws.com' },
  { type: 'Service', id: 'b.amazonaws.com' },
  { type: 'Federated', id: 'idp.example.com' },
];

const negatable = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.tuple(fc.boolean(), value).map(([negated, each]) => ({ [negated ? `Not${name}` : name]: each }));

/** A family of operators with the values of policies, and the values of requests that tell them apart. */
interface Family {
  readonly operators: readonly string[];
  readonly values: readonly string[];
  readonly requests: readonly (readonly string[])[];
}

const single = (...values: readonly string[]) => [[], ...values.map((each) => [each])];
const ordered = (name: string) =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (each) => name + each,
  );

export const FAMILIES: Readonly<Record<string, Family>> = {
  text: {
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    values: ['a', 'A', 'b', 'a*', '*b', '?', '*', 'ab', ''],
    requests: [
      ...single('', 'a', 'A', 'b', 'B', 'c', 'ab', 'aB', 'ac', 'cb', 'cc'),
      ['a', 'b'],
      ['a', 'c'],
      ['ab', 'c'],
      ['c', 'd'],
      ['A', 'a', 'b'],
      ['b', 'cb', 'c'],
    ],
  },
  numbers: {
    operators: ordered('Numeric'),
    values: ['1', '2', '2.5', '-1'],
    requests: single('-2', '-1', '0', '1', '1.5', '2', '2.2', '2.5', '3'),
  },
  dates: {
    operators: ordered('Date'),
    values: ['2026-01-01', '2026-01-02T00:00:00Z', '1767312000', '2026-01-02T01:00:00+01:00'],
    requests: single(
      '2025-01-01',
      '2026-01-01T00:00:00Z',
      '2026-01-01T12:00:00Z',
      '2026-01-02',
      '2026-01-02T12:00:00Z',
    ),
  },
  addresses: {
    operators: ['IpAddress', 'NotIpAddress'],
    values: ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '::/0', '2001:db8::/32', '0.0.0.0/0'],
    requests: single('10.0.0.1', '10.1.0.1', '10.1.2.3', '11.0.0.1', '2001:db8::1', '2002::1'),
  },
  booleans: { operators: ['Bool'], values: ['true', 'false'], requests: single('true', 'false') },
  binaries: {
    operators: ['BinaryEquals'],
    values: ['QQ==', 'Qg=='],
    requests: single('QQ==', 'Qg==', 'Qw=='),
  },
  arns: {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    values: ['arn:aws:s:r:1:a', 'arn:aws:s:*:1:a', 'arn:aws:*:r:1:*', 'arn:aws:s:r:?:a*', 'arn:*:*:*:*:*'],
    requests: single(
      'arn:aws:s:r:1:a',
      'arn:aws:s:q:1:a',
      'arn:aws:t:r:1:a',
      'arn:aws:s:r:2:a:b',
      'arn:aws:s:r:1:ab',
      'arn:aws:s:r:10:a',
      'x',
    ),
  },
};

function condition(family: Family, sets: boolean): fc.Arbitrary<Record<string, unknown>> {
  const prefix = sets ? fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:') : fc.constant('');
  const operator = fc
    .tuple(prefix, fc.constantFrom(...family.operators), fc.constantFrom('', '', 'IfExists'))
    .map((parts) => parts.join(''));
  const compared = fc.tuple(operator, oneOrMany(fc.constantFrom(...family.values)));
  const present = fc.tuple(fc.constant('Null'), fc.constantFrom('true', 'false'));
  const entry = fc.oneof({ weight: 8, arbitrary: compared }, { weight: 1, arbitrary: present });
  return fc
    .array(fc.tuple(entry, fc.constantFrom('ns:k', 'NS:K')), { minLength: 1, maxLength: 2 })
    .map((entries) => {
      const block: Record<string, Record<string, unknown>> = {};
      for (const [[name, values], key] of entries) block[name] = { ...block[name], [key]: values };
      return { Condition: block };
    });
}

/** Policies with conditions of one family; `sets` adds the set operators. */
export function policies(
  family: Family | undefined,
  withPrincipals: boolean,
  sets = false,
): fc.Arbitrary<Policy> {
  const parts = fc.tuple(
    fc.constantFrom({ Effect: 'Allow' }, { Effect: 'Allow' }, { Effect: 'Deny' }),
    negatable('Action', actions),
    negatable('Resource', resources),
    withPrincipals ? principals.map((Principal) => ({ Principal })) : fc.constant({}),
    family ? fc.oneof(fc.constant({}), condition(family, sets), condition(family, sets)) : fc.constant({}),
  );
  const statement = parts.map((each): Record<string, unknown> => Object.assign({}, ...each));
  return fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));
}

/** Two policies: unrelated ones, and ones that differ in one statement. */
export function pairs(policy: fc.Arbitrary<Policy>): fc.Arbitrary<readonly [Policy, Policy]> {
  const near = fc.tuple(policy, policy, fc.boolean()).map(([a, other, replaces]) => {
    const [first, ...rest] = a.Statement;
    const [added] = other.Statement;
    return [a, { ...a, Statement: replaces ? [added!, ...rest] : [first!, added!, ...rest] }] as const;
  });
  const swapped = near.map(([a, b]) => [b, a] as const);
  return fc.oneof(fc.tuple(policy, policy), near, swapped);
}

const ACTIONS = ['s:a', 's:b', 's:c', 's:ab', 's:ac', 's:cb', 't:a', 't:cc'];
const RESOURCES = ['a', 'b', 'c', 'ab', 'aa', 'ba', 'ac', 'cba', 'acc'];

/** All requests of the small world. */
export function requests(
  family: Family | undefined,
  withPrincipals: boolean,
  sets = false,
): readonly AwsRequest[] {
  const values = (family?.requests ?? [[]]).filter((each) => sets || each.length < 2);
  return ACTIONS.flatMap((action) =>
    RESOURCES.flatMap((resource) =>
      values.flatMap((value) =>
        (withPrincipals ? PRINCIPALS : [undefined]).map((principal): AwsRequest => ({
          ...(principal && { principal }),
          action,
          resource,
          context: Object.fromEntries(value.length > 0 ? [['ns:k', value]] : []),
        })),
      ),
    ),
  );
}
