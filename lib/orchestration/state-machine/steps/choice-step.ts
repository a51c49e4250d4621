import type { State, States } from '../states';
import { Step, type IChainable } from '../step';
import { rule, type Shape } from '../../../core/rules';
import { chainable } from '../chainable';
import { StepCondition } from './condition';

interface Way {
  readonly condition: StepCondition;
  readonly step: IChainable;
}

const whenRules: Shape<Way> = {
  condition: rule(
    'be a condition, for example StepCondition.greaterThan("$.rows", 0)',
    (value) => value instanceof StepCondition,
  ),
  step: chainable,
};

/**
 * Continues with the first step whose condition holds: `choice.when(condition, step).otherwise(step)`. A step that is
 * chained to the choice follows each branch. A choice calls no service and cannot fail: put
 * `StepCondition.isPresent(…)` before a condition on a path that can be missing.
 */
export class ChoiceStep extends Step {
  private readonly ways: Way[] = [];
  private defaultWay?: IChainable;

  /** Continues with `step` if the condition holds and no earlier condition did. */
  public when(condition: StepCondition, step: IChainable): this {
    this.check({ condition, step }, whenRules);
    this.ways.push({ condition, step });
    return this;
  }

  /** Continues with `step` if no condition holds. Required: without it such an input fails the execution. */
  public otherwise(step: IChainable): this {
    this.check({ step }, { step: chainable });
    if (this.defaultWay !== undefined) {
      this.refuse({
        property: 'otherwise',
        value: step.start.name,
        rule: `be called once: the default step is "${this.defaultWay.start.name}"`,
      });
    }
    this.defaultWay = step;
    return this;
  }

  public override successors(): Step[] {
    return this.branches().map(({ start }) => start);
  }

  public override ends(visited: Set<Step>): readonly Step[] {
    return this.branches().flatMap(({ last }) => last.exits(visited));
  }

  private branches(): readonly IChainable[] {
    return [...this.ways.map(({ step }) => step), ...(this.defaultWay ? [this.defaultWay] : [])];
  }

  public render(): States {
    if (this.ways.length === 0) {
      this.refuse({ property: 'when', value: undefined, rule: 'have at least one condition' });
    }
    if (this.defaultWay === undefined) {
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
    return { [this.name]: { Type: 'Choice', Choices, Default: this.defaultWay.start.name } };
  }
}
