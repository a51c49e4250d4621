import { INLINE_POLICIES } from '../../../access/edges/aws-identity-policies';
import { isComputedCopy } from '../../../model/computed';
import { isComputed, isModelObject, type ModelValue } from '../../../model/values/value';
import { CheckedValue } from '../../checked-value';
import { Subject } from '../../subject';
import { all, unknown, type Unknown, type Verdict } from '../../verdict';

/** One statement of a policy. Each list has its elements; a text counts as a list of one. */
export interface Statement {
  /** The statement with its place. */
  readonly subject: Subject;
  /** Whether the statement allows; a statement that denies narrows access. */
  readonly allows: boolean;
  readonly actions: readonly CheckedValue[];
  readonly notActions: readonly CheckedValue[];
  readonly resources: readonly CheckedValue[];
  readonly notResources: readonly CheckedValue[];
  /** Principals by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`; all principals are `AWS` with "*". */
  readonly principals: readonly Principal[];
  readonly conditions: readonly Condition[];
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
 * Verdicts for the policies of an identity: those of the check, and `unknown` for a policy that only Terraform knows.
 *
 * @param check evaluates the statements of one policy that allow
 */
export function ofEachPolicy(
  identity: Subject,
  check: (allows: readonly Statement[]) => readonly Verdict[],
): readonly Verdict[] {
  const argument = POLICY_ARGUMENTS[identity.type] ?? 'policy';
  const policies =
    identity.type === 'aws_iam_role'
      ? ownBlocks(identity, argument).map((block) => allowsOf(block, 'policy'))
      : [allowsOf(identity, argument)];
  return all(...policies.flatMap((allows) => (isUnknown(allows) ? [allows] : check(allows))));
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
  const { isPresent, property } = holder.value(argument);
  if (!isPresent || isComputedCopy(holder.resource, argument)) return [];
  const document = holder.document(argument);
  if (document.kind === 'unknown') return unknown(`${property} is known after apply.`, property);
  if (document.kind === 'invalid') return unknown(`${property} must be a JSON document.`, property);
  const root = new Subject(holder.resource, holder.index, document.value, property);
  return root.blocks('Statement').map(statementOf);
}

/** Statements that allow, or the verdict if the document is not known. */
export function allowsOf(holder: Subject, argument: string): readonly Statement[] | Unknown {
  const statements = statementsOf(holder, argument);
  return isUnknown(statements) ? statements : statements.filter(({ allows }) => allows);
}

/** Whether the statements of a document are not known. */
export function isUnknown(statements: readonly Statement[] | Unknown): statements is Unknown {
  return 'verdict' in statements;
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

function statementOf(subject: Subject): Statement {
  const list = (name: string) => subject.value(name).elements;
  return {
    subject,
    allows: subject.value('Effect').text !== 'Deny',
    actions: list('Action'),
    notActions: list('NotAction'),
    resources: list('Resource'),
    notResources: list('NotResource'),
    principals: principalsOf(subject.value('Principal')),
    conditions: entries(subject.value('Condition')).flatMap(([operator, keys]) =>
      entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: value.elements })),
    ),
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

function entries({ value, property }: CheckedValue): readonly (readonly [string, CheckedValue])[] {
  if (!isModelObject(value)) return [];
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
