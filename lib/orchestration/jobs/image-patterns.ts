import { matching, type Rule } from '../../core/rules';

/** An image, or a group of them: `us-docker.pkg.dev/my-project/etl/*`. */
export const imagePatternRule: Rule = matching(
  /^(?!https?:)[a-z0-9*][A-Za-z0-9._:/@*-]*$/,
  'be an image reference without a scheme, in which "*" matches any characters',
  (value) => (/^https?:\/\//.test(value) ? `Use "${value.replace(/^https?:\/\//, '')}".` : undefined),
);

/** The pattern as a regular expression that JavaScript and CEL (RE2) read alike. */
export function imageExpression(pattern: string): string {
  return `^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`;
}

/** Regular expression of a pattern. */
export function imagePattern(pattern: string): RegExp {
  return new RegExp(imageExpression(pattern));
}
