import type { ModelDocument } from '../../model/document';
import { isModelObject, type ModelObject, type ModelValue } from '../../model/values/value';
import { anyText, blocks, elements } from './reader';

/** One statement of a policy with the texts of its elements. */
export interface AwsStatement {
  /** Place in the document, for example `Statement[1]`. */
  readonly path: string;
  readonly sid?: string;
  readonly effect: 'allow' | 'deny';
  readonly actions: readonly string[];
  readonly resources: readonly ModelValue[];
  /** Principals by kind; `*` is the kind `AWS`. */
  readonly principals: readonly (readonly [string, ModelValue])[];
  /** Elements that invert their list: `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly inverted: readonly string[];
  /** Values of the elements that invert their list, one text each. */
  readonly excluded: readonly string[];
  readonly condition?: ModelObject;
}

const INVERTED = ['NotAction', 'NotResource', 'NotPrincipal'] as const;

/** Statements of a parsed document. */
export function statementsOf(document: ModelDocument & { readonly kind: 'parsed' }): readonly AwsStatement[] {
  return blocks(document.value, 'Statement').map((statement, index) => ({
    path: `Statement[${index}]`,
    ...(typeof statement.Sid === 'string' && { sid: statement.Sid }),
    effect: statement.Effect === 'Deny' ? 'deny' : 'allow',
    actions: [...elements(statement.Action), ...elements(statement.NotAction)].map(anyText),
    resources: [...elements(statement.Resource), ...elements(statement.NotResource)],
    principals: [...principalsOf(statement.Principal), ...principalsOf(statement.NotPrincipal)],
    inverted: INVERTED.filter((name) => statement[name] !== undefined),
    excluded: INVERTED.filter((name) => statement[name] !== undefined).map(
      (name) => `${name} excludes ${textsOf(excludedValues(statement[name]))}`,
    ),
    ...(isModelObject(statement.Condition) && { condition: statement.Condition }),
  }));
}

function principalsOf(value: ModelValue | undefined): (readonly [string, ModelValue])[] {
  if (value === undefined || value === null) return [];
  if (!isModelObject(value)) return elements(value).map((each) => ['AWS', each] as const);
  return Object.entries(value).flatMap(([kind, list]) =>
    elements(list).map((each): readonly [string, ModelValue] => [kind, each]),
  );
}

function excludedValues(value: ModelValue | undefined): readonly ModelValue[] {
  return isModelObject(value) ? Object.values(value).flatMap(elements) : elements(value);
}

/** Values in one text. A value with a comma is in quotation marks, so that it is not two values. */
function textsOf(values: readonly ModelValue[]): string {
  return values
    .map(anyText)
    .map((text) => (/,|^"/.test(text) ? JSON.stringify(text) : text))
    .join(', ');
}

/** Conditions and inverted elements of a statement, one text each. */
export function conditionsOf({ condition, excluded }: AwsStatement): readonly string[] {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    isModelObject(keys)
      ? Object.entries(keys).map(([key, values]) => `${operator} ${key}: ${textsOf(elements(values))}`)
      : [`${operator} ${anyText(keys)}`],
  );
  return [...excluded, ...tests];
}
