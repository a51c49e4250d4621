import type { State, States } from '../states';
import { StepChain, Step, type IChainable } from '../step';
import { StepCondition } from './condition';

interface Way {
  readonly condition: StepCondition;
  readonly step: IChainable;
}

/** Goes on with the first step whose condition holds: `choice.when(condition, step).otherwise(step)`. */
export class ChoiceStep extends Step {
  private readonly ways: Way[] = [];
  private last?: IChainable;

  /** Goes on with `step` if the condition holds and none before it did. */
  public when(condition: StepCondition, step: IChainable): this {
    if (!(condition instanceof StepCondition)) {
      this.refuse({
        property: 'condition',
        value: condition,
        rule: 'be a condition, for example StepCondition.greaterThan("$.rows", 0)',
      });
    }
    this.ways.push({ condition, step });
    return this;
  }

  /** Goes on with `step` if no condition holds. Without it the execution would fail then, so it has to be said. */
  public otherwise(step: IChainable): this {
    if (this.last !== undefined) {
      this.refuse({
        property: 'otherwise',
        value: step.start.name,
        rule: `be called once: the default step is "${this.last.start.name}"`,
      });
    }
    this.last = step;
    return this;
  }

  /** Wherever its ways may be left: what is chained to the choice comes after each of them. */
  public override get ends(): readonly Step[] {
    return [...new Set([...this.ways.map(({ step }) => step), ...(this.last ? [this.last] : [])])].flatMap(
      ({ ends }) => ends,
    );
  }

  public override next(step: IChainable): StepChain {
    return new StepChain(this, this.ends).next(step);
  }

  public override catch(): never {
    this.refuse({
      property: 'catch',
      value: undefined,
      rule: 'be omitted for a choice, which calls no service and cannot fail',
      fix: 'Use StepCondition.isPresent(…) before a path that can be missing.',
    });
  }

  public override successors(): Step[] {
    return [...this.ways.map(({ step }) => step.start), ...(this.last ? [this.last.start] : [])];
  }

  public render(): States {
    if (this.ways.length === 0) {
      this.refuse({ property: 'when', value: undefined, rule: 'have at least one condition' });
    }
    if (this.last === undefined) {
      this.refuse({
        property: 'otherwise',
        value: undefined,
        rule: 'be called, because an input that matches no condition fails with States.NoChoiceMatched',
        fix: 'Call otherwise(…), for example with a FailStep.',
      });
    }
    const Choices: State[] = this.ways.map(({ condition, step }) => ({
      ...condition.toState(),
      Next: step.start.name,
    }));
    return { [this.name]: { Type: 'Choice', Choices, Default: this.last.start.name } };
  }
}
