import type compiled = require('compiled:state-machine');
import { formats, type Format } from './formats';

/** Replaces the schema compiler in the bundle: the build has compiled the schemas (scripts/compiled-schemas.mjs). */
export default class Ajv {
  /** Errors of the last call of `validate`, or `null`. */
  public errors: readonly unknown[] | null = null;

  public addFormat(name: string, format: Format): this {
    formats[name] = format;
    return this;
  }

  /** Checks a definition of a state machine. The package compiles no other schema, so the id is not read. */
  public validate(_id: string, definition: unknown): boolean {
    // Loaded here, because the compiled code reads the formats when it is loaded.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const check = require('compiled:state-machine') as typeof compiled;
    const isValid = check(definition);
    this.errors = check.errors;
    return isValid;
  }
}
