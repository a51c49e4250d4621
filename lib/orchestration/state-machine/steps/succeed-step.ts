import type { States } from '../asl/states';
import { TerminalStep } from '../terminal-step';

/** Ends the execution, or the branch that contains the step, with success. */
export class SucceedStep extends TerminalStep {
  /** Renders the states; the first has the name of the step. */
  public render(): States {
    return { [this.name]: { Type: 'Succeed' } };
  }
}
