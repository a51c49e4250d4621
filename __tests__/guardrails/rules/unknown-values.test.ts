import { catalogue } from '../../../lib/guardrails/catalogue';
import { configurationOf } from '../../../lib/guardrails/example';
import type { Example, Rule } from '../../../lib/guardrails/rule';
import { outcome } from './outcome';

/*
 * No rule takes a value that only Terraform knows for a pass or for a violation: each argument of each example, at any
 * depth, is replaced by a variable, and each block by a `dynamic` block. In a JSON document, each value is replaced.
 */

type Body = Record<string, unknown>;
/** Replaces an argument of a block. Returns whether the argument can be replaced. */
type Replace = (block: Body, argument: string) => boolean;

const NOT_EVALUATED = ['//', 'lifecycle', 'depends_on', 'count', 'for_each'];

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const byVariable: Replace = (block, argument) => {
  block[argument] = '${var.given}';
  return true;
};

const byDynamicBlock: Replace = (block, argument) => {
  const { [argument]: content } = block;
  // Terraform has dynamic blocks for blocks, not for maps.
  const isMap = ['annotations', 'labels', 'variables'].includes(argument);
  const isBlock =
    !isMap && (isObject(content) || (Array.isArray(content) && content.length === 1 && isObject(content[0])));
  if (!isBlock) return false;
  delete block[argument];
  block.dynamic = { [argument]: { for_each: '${var.given}', content } };
  return true;
};

/** Blocks of a resource, itself first. */
function blocksIn(value: unknown): Body[] {
  if (Array.isArray(value)) return value.flatMap(blocksIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(blocksIn)] : [];
}

/** The example with one argument replaced, for each argument of its resources and data sources. */
function replaced(rule: Rule, example: Example, replace: Replace): (readonly [string, Example])[] {
  const text = JSON.stringify(configurationOf(rule, example));
  const places = (configuration: Record<string, Record<string, Body>>) =>
    ['resource', 'data'].flatMap((section) =>
      Object.values(configuration[section] ?? {})
        .flatMap((ofType) => Object.values(ofType))
        .flatMap(blocksIn)
        .flatMap((block) => Object.keys(block).map((argument) => [block, argument] as const))
        .filter(([, argument]) => !NOT_EVALUATED.includes(argument)),
    );
  return places(JSON.parse(text)).flatMap((_, at) => {
    const configuration = JSON.parse(text);
    const [block, argument] = places(configuration)[at]!;
    return replace(block, argument) ? [[argument, configuration] as const] : [];
  });
}

/** Places of the values of a JSON document, those of elements of lists included. */
function placesIn(value: unknown): (readonly [Body, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[value as Body, key] as const, ...placesIn(inner)]);
}

function documentIn(text: unknown): unknown {
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const VARIABLE = 'a value that only Terraform knows';

/** The example with one value of a JSON document replaced by a variable, for each value of its documents. */
function replacedInDocuments(rule: Rule, example: Example): (readonly [string, Example])[] {
  const text = JSON.stringify(configurationOf(rule, example));
  const documents = (configuration: unknown) =>
    placesIn(configuration).filter(([block, key]) => documentIn(block[key]) !== undefined);
  return documents(JSON.parse(text)).flatMap(([block, key], at) =>
    placesIn(documentIn(block[key])).map(([, name], place) => {
      const configuration = JSON.parse(text);
      const [holder, argument] = documents(configuration)[at]!;
      const document = documentIn(holder[argument]);
      const [inner, replacedKey] = placesIn(document)[place]!;
      inner[replacedKey] = VARIABLE;
      holder[argument] = `\${jsonencode(${JSON.stringify(document).replace(`"${VARIABLE}"`, 'var.given')})}`;
      return [name, configuration] as const;
    }),
  );
}

/** Arguments that give an outcome although nobody knows them. */
function accidents(rule: Rule, examples: readonly Example[], never: string): string[] {
  return examples.flatMap((example) =>
    [
      ...replaced(rule, example, byVariable),
      ...replaced(rule, example, byDynamicBlock),
      ...replacedInDocuments(rule, example),
    ]
      .filter(([, configuration]) => outcome(rule, configuration) === never)
      .map(([argument, configuration]) => `${argument}: ${JSON.stringify(configuration)}`),
  );
}

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('an unknown argument of an example that passes is no finding', () => {
    expect(accidents(rule, rule.passes, 'fail')).toEqual([]);
  });

  test('an unknown argument of an example that fails does not pass', () => {
    expect(accidents(rule, rule.fails, 'pass')).toEqual([]);
  });
});
