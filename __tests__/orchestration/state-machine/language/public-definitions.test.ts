import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLanguage } from '../../../../lib/orchestration/state-machine/language/language-problems';
import type { StatesBlock } from '../../../../lib/orchestration/state-machine/asl/states';

/*
 * Definitions of other projects, one JSON file each, in the folder PUBLIC_DEFINITIONS. Nothing of them is committed.
 * https://github.com/aws-samples/step-functions-workflows-collection has about 170. Placeholders such as `${Table}` get a
 * value, because their values come from another file.
 */

const folder = process.env.PUBLIC_DEFINITIONS;

/** Definitions that Step Functions rejects too: `QueryLanguage` is among the states. */
const INVALID = /shared-fallback-state-jsonata/;

const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:f:live';

/** An ARN for a resource, a number where the placeholder has no quotation marks, and otherwise a word. */
function withValues(text: string): string {
  return text
    .replace(/("Resource"\s*:\s*")\$\{[^}]*\}"/g, `$1${FUNCTION}"`)
    .replace(/arn:\$\{[^}]*\}:/g, 'arn:aws:')
    .replace(/(:\s*)\$\{[^}"]*\}(?=\s*[,}\]])/g, '$111')
    .replace(/\$\{[^}]*\}/g, 'value');
}

/** The definition in a file, or `undefined` if the file has none. */
function definitionIn(file: string): StatesBlock | undefined {
  const text = withValues(readFileSync(file, 'utf8'));
  try {
    const parsed = JSON.parse(text) as Partial<StatesBlock>;
    return parsed.StartAt === undefined ? undefined : (parsed as StatesBlock);
  } catch {
    // Some templates are JSON only after the substitution of their own tool.
    return undefined;
  }
}

(folder === undefined ? test.skip : test)(
  'accepts public definitions (skipped unless PUBLIC_DEFINITIONS names a folder)',
  () => {
    const files = readdirSync(folder ?? '').filter((file) => !INVALID.test(file));
    const definitions = files.flatMap((file) => {
      const definition = definitionIn(join(folder ?? '', file));
      return definition === undefined ? [] : [{ file, problems: checkLanguage(definition).problems }];
    });
    expect(definitions.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(definitions.length).toBeGreaterThan(files.length * 0.9);
  },
);
