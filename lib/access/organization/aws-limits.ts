import { conditionsOf, type AwsStatement } from '../edges/aws-statement';
import { allTexts } from '../edges/reader';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import { isCovered, isDisjoint } from './action-patterns';
import { joined, NO_LIMIT, type Limit } from './limit';
import type { AwsLimit } from './organization-policy';

const WORDS: Readonly<Record<AwsLimit['kind'], string>> = {
  permissionsBoundary: 'permissions boundary',
  resourceControl: 'resource control policy',
  serviceControl: 'service control policy',
};

const nameOf = ({ kind, name }: AwsLimit): string => `${WORDS[kind]} ${name}`;

/**
 * Effect of policies on an action of an identity.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function awsLimit(
  action: string,
  { edge, from, to }: { readonly edge: AccessEdge; readonly from: AccessNode; readonly to: AccessNode },
  policies: readonly AwsLimit[],
): Limit {
  const targets = edge.resources ?? to.names.filter((name) => name.startsWith('arn:'));
  const concerned = policies.filter((each) => concerns(each, from));
  const denials = concerned.flatMap((policy) =>
    policy.statements
      .filter(({ effect }) => effect === 'deny')
      .map((statement) => denial(action, targets, statement, policy)),
  );
  return joined([...denials, ...allowances(action, concerned)]);
}

/** Service control policies and boundaries limit users and roles. Resource control policies limit each caller. */
function concerns({ kind, identities }: AwsLimit, { kind: of, names }: AccessNode): boolean {
  if (kind === 'resourceControl') return true;
  if (of !== 'aws.role' && of !== 'aws.user') return false;
  return identities === undefined || identities.some((arn) => names.includes(arn) || isNamed(arn, names));
}

const isNamed = (arn: string, names: readonly string[]): boolean => names.includes(arn.replace(/^.*\//, ''));

function denial(
  action: string,
  targets: readonly string[],
  statement: AwsStatement,
  policy: AwsLimit,
): Limit {
  const { actions, inverted, principals } = statement;
  const isInverted = inverted.includes('NotAction');
  if (isInverted ? isCovered(action, actions) : isDisjoint(action, actions)) return NO_LIMIT;
  const hasAll = isInverted ? isDisjoint(action, actions) : isCovered(action, actions);
  const isEveryone = policy.kind !== 'resourceControl' || principals.some(([, value]) => value === '*');
  const conditions = conditionsOf({ ...statement, excluded: [] });
  if (hasAll && isEveryone && conditions.length === 0 && hasTargets(statement, targets)) {
    return { kind: 'denied', cause: `The ${nameOf(policy)} denies ${action}.` };
  }
  const note = [
    `unless the ${nameOf(policy)} denies it (${isInverted ? 'all but ' : ''}${actions.join(', ')}`,
    ...(conditions.length === 0 ? [] : [` if ${conditions.join(' and ')}`]),
    ')',
  ].join('');
  return { kind: 'partly', note };
}

/** Whether a statement is about each resource of an edge. */
function hasTargets({ resources, inverted }: AwsStatement, targets: readonly string[]): boolean {
  if (inverted.includes('NotResource')) return false;
  const patterns = resources.flatMap((each) => allTexts(each));
  if (resources.length === 0 || patterns.includes('*')) return true;
  return targets.length > 0 && targets.every((target) => isCovered(target, patterns));
}

/** Denials of an action that no policy allows. A kind without a statement that allows has another policy that does. */
function allowances(action: string, policies: readonly AwsLimit[]): readonly Limit[] {
  const groups = [
    policies.filter(({ kind }) => kind === 'serviceControl'),
    ...policies.filter(({ kind }) => kind === 'permissionsBoundary').map((each) => [each]),
  ];
  return groups.flatMap((group) => {
    const allowing = group.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'allow');
    const [first] = group;
    if (first === undefined || (allowing.length === 0 && first.kind === 'serviceControl')) return [];
    const isAllowed = allowing.some(({ actions, inverted }) =>
      inverted.includes('NotAction') ? !isCovered(action, actions) : !isDisjoint(action, actions),
    );
    const names = group.map(nameOf).join(', ');
    return isAllowed ? [] : [{ kind: 'denied' as const, cause: `The ${names} does not allow ${action}.` }];
  });
}
