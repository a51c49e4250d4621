import { Step } from './step';

/** A step that ends the execution, or the branch that contains the step. */
export abstract class TerminalStep extends Step {
  public override follow(step: Step): never {
    this.refuse({
      property: 'next',
      value: step.name,
      rule: 'not be called on a step that ends the execution',
      fix: 'Omit the call.',
    });
  }

  public override ends(): readonly Step[] {
    return [];
  }
}
