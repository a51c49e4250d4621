import { INLINE_POLICIES } from '../../../access/edges/aws-identity-policies';
import { isComputedCopy } from '../../../model/computed';
import { isComputed, isModelObject, type ModelValue } from '../../../model/values/value';
import { CheckedValue } from '../../checked-value';
import { documentIn } from '../../document-in';
import { type Subject } from '../../subject';
import { all, any, fail, isUnknown, pass, type Fail, type Unknown, type Verdict } from '../../verdict';

/** One statement of a policy. Each list has its elements; a text counts as a list of one. */
export interface Statement {
  /** The statement with its place. */
  readonly subject: Subject;
  /** Pass if the statement allows, fail if it denies. */
  readonly allows: Verdict;
  readonly actions: readonly CheckedValue[];
  readonly notActions: readonly CheckedValue[];
  readonly resources: readonly CheckedValue[];
  readonly notResources: readonly CheckedValue[];
  /** Principals by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`; all principals are `AWS` with "*". */
  readonly principals: readonly Principal[];
  readonly conditions: readonly Condition[];
  /** A verdict for each part of the conditions whose operator or key only Terraform knows. */
  readonly unknownConditions: readonly Verdict[];
}

/** One principal of a statement. */
export interface Principal {
  readonly kind: string;
  readonly value: CheckedValue;
}

/** One key of a condition. */
export interface Condition {
  /** Operator, for example `StringEquals`. */
  readonly operator: string;
  /** Key in lower case, since IAM ignores the case of keys. */
  readonly key: string;
  readonly values: readonly CheckedValue[];
}

/** Arguments with policies of an identity by resource type; a role has one in each block. */
const POLICY_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_iam_policy: 'policy',
  aws_iam_role: 'inline_policy',
  ...Object.fromEntries(Object.keys(INLINE_POLICIES).map((type) => [type, 'policy'])),
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
};

/** Resource types with policies of an identity. */
export const IDENTITY_POLICIES = Object.keys(POLICY_ARGUMENTS);

/**
 * Verdicts for each statement in the policies of an identity; `unknown` for a policy that only Terraform knows.
 *
 * @param check evaluates one statement, which may deny
 */
export function ofEachStatement(
  identity: Subject,
  check: (statement: Statement) => readonly Verdict[],
): readonly Verdict[] {
  const argument = POLICY_ARGUMENTS[identity.type] ?? 'policy';
  const policies =
    identity.type === 'aws_iam_role'
      ? ownBlocks(identity, argument).map((block) => statementsOf(block, 'policy'))
      : [statementsOf(identity, argument)];
  return all(...policies.flatMap((policy) => (isUnknown(policy) ? [policy] : policy.flatMap(check))));
}

/** Blocks of the configuration: a provider copies the policies of other resources into a role. */
function ownBlocks(role: Subject, name: string): readonly Subject[] {
  return isComputedCopy(role.resource, name) ? [] : role.blocks(name);
}

/** Statements of a policy argument; none if it is omitted; the verdict if only Terraform knows the document. */
export function statementsOf(holder: Subject, argument: string): readonly Statement[] | Unknown {
  const { property } = holder.value(argument);
  return holder.index.deriveOf(holder.resource, property, () => parsedStatements(holder, argument));
}

function parsedStatements(holder: Subject, argument: string): readonly Statement[] | Unknown {
  if (!holder.value(argument).isPresent || isComputedCopy(holder.resource, argument)) return [];
  const policy = documentIn(holder, argument);
  return isUnknown(policy) ? policy : policy.blocks('Statement').map(statementOf);
}

const patterns = new Map<string, RegExp>();

/** Whether a pattern with `*` and `?` covers a text, without regard to case. */
export function covers(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === text.toLowerCase();
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    patterns.set(pattern, (compiled = new RegExp(`^${source}$`, 'i')));
  }
  return compiled.test(text);
}

const ABSENT = fail('The statement has no such element.');

/** Pass if the statement has a list, `unknown` if the list can be omitted. */
export function has([first]: readonly CheckedValue[]): Verdict {
  if (first === undefined) return ABSENT;
  return first.canBeOmitted ? first.unknown() : pass;
}

/** Pass if the statement names an action; "*" does not count, since AWS006 rejects it. */
export function names({ actions }: Statement, action: string): Verdict {
  const isNamed = (text: string) => text !== '*' && covers(text, action);
  const canBeNamed = (outline: string) => covers(outline.replaceAll('…', '*'), action);
  return any(ABSENT, ...actions.map((each) => each.meets(isNamed, canBeNamed)));
}

/** Pass if a condition meets the test, `unknown` if only Terraform knows a condition, else the failure. */
export function tests(
  { conditions, unknownConditions }: Statement,
  test: (condition: Condition) => boolean,
  failure: Fail,
): Verdict {
  return any(failure, ...(conditions.some(test) ? [pass] : []), ...unknownConditions);
}

function statementOf(subject: Subject): Statement {
  const list = (name: string) => subject.value(name).elements;
  return {
    subject,
    allows: subject.value('Effect').isNot('Deny'),
    actions: list('Action'),
    notActions: list('NotAction'),
    resources: list('Resource'),
    notResources: list('NotResource'),
    principals: principalsOf(subject.value('Principal')),
    ...conditionsOf(subject.value('Condition')),
  };
}

function principalsOf(principal: CheckedValue): readonly Principal[] {
  if (!principal.isPresent) return [];
  const { value } = principal;
  if (!isModelObject(value) || isComputed(value)) return [{ kind: 'AWS', value: principal }];
  return entries(principal).flatMap(([kind, values]) =>
    values.elements.map((each) => ({ kind, value: each })),
  );
}

function conditionsOf(block: CheckedValue): Pick<Statement, 'conditions' | 'unknownConditions'> {
  const operators = entries(block);
  return {
    conditions: operators.flatMap(([operator, keys]) =>
      entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: value.elements })),
    ),
    unknownConditions: [block, ...operators.map(([, keys]) => keys)]
      .filter(({ value }) => isComputed(value))
      .map((open) => open.unknown()),
  };
}

function entries({ value, property }: CheckedValue): readonly (readonly [string, CheckedValue])[] {
  if (!isModelObject(value) || isComputed(value)) return [];
  return Object.entries(value as Readonly<Record<string, ModelValue>>).map(([name, each]) => [
    name,
    new CheckedValue(`${property}.${name}`, each),
  ]);
}

/** A policy with one statement that allows, for examples. */
export function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}

/** A configuration of a role with one statement in an inline policy, for examples. */
export function roleAllowing(statement: object): Readonly<Record<string, unknown>> {
  const inline = { name: 'x', policy: policyOf(statement) };
  return { resource: { aws_iam_role: { x: { ...roleTrusting({}), inline_policy: [inline] } } } };
}

/** A role with one statement in its trust policy, for examples. */
export function roleTrusting(statement: object): Readonly<Record<string, unknown>> {
  return { name: 'x', assume_role_policy: policyOf(statement) };
}
