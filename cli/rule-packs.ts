import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Rule } from '../lib/guardrails/rule';
import { InputError } from '../lib/core/input-error';

/** Rules that a module exports: an array, or values of which each is a rule. */
export function rulesIn(path: string): readonly Rule[] {
  const rules = exportsOf(path).filter(isRule);
  if (rules.length > 0) return rules;
  throw new InputError(
    `The module ${path} must export rules. Make them with rule() of cdktf-multicloud/guardrails.`,
  );
}

function exportsOf(path: string): readonly unknown[] {
  try {
    // A path is relative to the working directory; any other name is a package that is installed there.
    const file = /^[./]/.test(path) ? resolve(path) : path;
    const loaded: unknown = createRequire(resolve('package.json'))(file);
    return Object.values(loaded as object).flat() as readonly unknown[];
  } catch (cause) {
    throw new InputError(`The module ${path} cannot be loaded (${(cause as Error).message}).`, { cause });
  }
}

function isRule(value: unknown): value is Rule {
  const { id, types, check } = (value ?? {}) as Partial<Rule>;
  return typeof id === 'string' && Array.isArray(types) && typeof check === 'function';
}
