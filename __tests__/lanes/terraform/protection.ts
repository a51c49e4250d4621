import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A copy whose protected stores Terraform may destroy, as a user does who sets `deletionProtection` to false. */
export function withoutProtection(folder: string, scratch: string): string {
  const copy = mkdtempSync(join(scratch, 'unprotected-'));
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, 'cdk.tf.json');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replaceAll('"prevent_destroy": true', '"prevent_destroy": false'),
  );
  return copy;
}
