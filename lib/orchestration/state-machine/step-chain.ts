import { ValidationError } from '../../core/errors';
import { problemsOf } from '../../core/validation';
import { chainable } from './chainable';
import type { IChainable, Step } from './step';

/** Steps in a chain. */
export class StepChain implements IChainable {
  /**
   * @param start first step
   * @param last last step
   */
  constructor(
    public readonly start: Step,
    public readonly last: Step,
  ) {}

  /** Continues with another step after the last one; after a choice, from the end of each of its branches. */
  public next(step: IChainable): StepChain {
    const problems = problemsOf(chainable, step, 'next');
    if (problems.length > 0) {
      throw new ValidationError(`${this.start.constructor.name} "${this.start.name}"`, problems);
    }
    this.last.follow(step.start);
    return new StepChain(this.start, step.last);
  }
}
