import { type Report, type Rule } from './rules';
import { isSeparate, isToken, acceptToken } from './token-values';

/**
 * Any JSON. Tokens in it are passed on, and the rule rejects those that Terraform cannot evaluate: values of an iterator,
 * and a list or a map token beside other entries.
 */
export const jsonTokens: Rule = (value, property, report) => {
  if (isToken(value)) return acceptToken(value, property, report);
  if (typeof value !== 'object' || value === null) return true;
  const entries: [string, unknown][] = Object.entries(value);
  return (
    isSeparate(value, property, report) &&
    entries
      .map(([key, each]) => {
        if (Array.isArray(value)) return jsonTokens(each, `${property}[${key}]`, report);
        const at = memberOf(property, key);
        return checkKey(key, at, report) && jsonTokens(each, at, report);
      })
      .every(Boolean)
  );
};

const checkKey = (key: string, property: string, report: Report): boolean =>
  !isToken(key) || acceptToken(key, property, report);

/** Path of a member of an object. */
export const memberOf = (property: string, key: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${property}["${key}"]`;
  return property === '' ? key : `${property}.${key}`;
};
