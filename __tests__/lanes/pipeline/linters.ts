import { spawnSync } from 'node:child_process';
import { repository } from '../terraform/lab';
import { fromGo, fromPypi, type Tool } from '../tools/installed';

/* Linters of workflow files. */

export const zizmor = fromPypi('zizmor', '1.32.0');
export const jsonSchema = fromPypi('check-jsonschema', '0.39.0');
export const actionlint = fromGo('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', '1.7.12');

export interface Linted {
  readonly status: number | null;
  readonly output: string;
}

/** `test` that gets the linter as a function, or a skipped test with the reason. */
export function testWith(
  linter: Tool,
  name: string,
  run: (lint: (...args: string[]) => Linted) => void,
): void {
  if ('reason' in linter) {
    process.stderr.write(`skipped: ${linter.reason}\n`);
    test.skip(`${name} (${linter.reason})`, () => undefined);
    return;
  }
  test(name, () =>
    run((...args) => {
      const { status, stdout, stderr } = spawnSync(linter.program, args, {
        cwd: repository,
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    }),
  );
}
