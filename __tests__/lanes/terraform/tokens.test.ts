import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../synth';
import { outcomeOf, placedTokens } from '../../tokens/outcome';
import { SUBJECTS } from '../../tokens/subjects';
import { GIVEN, SOURCE } from '../../tokens/tokens';
import { noTerraform, run, temporaryFolder, testUnless } from './lab';

const folder = temporaryFolder();

/** A value of a configuration with a reference to the source. */
interface Written {
  readonly place: string;
  readonly value: unknown;
  readonly given: string;
}

testUnless(noTerraform)('Terraform evaluates every accepted token to the given text', () => {
  const written = Object.entries(SUBJECTS).flatMap(([title, subject]) =>
    placedTokens(title, subject).flatMap((placed): Written[] => {
      const outcome = outcomeOf(subject, placed);
      const { given } = placed.token;
      if ('message' in outcome || given === undefined) return [];
      const elements = JSON.parse(outcome.text) as readonly Configuration[];
      const values = elements.flatMap(({ resource, output, provider }) =>
        valuesWithSource([{ ...resource, terraform_data: {} }, output, provider]),
      );
      const place = `${title} ${placed.leaf.path}: ${placed.token.title}`;
      return values.map((value) => ({ place, value, given }));
    }),
  );
  const texts = [...new Set(written.map(({ value }) => JSON.stringify(value)))];
  const values = new Map(
    evaluated(texts.map((text): unknown => JSON.parse(text))).map((value, index) => [texts[index], value]),
  );
  const wrong = written.filter(({ value, given }) => !contains(values.get(JSON.stringify(value)), given));
  expect(wrong.map(({ place, value }) => `${place}: ${JSON.stringify(value)}`)).toEqual([]);
  expect(written.length).toBeGreaterThan(1_000);
});

/** Texts with a reference to the source, and objects with such a key. Comments are no expressions. */
function valuesWithSource(value: unknown): unknown[] {
  if (typeof value === 'string') return value.includes(SOURCE) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).filter(([key]) => key !== '//');
  if (!Array.isArray(value) && entries.some(([key]) => key.includes(SOURCE))) return [value];
  return entries.flatMap(([, each]) => valuesWithSource(each));
}

/** References to other resources, which are not there. */
const OTHER = /\b(data\.)?(google|aws|kubernetes|helm)_\w+\.[\w-]+(\.\w+|\[[^\]]*\])*/g;

/** Values of Terraform for the values of a configuration. */
function evaluated(values: readonly unknown[]): unknown[] {
  const directory = join(folder, 'tokens');
  mkdirSync(directory);
  const configuration = {
    locals: { other: 'other' },
    resource: { terraform_data: { source: { input: escaped(GIVEN) } } },
    output: Object.fromEntries(
      values.map((value, index) => [`value_${index}`, { value: withoutOthers(value) }]),
    ),
  };
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration));
  run('terraform', ['init', '-no-color'], { cwd: directory });
  run('terraform', ['apply', '-auto-approve', '-no-color'], { cwd: directory });
  const outputs = JSON.parse(outputsOf(directory)) as Record<string, { value: unknown }>;
  return values.map((_, index) => outputs[`value_${index}`]?.value);
}

/** Output values as JSON, without the warnings of Terraform. */
const outputsOf = (cwd: string): string =>
  execFileSync('terraform', ['output', '-json'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const withoutOthers = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, (each) =>
      each.replace(OTHER, 'local.other'),
    ),
  );

/** Values as literals of Terraform. */
const escaped = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('${', () => '$${'));

/** Whether a value contains a text, also in JSON, in base64 and as a key. */
function contains(value: unknown, given: string): boolean {
  if (typeof value === 'number') return String(value) === given;
  if (typeof value === 'string') {
    return value.includes(given) || encodings(value).some((each) => contains(each, given));
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, each]) => key.includes(given) || contains(each, given));
}

function encodings(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return /^[\w+/=]{8,}$/.test(text) ? [Buffer.from(text, 'base64').toString()] : [];
  }
}
