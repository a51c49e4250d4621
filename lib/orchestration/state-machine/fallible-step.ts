import { catchRules } from './chainable';
import type { Catcher } from './states';
import { type IChainable, Step } from './step';

/** Options of `catch`. */
export interface CatchOptions {
  /**
   * Reference path at which `{ Error, Cause }` is added to the input of the handler. `null` passes the input alone.
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
 * A step that can fail: a Job, a training, a service call, an invocation of a function, a task, an approval, parallel
 * branches or a map. The States Language allows `Catch` on Task, Parallel and Map states only.
 * https://states-language.net/spec.html#fallback-states
 */
export abstract class FallibleStep extends Step {
  private readonly handlers: Handler[] = [];

  /**
   * Handles errors by name, in the order of the calls.
   *
   * @param errors one name or several; `States.ALL` must be the only name of the last call
   * @param handler chain that runs instead of the following steps
   */
  public catch(errors: string | readonly string[], handler: IChainable, options: CatchOptions = {}): this {
    this.check({ errors: [errors].flat(), handler, ...options }, catchRules);
    this.handlers.push({
      errors: [errors].flat(),
      handler,
      resultPath: options.resultPath === undefined ? '$.error' : options.resultPath,
    });
    return this;
  }

  public override successors(): Step[] {
    return this.handlers.map(({ handler }) => handler.start);
  }

  /** `Catch` of the states that can fail. */
  protected catchers(): readonly Catcher[] {
    return this.handlers.map(({ errors, handler, resultPath }) => ({
      ErrorEquals: errors,
      ResultPath: resultPath,
      Next: handler.start.name,
    }));
  }
}
