import { ExpressionParser } from './expression';
import type { ModelValue, ReferenceValue } from './value';

/**
 * Value of a text in Terraform's JSON syntax: `${…}` is an expression, `$${` is a literal `${`. A text that is one
 * expression has the type of the expression. https://developer.hashicorp.com/terraform/language/syntax/json
 * @param bound names that the configuration declares around the text, for example the iterator of a `dynamic` block
 */
export function templateValue(text: string, bound: readonly string[] = []): ModelValue {
  if (!text.includes('${') && !text.includes('%{')) return text;
  try {
    return new ExpressionParser(text, bound).template();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The text may have a directive, or syntax of a newer Terraform.
    return { $kind: 'expression', text, references: referencesByName(text, bound) };
  }
}

const NAMED =
  /(?<![\w.-])(data\.[a-z]\w*\.[\w-]+|(?:var|local|module|[a-z]+_\w+)\.[\w-]+)((?:\.\w+|\[\d+\])*)/g;

/** References in a text that the parser does not know. */
function referencesByName(text: string, bound: readonly string[]): ReferenceValue[] {
  const found = new Map<string, ReferenceValue>();
  for (const [whole, address = '', rest = ''] of text.matchAll(NAMED)) {
    const [root = ''] = address.split('.');
    if (bound.includes(root)) continue;
    found.set(whole, { $kind: 'reference', address, attribute: rest.replace(/^\./, '') });
  }
  return [...found.values()];
}
