import type { TerraformStack } from 'cdktf';
import type { Leaf } from './prop-types';
import type { Props, TokenSubject } from './subject';
import { TOKENS, type TokenCase } from './tokens';

/** One token in place of one value of the props of a subject. */
export interface PlacedToken {
  readonly leaf: Leaf;
  readonly token: TokenCase;
  readonly isKey: boolean;
  readonly variant: TokenSubject['variants'][number];
}

/** Path with an index or a key in place of each placeholder, and the value there. */
interface Place {
  readonly keys: readonly string[];
  readonly value: unknown;
}

function placeOf(props: unknown, path: string): Place | undefined {
  const keys: string[] = [];
  let value: unknown = props;
  for (const part of path.split(/\.|(?=\[\])/)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = part === '[]' ? '0' : part === '*' ? Object.keys(value)[0] : part;
    if (key === undefined) return undefined;
    keys.push(key);
    value = (value as Record<string, unknown>)[key];
  }
  return { keys, value };
}

const IS: Record<Leaf['kind'], (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  word: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  record: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  json: (value) => value !== undefined,
};

/** Variant of the subject that has a value at a leaf. */
export function variantWith({ variants }: TokenSubject, { path, kind }: Leaf, stack: TerraformStack) {
  return variants.find((variant) => {
    const place = placeOf(variant(stack), path);
    return place !== undefined && IS[kind](place.value);
  });
}

/** All tokens for a leaf. */
export function tokensAt(leaf: Leaf, variant: PlacedToken['variant']): PlacedToken[] {
  return [
    ...TOKENS[leaf.kind].map((token) => ({ leaf, token, variant, isKey: false })),
    ...(leaf.kind === 'record' ? TOKENS.key.map((token) => ({ leaf, token, variant, isKey: true })) : []),
  ];
}

/** Props of the variant with the token in place. */
export function propsWith({ leaf, token, isKey, variant }: PlacedToken, stack: TerraformStack): Props {
  const props = variant(stack);
  const place = placeOf(props, leaf.path);
  if (!place) throw new Error(`no value at ${leaf.path}`);
  return replaced(props, place.keys, (value) =>
    isKey ? renamed(value as Props, token.make(stack) as string) : token.make(stack),
  ) as Props;
}

function replaced(
  value: unknown,
  [key, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  const inner = replaced((value as Props)[key], rest, change);
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (String(index) === key ? inner : each));
  return { ...(value as Props), [key]: inner };
}

const renamed = (value: Props, key: string): Props => ({ [key]: Object.values(value)[0] });

/** Whether a problem is with the leaf, or with an object or a list that contains it. */
export function names(property: string, { leaf, isKey }: PlacedToken): boolean {
  const path = isKey ? `${leaf.path}.*` : leaf.path;
  const plain = (text: string) =>
    text
      .replace(/^the name ".*" in /, '')
      .replace(/\["[^"]*"\]/g, '.*')
      .replace(/\[\d+\]/g, '[]')
      .replace(/^(props|options|given|attributes)\.?/, '');
  const named = plain(property);
  const segments = (text: string) => text.split(/\.|(?=\[\])/);
  const [own, its] = [segments(path), segments(named)];
  return its.every((part, index) => part === own[index] || own[index] === '*');
}
