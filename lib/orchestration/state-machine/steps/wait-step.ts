import { integer, knownAtSynth, optional, type Report, type Shape } from '../../../core/rules';
import { referencePath } from '../paths';
import { field, type States } from '../states';
import { Step, type RenderContext, type StepRequirements } from '../step';
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

/** Waits. The only cost is one state transition. */
export class WaitStep extends Step {
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
    return {
      [this.name]: {
        Type: 'Wait',
        ...field('Seconds', seconds),
        ...field('SecondsPath', secondsPath),
        ...field('TimestampPath', timestampPath),
        ...this.transition(context),
      },
    };
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
