import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, labFolder, noLab, repository } from '../terraform/lab';

/*
 * AWS as moto plays it: installed from PyPI once for each lane, started for the tests of a file.
 */

const script = join(labFolder, 'aws-emulator.sh');
const folders = process.env.AWS_EMULATOR ?? join(repository, 'node_modules/.cache/aws-emulator');
/** One a lane: lanes run at the same time, and each stops its own emulator. */
const folder = join(folders, process.env.TEST_LANE ?? 'none');
const REAL_PROVIDER = process.env.TF_AWS_MIRROR ?? '/opt/tf-plugins';

/** Why Terraform cannot be run against a played AWS here; undefined where it can. */
export function noEmulator(): string | undefined {
  if (noLab !== undefined) return noLab;
  if (!existsSync(REAL_PROVIDER)) {
    return `the AWS provider itself is not in ${REAL_PROVIDER}; name the mirror that has it in TF_AWS_MIRROR`;
  }
  return noAws();
}

/** Why AWS cannot be played here; undefined where it can. */
export function noAws(): string | undefined {
  if (!existsSync(script)) return 'there is no terraform lab (set TERRAFORM_LAB to its folder)';
  mkdirSync(folder, { recursive: true });
  const { status, output } = attempt(script, ['start', folder]);
  return status === 0 ? undefined : `aws-emulator.sh does not start: ${output.trim()}`;
}

/** Where it listens. */
export function emulatorEndpoint(): string {
  return attempt(script, ['status', folder]).output.trim();
}

export function stopEmulator(): void {
  attempt(script, ['stop', folder]);
}
