import { Option, type Command } from 'commander';
import { isObject } from '../lib/core/is-object';
import { githubReport } from '../lib/guardrails/formats/github-report';
import { jsonReport } from '../lib/guardrails/formats/json-report';
import { markdownReport } from '../lib/guardrails/formats/markdown-report';
import { sarifReport } from '../lib/guardrails/formats/sarif-report';
import { sourceLocator } from '../lib/guardrails/formats/source-location';
import { catalogue } from '../lib/guardrails/catalogue';
import type { Finding } from '../lib/guardrails/finding';
import { openFindings, reportOf, type GuardrailReport } from '../lib/guardrails/report';
import type { Profile, Severity } from '../lib/guardrails/rule';
import { isAtLeast } from '../lib/guardrails/severity';
import { appended } from './appended';
import { consoleReport } from './console-report';
import { InputError } from '../lib/core/input-error';
import { ExitCode } from './exit-codes';
import { readJson } from './input';
import { readModels } from './models';
import { rulesIn } from './rule-packs';
import { profileOption } from './profile-option';
import type { Streams } from './streams';

type Format = 'console' | 'json' | 'sarif' | 'markdown' | 'github';

interface CheckOptions {
  readonly format: Format;
  readonly failOn: Severity | 'unknown' | 'none';
  readonly profile: Profile;
  readonly baseline?: string;
  readonly rules: readonly string[];
  readonly entry: string;
}

/** `check PATH…` */
async function check(
  paths: readonly string[],
  options: CheckOptions,
  version: string,
  streams: Streams,
): Promise<number> {
  const report = reportOf(readModels(paths), {
    profile: options.profile,
    rules: [...catalogue, ...options.rules.flatMap(rulesIn)],
    ...(options.baseline !== undefined && { baseline: await baselineIn(options.baseline, streams) }),
  });
  streams.stdout.write(`${textOf(report, options, version)}\n`);
  return fails(report, options.failOn) ? ExitCode.findings : ExitCode.ok;
}

function textOf(report: GuardrailReport, { format, entry }: CheckOptions, version: string): string {
  const locator = sourceLocator(process.cwd());
  switch (format) {
    case 'json':
      return JSON.stringify(jsonReport(report, locator), undefined, 2);
    case 'sarif':
      return JSON.stringify(sarifReport(report, { locator, entryFile: entry, version }), undefined, 2);
    case 'markdown':
      return markdownReport(report);
    case 'github':
      return githubReport(report, locator);
    case 'console':
      return consoleReport(report);
  }
}

/** Whether a finding has the threshold, or whether a rule met an unknown value where that fails. */
function fails(report: GuardrailReport, failOn: CheckOptions['failOn']): boolean {
  if (failOn === 'none') return false;
  const least = failOn === 'unknown' ? 'error' : failOn;
  const open = openFindings(report).some(({ severity }) => isAtLeast(severity, least));
  return open || (failOn === 'unknown' && report.unjudged.length > 0);
}

/** Findings of an earlier report in the format `json`. */
async function baselineIn(path: string, streams: Streams): Promise<readonly Finding[]> {
  const report = await readJson(path, streams);
  if (isObject(report) && Array.isArray(report.findings)) return report.findings as readonly Finding[];
  throw new InputError(`The baseline ${path} must be a report of "check --format json".`);
}

/** Adds the verb to the program. `finish` receives the exit code. */
export function addCheck(
  program: Command,
  version: string,
  streams: Streams,
  finish: (code: number) => void,
): void {
  program
    .command('check')
    .summary('evaluate guardrails for synthesized stacks and plans')
    .description(
      'Evaluates the guardrails for every resource.\n' +
        'Exit code: 0 nothing above the threshold, 2 findings, 1 wrong usage or unreadable input.',
    )
    .argument('<paths...>', 'cdktf.out, a cdk.tf.json, or the JSON of a plan; "-" is standard input')
    .addOption(
      new Option('--format <format>', 'format of the report')
        .choices(['console', 'json', 'sarif', 'markdown', 'github'])
        .default('console'),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'least severity that fails; "unknown" fails on errors and unknown values',
      )
        .choices(['error', 'warning', 'note', 'unknown', 'none'])
        .default('error'),
    )
    .addOption(profileOption())
    .option('--baseline <file>', 'JSON report whose findings are reported and do not fail')
    .option('--rules <file>', 'module that exports rules, several times if needed', appended, [])
    .option('--entry <file>', 'file for SARIF results without a known line', 'cdktf.json')
    .action(async (paths: readonly string[], options: CheckOptions) => {
      finish(await check(paths, options, version, streams));
    });
}
