import { problemsOf } from '../../../core/validation';
import { chainable } from '../chainable';
import type { State, States } from '../states';
import { Step, type IChainable } from '../step';
import { refuseAll } from '../step-validation';
import { StepCondition } from './condition';

interface Alternative {
  readonly condition: StepCondition;
  readonly step: IChainable;
}

/**
 * Runs the first step whose condition is true: `choice.when(condition, step).otherwise(step)`. The next step of a choice
 * follows each alternative that does not end the execution. A choice cannot fail, so it has no `catch`: use
 * `StepCondition.isPresent(…)` before a path that can be absent.
 */
export class ChoiceStep extends Step {
  private readonly cases: Alternative[] = [];
  private fallback?: IChainable;

  /** Runs `step` if the condition is true and no earlier condition is. */
  public when(condition: StepCondition, step: IChainable): this {
    if (!(condition instanceof StepCondition)) {
      this.refuse({
        property: 'condition',
        value: condition,
        rule: 'be a condition, for example StepCondition.greaterThan("$.rows", 0)',
      });
    }
    this.checkAlternative('when', step);
    this.cases.push({ condition, step });
    return this;
  }

  /** Runs `step` if no condition is true. Required, because an input without a match fails the execution. */
  public otherwise(step: IChainable): this {
    this.checkAlternative('otherwise', step);
    if (this.fallback !== undefined) {
      this.refuse({
        property: 'otherwise',
        value: step.start.name,
        rule: `be called once: the default step is "${this.fallback.start.name}"`,
      });
    }
    this.fallback = step;
    return this;
  }

  /** First step of each branch. */
  public override alternatives(): readonly Step[] {
    return [...this.cases.map(({ step }) => step.start), ...(this.fallback ? [this.fallback.start] : [])];
  }

  /** Renders the states; the first has the name of the step. */
  public render(): States {
    if (this.cases.length === 0) {
      this.refuse({ property: 'when', value: undefined, rule: 'have at least one condition' });
    }
    if (this.fallback === undefined) {
      this.refuse({
        property: 'otherwise',
        value: undefined,
        rule: 'be called, because an input that matches no condition fails with States.NoChoiceMatched',
        fix: 'Call otherwise(…), for example with a FailStep.',
      });
    }
    const Choices: State[] = this.cases.map(({ condition, step }) => ({
      ...condition.toState(),
      Next: step.start.name,
    }));
    return { [this.name]: { Type: 'Choice', Choices, Default: this.fallback.start.name } };
  }

  private checkAlternative(method: string, step: IChainable): void {
    refuseAll(this, problemsOf(chainable, step, `${method}.step`));
    this.checkOpen(method, step.start.name);
  }
}
