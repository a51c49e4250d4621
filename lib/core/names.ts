import { createHash } from 'node:crypto';
import { Token } from 'cdktf';

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
  if (plain === text) return fitName(plain, max);
  const room = max - HASH_LENGTH - 1;
  return `${plain.slice(0, room).replace(/-+$/, '') || 'x'}-${stableHash(text)}`;
}
