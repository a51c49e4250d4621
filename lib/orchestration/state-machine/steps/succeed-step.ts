import type { States } from '../states';
import { Step } from '../step';

/** Ends the execution, or the branch that it is in, well. */
export class SucceedStep extends Step {
  public override get ends(): readonly Step[] {
    return [];
  }

  public render(): States {
    return { [this.name]: { Type: 'Succeed' } };
  }
}
