/** Thrown when a file or a text is no synthesized stack and no plan, or one that this library cannot read. */
export class ModelError extends Error {
  /**
   * @param source path of the file, or name of the stack
   * @param problem requirement and remedy: `the plan must be JSON. Run …`
   */
  constructor(
    /** Path of the file, or name of the stack. */
    public readonly source: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${source}: ${problem}`, options);
    this.name = 'ModelError';
  }
}
