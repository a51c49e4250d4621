import { createHash } from 'node:crypto';
import { DefaultTokenResolver, StringConcat, Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

const HASH_LENGTH = 8;

/** The first characters of the SHA-256 of a text, in hexadecimal: the same on every machine and in every run. */
export function stableHash(text: string, length = HASH_LENGTH): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * A name of at most `max` characters: the name itself where it fits, else its beginning and a hash of the
 * whole, so that two long names that begin alike stay two names. A name with a token in it is left alone,
 * since its length is not known at synth.
 */
export function fitName(name: string, max: number): string {
  if (Token.isUnresolved(name) || name.length <= max) return name;
  const room = max - HASH_LENGTH - 1;
  return `${name.slice(0, room).replace(/[^A-Za-z0-9]+$/, '')}-${stableHash(name)}`;
}

/**
 * A name of lower-case letters, digits and hyphens that starts with a letter, made of any text. Where the
 * text had to be changed a hash of it is added, so that "Books" and "books" stay two names.
 */
export function slug(text: string, max: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  if (plain === text && plain !== '') return fitName(plain, max);
  const room = max - HASH_LENGTH - 1;
  return `${plain.slice(0, room).replace(/-+$/, '') || 'x'}-${stableHash(text)}`;
}

/**
 * Derives a name from the path of a construct, for props without one: `etl/nightly` becomes `etl-nightly`. A change of
 * the path changes the name.
 */
export function withName<P extends { readonly name?: string }>(
  construct: IConstruct,
  given: P,
  max: number,
): P {
  if (typeof given !== 'object' || given === null || given.name !== undefined) return given;
  return { ...given, name: slug(construct.node.path.replaceAll('/', '-'), max) };
}

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * Values as Terraform reads them, with tokens resolved to their expressions: the same in every run,
 * unlike the numbers of the tokens.
 */
export function resolveTokens(scope: IConstruct, values: readonly unknown[]): unknown {
  return values.some((value) => Token.isUnresolved(value))
    ? Tokenization.resolve(values, { scope, resolver, preparing: false })
    : values;
}

/** Text that identifies values, also those that are tokens: the same in every run. */
export function identityOf(scope: IConstruct, values: readonly unknown[]): string {
  return JSON.stringify(resolveTokens(scope, values));
}

/** Part of a construct id: the text, or the hash of a text that only Terraform knows. */
export function idPartOf(scope: IConstruct, text: string): string {
  return Token.isUnresolved(text) ? stableHash(identityOf(scope, [text])) : text;
}

/** A text as Terraform has to be given it: "${" of other languages is meant literally, that of a token is not. */
export function escapeTerraform(text: string): string {
  return text.replaceAll(/\$\{(?!TfToken\[)/g, () => '$${').replaceAll('%{', () => '%%{');
}

/** How many letters have to be put in, taken out or replaced to get from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    let [last = 0] = row;
    let inserted = i + 1;
    row = row.map((removed, j) => {
      const replaced = last + (letter === to[j - 1] ? 0 : 1);
      last = removed;
      inserted = j === 0 ? i + 1 : Math.min(replaced, removed + 1, inserted + 1);
      return inserted;
    });
  }
  return row.at(-1) ?? 0;
}

/** The known word that was probably meant, if one is near enough: a third of its letters may differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const best = ranked[0];
  return best && best.away <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}
