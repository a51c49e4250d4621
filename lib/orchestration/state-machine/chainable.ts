import { knownAtSynth, list, optional, rule, type Rule, type Shape } from '../../core/rules';
import { referencePath } from './paths';
import { errorName } from './steps/error-names';

/** A step, or several steps in a chain. */
export const chainable: Rule = knownAtSynth(
  rule('be a step or a chain of steps', (value) => {
    const { start, last } = (value ?? {}) as {
      start?: { render?: unknown } | null;
      last?: { next?: unknown } | null;
    };
    return typeof start?.render === 'function' && typeof last?.next === 'function';
  }),
);

/** Arguments of `catch`. https://states-language.net/spec.html#fallback-states */
export interface CatchArguments {
  readonly errors: readonly string[];
  readonly handler: unknown;
  readonly resultPath?: string | null;
}

export const catchRules: Shape<CatchArguments> = {
  errors: list(errorName, { min: 1 }),
  handler: chainable,
  resultPath: optional((value, property, report) => value === null || referencePath(value, property, report)),
};
