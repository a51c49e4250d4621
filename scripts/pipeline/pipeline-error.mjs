/** A problem that the user of a pipeline can solve. The command prints the message and ends with 1. */
export class PipelineError extends Error {}

/** Runs the command of a script: its result is the exit code. Prints a `PipelineError` without a stack trace. */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
