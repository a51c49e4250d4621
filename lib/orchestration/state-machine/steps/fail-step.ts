import { singleLine, matching, optional, type Shape } from '../../../core/rules';
import { field, type States } from '../asl/states';
import { TerminalStep } from '../terminal-step';
import { checkStep } from '../step-validation';

/** Props of a `FailStep`. */
export interface FailStepProps {
  /** Name of the error, for example `NoNewData`. */
  readonly error: string;
  /**
   * Description of the error: at most 1,000 bytes.
   * @default - the name alone
   */
  readonly cause?: string;
}

const rules: Shape<FailStepProps> = {
  error: matching(
    /^(?!States\.)[A-Za-z][\w.-]{0,99}$/,
    'be an error name that does not start with "States."',
  ),
  cause: optional(singleLine(1_000)),
};

/** Ends the execution, or the branch that it is in, with an error. */
export class FailStep extends TerminalStep {
  constructor(
    name: string,
    private readonly props: FailStepProps,
  ) {
    super(name);
    checkStep(this, props, rules);
  }

  /** Renders the states; the first has the name of the step. */
  public render(): States {
    const { error, cause } = this.props;
    return { [this.name]: { Type: 'Fail', Error: error, ...field('Cause', cause) } };
  }
}
