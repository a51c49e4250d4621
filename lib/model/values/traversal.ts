import { referencesIn, type ExpressionValue, type ModelValue, type ReferenceValue } from './value';

/** One step of a traversal: `.name`, `["key"]` or `[0]`, or a splat or an index that is computed. */
export type TraversalStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'key'; readonly key: string | number }
  | { readonly kind: 'any'; readonly index?: ModelValue };

/** Count of names after the first one that belong to the address. Else the first one is a resource type. */
const NAMES_IN_ADDRESS: Readonly<Record<string, number>> = {
  data: 2,
  ephemeral: 2,
  var: 1,
  local: 1,
  module: 1,
  each: 1,
  count: 1,
  path: 1,
  terraform: 1,
  self: 0,
};

/** First names of objects without instances. */
const SINGLE = ['var', 'local', 'each', 'count', 'path', 'terraform', 'self'];

/**
 * Value of a traversal: a reference, or an expression if a step is computed.
 * https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function traversalValue(
  root: string,
  steps: readonly TraversalStep[],
  text: string,
): ReferenceValue | ExpressionValue {
  const count = Object.hasOwn(NAMES_IN_ADDRESS, root) ? (NAMES_IN_ADDRESS[root] ?? 1) : 1;
  let object = root;
  for (let index = 0; index < count; index++) {
    const step = steps[index];
    if (step?.kind !== 'name') return { $kind: 'expression', text, references: inIndices(steps) };
    object += `.${step.name}`;
  }
  const first = steps[count];
  const hasInstanceStep = first !== undefined && first.kind !== 'name' && !SINGLE.includes(root);
  const attributes = steps.slice(hasInstanceStep ? count + 1 : count);
  const end = attributes.findIndex(({ kind }) => kind === 'any');
  const reference: ReferenceValue = {
    $kind: 'reference',
    address: hasInstanceStep && first.kind === 'key' ? `${object}[${JSON.stringify(first.key)}]` : object,
    attribute: attributeText(end < 0 ? attributes : attributes.slice(0, end)),
  };
  return steps.some(({ kind }) => kind === 'any')
    ? { $kind: 'expression', text, references: [reference, ...inIndices(steps)] }
    : reference;
}

function inIndices(steps: readonly TraversalStep[]): ReferenceValue[] {
  return referencesIn(steps.flatMap((step) => (step.kind === 'any' && step.index ? [step.index] : [])));
}

function attributeText(steps: readonly TraversalStep[]): string {
  return steps
    .map((step) => {
      if (step.kind === 'name') return `.${step.name}`;
      return step.kind === 'key' ? `[${JSON.stringify(step.key)}]` : '[*]';
    })
    .join('')
    .replace(/^\./, '');
}
