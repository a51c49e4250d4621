import { Step, type IChainable } from './step';

/** A step that ends the execution, or the branch that contains the step. */
export abstract class TerminalStep extends Step {
  /** Whether the step ends the execution or its branch. */
  public override get isTerminal(): boolean {
    return true;
  }

  /** Rejected: no step follows the end. */
  public override next(step: IChainable): never {
    this.refuse({
      property: 'next',
      value: step?.start?.name,
      rule: 'not be called on a step that ends the execution or its branch',
      fix: 'Omit the call.',
    });
  }
}
