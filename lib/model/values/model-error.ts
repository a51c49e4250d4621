import { InputError } from '../../core/input-error';

/** Thrown when a file or a text is neither a synthesized stack nor a plan, or one that this library cannot read. */
export class ModelError extends InputError {
  /**
   * @param source path of the file, or name of the stack
   * @param problem requirement and remedy: `the plan must be JSON. Run …`
   */
  constructor(
    /** Path of the file, or name of the stack. */
    public readonly source: string,
    /** Requirement and remedy, without the source. */
    public readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${source}: ${problem}`, options);
    this.name = 'ModelError';
  }
}
