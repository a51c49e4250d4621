import { glob } from '../patterns/pattern';
import { findInSets, hasTextInSets, TextSet, type TextClaim } from '../patterns/text-set';
import { findValues, type KeyAnswer, type KeyClaim } from './key-values';
import type { AwsSigned, Part } from './literals';
import type { Predicate } from './values/predicate';

const globs = (...patterns: readonly string[]): TextSet => new TextSet(patterns.map((each) => glob(each)));

/** Texts that a part of a request can be. */
const UNIVERSES: Readonly<Record<Part, TextSet>> = {
  principal: globs('AWS:?*', 'Service:?*', 'Federated:?*'),
  action: globs('?*:?*'),
  resource: globs('?*'),
};

/** Texts that a witness shows if it can, the first ones first: they look like those of real requests. */
const PREFERRED: Readonly<Record<Part, readonly TextSet[]>> = {
  principal: [
    globs('AWS:arn:aws:iam::999999999999:role/other'),
    globs('AWS:arn:aws:iam::*:role/?*', 'AWS:arn:aws:iam::*:user/?*'),
    globs('AWS:arn:?*:iam::*:?*'),
  ],
  action: [globs('s3:getobject')],
  resource: [globs('arn:aws:s3:::other/object'), globs('arn:?*:?*:*:*:?*')],
};

function claimsOn(part: Part, signed: readonly AwsSigned[]): readonly TextClaim[] {
  const claims = signed.flatMap(({ literal, holds }) =>
    literal.kind === 'part' ? [{ set: literal.set, holds }] : [],
  );
  return [...claims, { set: UNIVERSES[part], holds: true }];
}

function keyClaims(signed: readonly AwsSigned[]): readonly KeyClaim[] {
  return signed.flatMap(({ literal, holds }) => (literal.kind === 'key' ? [{ literal, holds }] : []));
}

/**
 * Keys of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html that have one value
 * at most, in lower case. Conditions with set operators on them do not make them multivalued.
 */
const SINGLE_VALUED = new Set(
  [
    'CurrentTime EpochTime FederatedProvider MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount PrincipalArn',
    'PrincipalIsAWSService PrincipalOrgID PrincipalServiceName PrincipalType referer RequestedRegion ResourceAccount',
    'ResourceOrgID SecureTransport SourceAccount SourceArn SourceIdentity SourceIp SourceOrgID SourceVpc SourceVpce',
    'TokenIssueTime UserAgent userid username ViaAWSService VpcSourceIp',
  ]
    .join(' ')
    .split(' ')
    .map((name) => `aws:${name.toLowerCase()}`),
);

/**
 * Values of one key that satisfy the literals.
 *
 * @param readers - predicates of both documents that read the key
 */
export function valuesOf(
  signed: readonly AwsSigned[],
  multivalued: ReadonlySet<string>,
  readers: readonly Predicate[] = [],
): KeyAnswer | undefined {
  const claims = keyClaims(signed);
  const key = claims[0]?.literal.key ?? '';
  return findValues(claims, multivalued.has(key) && !SINGLE_VALUED.has(key), readers);
}

/** Whether one part or key of a request can satisfy all literals. */
export function isPossible(signed: readonly AwsSigned[], multivalued: ReadonlySet<string>): boolean {
  const [first] = signed;
  switch (first?.literal.kind) {
    case 'part':
      return hasTextInSets(claimsOn(first.literal.part, signed));
    case 'key':
      return valuesOf(signed, multivalued) !== undefined;
    default:
      return true;
  }
}

/** A text of a part that satisfies the literals, as symbols. The literals are possible. */
export function textOf(part: Part, signed: readonly AwsSigned[]): readonly string[] | undefined {
  const claims = claimsOn(part, signed);
  for (const set of PREFERRED[part]) {
    const preferred = findInSets([...claims, { set, holds: true }]);
    if (preferred) return preferred;
  }
  return findInSets(claims);
}
