import { isComputed, isModelObject, type ModelValue } from '../../../model/values/value';
import { CheckedValue } from '../../checked-value';
import { Subject } from '../../subject';
import { unknown, type Unknown } from '../../verdict';

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

/** Resource types with a policy of an identity in the argument `policy`. */
export const IDENTITY_POLICIES = [
  'aws_iam_group_policy',
  'aws_iam_policy',
  'aws_iam_role_policy',
  'aws_iam_user_policy',
];

/** Statements of a policy argument; none if it is omitted; the verdict if only Terraform knows the document. */
export function statementsOf(resource: Subject, property: string): readonly Statement[] | Unknown {
  return resource.index.deriveOf(resource.resource, property, () => parsedStatements(resource, property));
}

function parsedStatements(resource: Subject, property: string): readonly Statement[] | Unknown {
  const { computed = [] } = resource.resource;
  if (!resource.value(property).isPresent || computed.includes(property)) return [];
  const document = resource.document(property);
  if (document.kind === 'unknown') return unknown(`${property} is known after apply.`, property);
  if (document.kind === 'invalid') return unknown(`${property} must be a JSON document.`, property);
  const root = new Subject(resource.resource, resource.index, document.value, property);
  return root.blocks('Statement').map(statementOf);
}

/** Statements that allow, or the verdict if the document is not known. */
export function allowsOf(resource: Subject, property: string): readonly Statement[] | Unknown {
  const statements = statementsOf(resource, property);
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

/** A role with one statement in its trust policy, for examples. */
export function roleTrusting(statement: object): Readonly<Record<string, unknown>> {
  return { name: 'x', assume_role_policy: policyOf(statement) };
}
