import { Token } from 'cdktf';
import type { Report } from '../../../core/rules';
import { brokenIntrinsicRule } from './intrinsic-functions';
import { isPath } from './json-path';

/** Reports a value that is neither a path nor an invocation of an intrinsic function. */
export function checkExpression(value: unknown, property: string, report: Report): boolean {
  if (Token.isUnresolved(value)) return true;
  const broken = brokenExpressionRule(value);
  if (broken !== undefined) report({ property, value, rule: broken, fix: suggestion(value) });
  return broken === undefined;
}

function brokenExpressionRule(value: unknown): string | undefined {
  if (typeof value === 'string' && /^States\.\w+\(/.test(value)) return brokenIntrinsicRule(value);
  if (typeof value === 'string' && isPath(value)) return undefined;
  return 'be a path that starts with "$", or an intrinsic function that starts with "States."';
}

function suggestion(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z_]\w*(\.\w+)*$/.test(value) ? `Use "$.${value}".` : undefined;
}

/**
 * Checks a payload template: values of keys with the suffix `.$` are expressions, all other values are literal.
 * https://states-language.net/spec.html#payload-template
 */
export function checkTemplate(value: unknown, property: string, report: Report): boolean {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return true;
  if (Array.isArray(value)) {
    return value.map((each, index) => checkTemplate(each, `${property}[${index}]`, report)).every(Boolean);
  }
  const names = new Set<string>();
  return Object.entries(value)
    .map(([key, each]) => {
      const name = key.replace(/\.\$$/, '');
      const at = `${property}["${key}"]`;
      if (names.has(name)) {
        const rule = `not have a second key "${name}", with or without the suffix ".$"`;
        report({ property: at, value: each, rule });
        return false;
      }
      names.add(name);
      return key.endsWith('.$') ? checkExpression(each, at, report) : checkTemplate(each, at, report);
    })
    .every(Boolean);
}
