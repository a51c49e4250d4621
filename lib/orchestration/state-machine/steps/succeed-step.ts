import type { States } from '../states';
import { TerminalStep } from '../terminal-step';

/** Ends the execution, or the branch that contains the step, with success. */
export class SucceedStep extends TerminalStep {
  public render(): States {
    return { [this.name]: { Type: 'Succeed' } };
  }
}
