import type { ModelResource } from '../../model/model';
import { anyText, argument, knownText } from '../edges/reader';
import { PROVIDER } from '../edges/google-federation';
import type { PoolMember } from '../edges/pool-member';
import type { AccessNode } from '../graph/node';
import { checkCondition } from '../token/google-condition';
import { mapToken, type MappedToken } from '../token/google-mapping';
import { AWS_MAPPING, mappingOf } from '../token/google-provider';
import { at, awsAccountOf, isUsed, type LinkContext } from './context';
import { corrected } from './corrected-condition';
import { shortMember, type GoogleStatement } from './google-statements';
import { costOf, type Rejection } from './link';

/** Placeholder for the name of a session. */
const SESSION = 'ANY-SESSION';

/** A role of AWS that is to be a member of a pool. */
interface Exchange {
  readonly role: AccessNode;
  readonly arn: string;
  readonly account: string;
  readonly member: PoolMember;
  readonly statement: GoogleStatement;
  readonly provider: ModelResource;
}

/**
 * Rejections of a role of AWS as a member of a pool, by the provider of the pool that rejects it least; `undefined` if
 * no provider of the pool accepts roles of AWS.
 */
export function federationRejections(
  role: AccessNode,
  member: PoolMember,
  statement: GoogleStatement,
  context: LinkContext,
): readonly Rejection[] | undefined {
  const byProvider = context.index
    .ofType(PROVIDER)
    .filter(({ mode }) => mode === 'managed')
    .filter((each) => knownText(argument(each, 'workload_identity_pool_id', context)) === member.pool)
    .flatMap((provider) => {
      const accepted = argument(provider, 'aws.account_id', context);
      if (accepted === undefined) return [];
      const account = awsAccountOf(role, context) ?? anyText(accepted);
      const arn = `arn:aws:sts::${account}:assumed-role/${role.label}/${SESSION}`;
      return [rejectionsOf({ role, arn, account, member, statement, provider }, context)];
    })
    .sort((a, b) => costOf(a) - costOf(b));
  return byProvider[0];
}

function rejectionsOf(exchange: Exchange, context: LinkContext): readonly Rejection[] {
  const { provider, arn, account } = exchange;
  const mapped = mapToken(mappingOf(provider, context), { arn, account });
  const mapping = mappingRejections(exchange, mapped, context);
  // The corrected mapping gives the member that a right policy has.
  const isRight = mapping.length > 0 && exchange.member.value === withoutSession(arn);
  return [
    ...disabled(provider, context),
    ...claim(exchange, context),
    ...mapping,
    ...conditionRejection(exchange, mapped, context),
    ...(isRight ? [] : memberRejection(exchange, mapped, context)),
  ];
}

function disabled(provider: ModelResource, context: LinkContext): readonly Rejection[] {
  const id = argument(provider, 'workload_identity_pool_id', context);
  const pools = context.index
    .ofType('google_iam_workload_identity_pool')
    .filter((each) => each.mode === 'managed' && argument(each, 'workload_identity_pool_id', context) === id);
  return [provider, ...pools]
    .filter((each) => argument(each, 'disabled', context) === true)
    .map((each) => ({
      stage: 'provider',
      cause: `${each.address} is disabled.`,
      ...at(each),
      change: { kind: 'set', ...at(each), path: 'disabled', value: false },
      cost: 1,
    }));
}

function claim({ provider, account }: Exchange, context: LinkContext): readonly Rejection[] {
  const accepted = anyText(argument(provider, 'aws.account_id', context));
  if (accepted === account || accepted.includes('${')) return [];
  return [
    {
      stage: 'claim',
      cause: `${provider.address} accepts tokens of the account ${accepted}, and the role is of the account ${account}.`,
      ...at(provider),
      change: { kind: 'set', ...at(provider), path: 'aws.account_id', value: account },
      cost: 1,
    },
  ];
}

/** Rejections of the mapping of the subject and of the attribute of the member. */
function mappingRejections(
  exchange: Exchange,
  mapped: MappedToken,
  context: LinkContext,
): readonly Rejection[] {
  const { member, provider } = exchange;
  const rejection = (attribute: string, value: string, cause: string): Rejection => ({
    stage: 'mapping',
    cause,
    ...at(provider),
    change: { kind: 'set', ...at(provider), path: `attribute_mapping[${JSON.stringify(attribute)}]`, value },
    cost: 1,
  });
  const failed = mapped.steps
    .filter(({ result }) => result === 'rejects')
    .map(({ text }) =>
      text.includes('google.subject')
        ? rejection('google.subject', "assertion.arn.extract('assumed-role/{role_and_session}')", text)
        : rejection(member.form, AWS_MAPPING['attribute.aws_role'], text),
    );
  if (failed.length > 0 || !member.form.startsWith('attribute.') || names(exchange, mapped, member.form)) {
    return failed;
  }
  const value = mapped.attributes[member.form];
  const condition = anyText(argument(provider, 'attribute_condition', context));
  // If another attribute names the role and the condition does not read this one, then the member is wrong.
  if (value === undefined && namingAttribute(exchange, mapped) && !condition.includes(member.form)) return [];
  const cause =
    value === undefined
      ? `${provider.address} does not map ${member.form}, which the member names.`
      : `${provider.address} maps ${member.form} to ${JSON.stringify(value)}, which does not name the role.`;
  return [rejection(member.form, AWS_MAPPING['attribute.aws_role'], cause)];
}

/** Whether an attribute of the mapped token has the name of the role. */
function names({ role }: Exchange, { attributes }: MappedToken, attribute: string): boolean {
  const value = attributes[attribute];
  return typeof value === 'string' && value.includes(role.label);
}

/** Custom attribute that has the name of the role. */
function namingAttribute(exchange: Exchange, mapped: MappedToken): string | undefined {
  return Object.keys(mapped.attributes).find(
    (each) => each.startsWith('attribute.') && names(exchange, mapped, each),
  );
}

function conditionRejection(
  { provider, arn, account }: Exchange,
  mapped: MappedToken,
  context: LinkContext,
): readonly Rejection[] {
  const condition = knownText(argument(provider, 'attribute_condition', context));
  const step = checkCondition(condition, { arn, account }, mapped);
  // The condition can test the session, which the caller chooses.
  if (condition === undefined || step.result !== 'rejects' || step.text.includes(SESSION)) return [];
  const attributes = { ...mapped.attributes, 'attribute.aws_role': withoutSession(arn) };
  const value = corrected(condition, { arn, account }, attributes);
  // The condition is right for the corrected mapping.
  if (value === condition) return [];
  return [
    {
      stage: 'condition',
      cause: `${provider.address}: ${step.text}`,
      ...at(provider),
      ...(value !== undefined && {
        change: { kind: 'set', ...at(provider), path: 'attribute_condition', value },
      }),
      cost: 1,
    },
  ];
}

/** Whether a subject is the role in one of its sessions. */
function isSubject({ form, value }: PoolMember, { attributes }: MappedToken): boolean {
  const subject = attributes['google.subject'];
  if (form !== 'subject' || typeof subject !== 'string' || value === undefined) return false;
  const [before = '', after] = subject.split(SESSION);
  return after === undefined ? value === subject : value.startsWith(before) && value.endsWith(after);
}

const withoutSession = (arn: string): string => arn.replace(/\/[^/]*$/, '');

function memberRejection(
  exchange: Exchange,
  mapped: MappedToken,
  context: LinkContext,
): readonly Rejection[] {
  const { member, statement, arn } = exchange;
  const ofMember = names(exchange, mapped, member.form) ? member.form : undefined;
  const attribute = ofMember ?? namingAttribute(exchange, mapped) ?? 'attribute.aws_role';
  const mappedValue = mapped.attributes[attribute];
  const value = typeof mappedValue === 'string' ? mappedValue : withoutSession(arn);
  const right = `${member.name.replace(/^[^:]+(:.*\/workloadIdentityPools\/[^/]+\/).*$/s, 'principalSet$1')}${attribute}/${value}`;
  if (statement.member === right || member.form === '*' || isSubject(member, mapped)) return [];
  const holder = statement.holder === undefined ? undefined : context.reach.node(statement.holder);
  return [
    {
      stage: 'member',
      cause: `The member of ${statement.resource.address} is ${shortMember(statement.member)}, and the role is ${shortMember(right)}.`,
      ...at(statement.resource),
      change: { kind: 'set', ...at(statement.resource), path: statement.memberPath, value: right },
      cost: holder !== undefined && isUsed(holder, context) ? 2 : 1,
    },
  ];
}
