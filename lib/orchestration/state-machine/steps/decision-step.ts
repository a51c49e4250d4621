import { GATE_ERRORS } from '../../../contracts/gate-errors';
import { constructLike, rule, type Shape } from '../../../core/rules';
import { fieldsRead } from '../fields-read';
import type { State, States } from '../asl/states';
import { Step, type IChainable, type RenderContext, type StepRequirements } from '../step';
import { StepCondition } from './condition';
import { DECISION_VALUE, operandTypes } from './operand-type';
import { chainable } from '../chainable';
import { arePresent, missingCause } from './required-fields';
import { checkStep } from '../step-validation';

/** Place of a decision in its state machine. */
export interface DecisionContext extends RenderContext {
  /** Name of the step. */
  readonly step: string;
}

/** Source of a decision: a call whose result has a field `value`. */
export interface IDecisionSource {
  /** The fields of the Task state that reads it, but for where it leads. */
  task(context: DecisionContext): State;
  /** Requirements to the state machine. */
  readonly requirements: StepRequirements;
}

/** Props of a `DecisionStep`. */
export interface DecisionStepProps {
  /** Source of the value: `new LambdaGate(…)`, a `MetricGate` or a `PredictionGate`. */
  readonly source: IDecisionSource;
  /** When the gate is open: a condition on `$.decision.value`, for example `StepCondition.lessThan('$.decision.value', 5)`. */
  readonly condition: StepCondition;
  /** Steps that run while the gate is closed: after an error, and for a value without a true `condition`. */
  readonly otherwise: IChainable;
}

const rules: Shape<DecisionStepProps> = {
  source: constructLike('a gate: a LambdaGate, a MetricGate or a PredictionGate', {
    task: 'function',
    requirements: 'object',
  }),
  condition: rule(
    `be a condition that compares "${DECISION_VALUE}" with values of one type`,
    (value) => value instanceof StepCondition && operandTypes(value).length === 1,
  ),
  otherwise: chainable,
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
    checkStep(this, props, rules);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    return this.props.source.requirements;
  }

  /** Steps that can run directly after this step. */
  public override successors(): Step[] {
    return [...super.successors(), this.props.otherwise.start];
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { source, condition } = this.props;
    const at = (part: string) => `${this.name}: ${part}`;
    const otherwise = this.props.otherwise.start.name;
    const [type = ''] = operandTypes(condition);
    const task = source.task({ ...context, step: this.name });
    const fields = fieldsRead(task);
    return {
      ...(fields.length > 0 && this.validation(fields, at, otherwise)),
      [fields.length > 0 ? at('read value') : this.name]: {
        Type: 'Task',
        ...task,
        ResultPath: '$.decision',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.decision', Next: otherwise }],
        Next: at('condition met?'),
      },
      // A comparison with what is not there would fail the execution, and one with another type is false: under a
      // "not" it would open the gate.
      [at('condition met?')]: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: DECISION_VALUE, IsPresent: true },
              { Variable: DECISION_VALUE, [type]: true },
              condition.toState(),
            ],
            Next: at('condition met'),
          },
        ],
        Default: otherwise,
      },
      [at('condition met')]: { Type: 'Pass', ...this.transition(context) },
    };
  }

  /** An absent field leaves the gate closed, as every other error does. */
  private validation(fields: readonly string[], at: (part: string) => string, otherwise: string): States {
    return {
      [this.name]: {
        Type: 'Choice',
        Choices: [{ And: arePresent(fields), Next: at('read value') }],
        Default: at('input incomplete'),
      },
      [at('input incomplete')]: {
        Type: 'Pass',
        Result: { Error: GATE_ERRORS.BAD_REQUEST, Cause: missingCause('The input of the step', fields) },
        ResultPath: '$.decision',
        Next: otherwise,
      },
    };
  }
}
