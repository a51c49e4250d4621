import { integer, knownAtSynth, optional, type Report, type Shape } from '../../../core/rules';
import { referencePath } from '../paths';
import { field, type States } from '../asl/states';
import { fieldsRead } from '../fields-read';
import { FallibleStep } from '../fallible-step';
import type { RenderContext, StepRequirements } from '../step';
import { readingStates } from './required-fields';
import { checkStep } from '../step-validation';

/** Props of a `WaitStep`: exactly one of the three. */
export interface WaitStepProps {
  /**
   * Seconds: 1 to 31,536,000 (a year).
   * @default - one of the others
   */
  readonly seconds?: number;
  /**
   * Path of the seconds in the input.
   * @default - one of the others
   */
  readonly secondsPath?: string;
  /**
   * Path of a time in the input, for example `2026-11-21T03:00:00Z`.
   * @default - one of the others
   */
  readonly timestampPath?: string;
}

const rules: Shape<WaitStepProps> = {
  seconds: optional(knownAtSynth(integer(1, 31_536_000))),
  secondsPath: optional(referencePath),
  timestampPath: optional(referencePath),
};

/** Waits. The only cost is one state transition. An absent field fails the step with `Step.BadRequest`. */
export class WaitStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: WaitStepProps,
  ) {
    super(name);
    checkStep(this, props, rules, oneTime);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    return { maxSeconds: this.props.seconds };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { seconds, secondsPath, timestampPath } = this.props;
    const fields = fieldsRead({ 'time.$': secondsPath ?? timestampPath });
    return readingStates({
      name: this.name,
      part: 'wait',
      fields,
      catchers: this.inputCatchers(fields),
      state: {
        Type: 'Wait',
        ...field('Seconds', seconds),
        ...field('SecondsPath', secondsPath),
        ...field('TimestampPath', timestampPath),
        ...this.transition(context),
      },
    });
  }
}

function oneTime(props: WaitStepProps, report: Report): void {
  const given = Object.values(props).filter((value) => value !== undefined);
  if (given.length === 1) return;
  report({
    property: 'seconds',
    value: props.seconds,
    rule: 'have exactly one time to wait for',
    fix: 'Set one of seconds, secondsPath and timestampPath.',
  });
}
