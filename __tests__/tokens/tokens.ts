import {
  Fn,
  Lazy,
  TerraformIterator,
  TerraformResource,
  Token,
  type IResolvable,
  type TerraformStack,
} from 'cdktf';
import type { LeafKind } from './prop-types';

/** The resource whose attributes the tokens are. Terraform has it built in, so that it can evaluate them alone. */
export const SOURCE = 'terraform_data.source';
/** Values of the attributes. The text has all characters that JSON and Terraform encode. */
export const GIVEN = {
  text: 'a "quoted" \\ ${text}\nof two lines',
  number: 4711,
  list: ['first "item"', 'second'],
  map: { key: 'value "of a map"' },
};

const sourceIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('source') as TerraformResource | undefined) ??
  new TerraformResource(stack, 'source', { terraformResourceType: 'terraform_data' });
const attribute = (stack: TerraformStack, name: keyof typeof GIVEN): IResolvable =>
  sourceIn(stack).interpolationForAttribute(`output.${name}`);
const iterator = () => TerraformIterator.fromList(['a', 'b']);

/** Token in place of a value. `isValid` states whether Terraform can evaluate it in a resource without `for_each`. */
export interface TokenCase {
  readonly title: string;
  readonly make: (stack: TerraformStack) => unknown;
  /** Text that Terraform's value contains. */
  readonly given?: string;
}

const text: TokenCase = {
  title: 'an attribute',
  make: (stack) => Token.asString(attribute(stack, 'text')),
  given: GIVEN.text,
};
const lazy: TokenCase = {
  title: 'a Lazy value',
  make: (stack) => Lazy.stringValue({ produce: () => Token.asString(attribute(stack, 'text')) }),
  given: GIVEN.text,
};
const nested: TokenCase = {
  title: 'a text with an attribute',
  make: (stack) => `before-${Token.asString(attribute(stack, 'text'))}-after`,
  given: `before-${GIVEN.text}-after`,
};
const encoded: TokenCase = {
  title: 'Fn.jsonencode',
  make: (stack) => Fn.jsonencode({ text: Token.asString(attribute(stack, 'text')) }),
  given: JSON.stringify({ text: GIVEN.text }),
};
const number: TokenCase = {
  title: 'a number',
  make: (stack) => Token.asNumber(attribute(stack, 'number')),
  given: String(GIVEN.number),
};
const list: TokenCase = {
  title: 'a list',
  make: (stack) => Token.asList(attribute(stack, 'list')),
  given: GIVEN.list[0],
};
const map: TokenCase = {
  title: 'a map',
  make: (stack) => Token.asStringMap(attribute(stack, 'map')),
  given: GIVEN.map.key,
};
const besideItem: TokenCase = {
  title: 'a list beside an item',
  make: (stack) => ['first', ...Token.asList(attribute(stack, 'list'))],
};
const besideKey: TokenCase = {
  title: 'a map beside a key',
  make: (stack) => ({ first: 'value', ...Token.asStringMap(attribute(stack, 'map')) }),
};
const resolvable: TokenCase = {
  title: 'a resolvable',
  make: (stack) => attribute(stack, 'text'),
  given: GIVEN.text,
};
const each = (title: string, make: () => unknown): TokenCase => ({ title, make });

/** Tokens for a value of a kind. Those of an iterator are valid only in a resource with `for_each`. */
export const TOKENS: Readonly<Record<LeafKind | 'key', readonly TokenCase[]>> = {
  string: [text, lazy, nested, encoded, each('an iterator value', () => Token.asString(iterator().value))],
  word: [text, each('an iterator value', () => Token.asString(iterator().value))],
  number: [number, each('an iterator value', () => iterator().getNumber('n'))],
  boolean: [resolvable, each('an iterator value', () => iterator().getBoolean('b'))],
  list: [list, besideItem, each('an iterator value', () => iterator().getList('l'))],
  object: [map, resolvable],
  record: [map, besideKey, each('an iterator value', () => iterator().getStringMap('m'))],
  key: [text, each('an iterator value', () => iterator().getString('k'))],
  json: [
    text,
    nested,
    encoded,
    number,
    list,
    map,
    resolvable,
    each('an iterator value', () => iterator().value),
  ],
};
