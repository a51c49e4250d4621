import { problemsOf } from '../../../core/validation';
import { chainable } from '../chainable';
import type { State, States } from '../asl/states';
import { FallibleStep } from '../fallible-step';
import type { IChainable, Step } from '../step';
import { refuseAll } from '../step-validation';
import { STEP_ERRORS } from '../../../contracts/step-errors';
import { StepCondition } from './condition';
import { presentAfter, unprotectedFields } from './condition-fields';
import { arePresent, missingState } from './required-fields';

interface Alternative {
  readonly condition: StepCondition;
  readonly step: IChainable;
}

/**
 * Runs the first step whose condition is true: `choice.when(condition, step).otherwise(step)`. The next step of a choice
 * follows each alternative that does not end the execution. A condition that compares an absent field fails the step with
 * `Step.BadRequest`: use `StepCondition.isPresent(…)` before a path that can be absent, or `catch`.
 */
export class ChoiceStep extends FallibleStep {
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
    const incomplete = `${this.name}: input incomplete`;
    const { rules, fields } = checkedRules(this.cases, incomplete);
    const catchers = this.inputCatchers(fields);
    const missing = { error: STEP_ERRORS.BAD_REQUEST, subject: 'The input of the step' };
    return {
      [this.name]: { Type: 'Choice', Choices: rules, Default: this.fallback.start.name },
      ...(fields.length > 0 && {
        [incomplete]: missingState({ ...missing, catchers }, fields),
      }),
    };
  }

  private checkAlternative(method: string, step: IChainable): void {
    refuseAll(this, problemsOf(chainable, step, `${method}.step`));
    this.checkOpen(method, step.start.name);
  }
}

/** The rules of the Choice, each behind a rule that finds the absent fields of its condition. */
function checkedRules(
  cases: readonly Alternative[],
  incomplete: string,
): { rules: State[]; fields: string[] } {
  const known = new Set<string>();
  const all = new Set<string>();
  const rules = cases.flatMap(({ condition, step }) => {
    const rule = condition.toState();
    const fields = [...new Set(unprotectedFields(rule, known))].sort();
    for (const each of fields) all.add(each);
    for (const each of [...fields, ...presentAfter(rule, false)]) known.add(each);
    const check = { Not: { And: arePresent(fields) }, Next: incomplete };
    return [...(fields.length > 0 ? [check] : []), { ...rule, Next: step.start.name }];
  });
  return { rules, fields: [...all] };
}
