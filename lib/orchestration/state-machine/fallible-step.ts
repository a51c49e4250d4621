import { STEP_ERRORS } from '../../contracts/step-errors';
import { catchRules } from './chainable';
import type { Catcher } from './asl/states';
import { Step, type IChainable } from './step';
import { checkStep } from './step-validation';

/** Options of `catch`. */
export interface CatchOptions {
  /**
   * Reference path of `{ Error, Cause }` in the input of the handler. With `null` the handler gets the input alone.
   * @default $.error
   */
  readonly resultPath?: string | null;
}

interface Handler {
  readonly errors: readonly string[];
  readonly handler: IChainable;
  readonly resultPath: string | null;
}

/**
 * A step that can fail: it reads fields of its input, calls a service or runs other steps. Only Task, Parallel and Map
 * states have `Catch`; in other steps a check of the fields leads to the handler.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export abstract class FallibleStep extends Step {
  private readonly handlers: Handler[] = [];

  /**
   * Handles errors by name. The first call that matches applies.
   * @param errors one or more error names; `States.ALL` is allowed alone and in the last call only
   * @param handler steps that run after the error. The next step of this step does not follow them.
   */
  public catch(errors: string | readonly string[], handler: IChainable, options: CatchOptions = {}): this {
    checkStep(this, { errors: [errors].flat(), handler, ...options }, catchRules);
    this.checkOpen('catch', errors);
    this.handlers.push({
      errors: [errors].flat(),
      handler,
      resultPath: options.resultPath === undefined ? '$.error' : options.resultPath,
    });
    return this;
  }

  /** Steps that can run directly after this step. */
  public override successors(): Step[] {
    return [...super.successors(), ...this.handlers.map(({ handler }) => handler.start)];
  }

  /** `Catch` of the state that can fail. */
  protected catchers(): readonly Catcher[] {
    return this.handlers.map(({ errors, handler, resultPath }) => ({
      ErrorEquals: errors,
      ResultPath: resultPath,
      Next: handler.start.name,
    }));
  }

  /**
   * Handlers of a state without `Catch`, which fails only if a field is absent.
   * @param fields fields that the state reads
   */
  protected inputCatchers(fields: readonly string[]): readonly Catcher[] {
    const catchers = this.catchers();
    const other = catchers.find(
      ({ ErrorEquals }) =>
        !ErrorEquals.some((each) => each === STEP_ERRORS.BAD_REQUEST || each === 'States.ALL'),
    );
    if (other !== undefined || (fields.length === 0 && catchers.length > 0)) {
      this.refuse({
        property: 'catch',
        value: (other ?? catchers[0])?.ErrorEquals,
        rule:
          fields.length === 0
            ? 'be omitted, because the step reads no field of its input'
            : `handle ${STEP_ERRORS.BAD_REQUEST}, the only error of this step`,
      });
    }
    return catchers;
  }
}
