import { made, rule, type Shape } from '../../../core/rules';
import type { State, States } from '../states';
import { Step, type IChainable, type RenderContext, type StepNeeds } from '../step';
import { Condition } from './condition';
import { DECIDED, decidedTypes } from './decided-type';
import { chainable } from './parallel-step';

/** What asks. */
export interface DecisionContext extends RenderContext {
  /** Name of the step. */
  readonly step: string;
}

/** What a decision is made of: a call whose result has a field `value`. */
export interface IDecisionSource {
  /** The fields of the Task state that reads it, but for where it leads. */
  task(context: DecisionContext): State;
  /** What it asks of the state machine. */
  readonly needs: StepNeeds;
}

/** Props of a `DecisionStep`. */
export interface DecisionStepProps {
  /** What is read: `decideByLambda(…)`, a `MetricGate` or a `PredictionGate`. */
  readonly source: IDecisionSource;
  /** When the gate is open: a condition on `$.decision.value`, for example `Condition.lessThan('$.decision.value', 5)`. */
  readonly openWhen: Condition;
  /** Where it goes on while the gate is closed: on anything but a value for which `openWhen` holds. */
  readonly closed: IChainable;
}

const rules: Shape<DecisionStepProps> = {
  source: made('a source of decisions: decideByLambda(…), a MetricGate or a PredictionGate', {
    task: 'function',
    needs: 'object',
  }),
  openWhen: rule(
    `it is a Condition that compares "${DECIDED}" with values of one type`,
    (value) => value instanceof Condition && decidedTypes(value).length === 1,
  ),
  closed: chainable,
};

/**
 * A gate: what is chained to it runs only if a value was read and is as it must be. No data, an error and a time-out
 * leave it closed.
 */
export class DecisionStep extends Step {
  constructor(
    name: string,
    private readonly props: DecisionStepProps,
  ) {
    super(name);
    this.check(props, rules);
  }

  public override needs(): StepNeeds {
    return this.props.source.needs;
  }

  public override successors(): Step[] {
    return [...super.successors(), this.props.closed.start];
  }

  public override catch(): never {
    this.refuse({
      property: 'catch',
      value: undefined,
      rule: 'an error leaves the gate closed',
      fix: 'Handle it in the steps of closed: the error is in "$.decision".',
    });
  }

  public render(context: RenderContext): States {
    const { source, openWhen, closed } = this.props;
    const at = (part: string) => `${this.name}: ${part}`;
    const otherwise = closed.start.name;
    const [type = ''] = decidedTypes(openWhen);
    return {
      [this.name]: {
        Type: 'Task',
        ...source.task({ ...context, step: this.name }),
        ResultPath: '$.decision',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.decision', Next: otherwise }],
        Next: at('open?'),
      },
      // A comparison with what is not there would fail the execution, and one with another type is false: under a
      // "not" it would open the gate.
      [at('open?')]: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: DECIDED, IsPresent: true },
              { Variable: DECIDED, [type]: true },
              openWhen.toState(),
            ],
            Next: at('open'),
          },
        ],
        Default: otherwise,
      },
      [at('open')]: { Type: 'Pass', ...this.transition() },
    };
  }
}
