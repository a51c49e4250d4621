import { Token } from 'cdktf';
import type { ValidationProblem } from './errors';
import { readsIterator } from './iterator-values';

/** Most values are plain, and the test of cdktf reads each of their characters. */
export function isToken(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('TfToken[') && Token.isUnresolved(value);
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return false;
  return Token.isUnresolved(value);
}

/** Reports a token that cdktf cannot write, or that Terraform cannot evaluate in a resource of a construct. */
export function acceptToken(
  token: unknown,
  property: string,
  report: (problem: ValidationProblem) => void,
): boolean {
  if (!isSeparate(token, property, report)) return false;
  const isItem = iteratorUse(token);
  if (isItem === undefined) {
    const rule = 'not be a token that cdktf does not know, such as one of AWS CDK or of cdk8s';
    report({ property, value: 'a token', rule, fix: 'Pass the value that the token has in the other CDK.' });
    return false;
  }
  if (!isItem) return true;
  report({
    property,
    value: 'a token',
    rule: 'not be a value of an iterator, because the resources of a construct have no for_each',
    fix: 'Create one construct for each item in a loop of the program.',
  });
  return false;
}

/** Whether a token reads an iterator; undefined for a token of another CDK, for which cdktf throws without a property. */
function iteratorUse(token: unknown): boolean | undefined {
  try {
    return readsIterator(token);
  } catch {
    return undefined;
  }
}

/** Item that represents a list token, and key that represents a map token, as cdktf writes them. */
const COLLECTION_TOKEN = /^[#&]\{TfToken\[/;

/** Rejects a list token beside other items, and a map token beside other keys. */
export function isSeparate(
  collection: unknown,
  property: string,
  report: (problem: ValidationProblem) => void,
): boolean {
  if (typeof collection !== 'object' || collection === null) return true;
  const entries: unknown[] = Array.isArray(collection) ? collection : Object.keys(collection);
  const isCombined =
    entries.length > 1 && entries.some((each) => typeof each === 'string' && COLLECTION_TOKEN.test(each));
  if (!isCombined) return true;
  report({
    property,
    value: 'a token',
    rule: 'not combine a token with other items',
    fix: 'Pass single values instead of a token.',
  });
  return false;
}
