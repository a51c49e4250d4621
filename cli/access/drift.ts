import Table from 'cli-table3';
import { Option, type Command } from 'commander';
import { withBaseline, type BaselinedDrift } from '../../lib/access/drift/baseline';
import { accessDrift } from '../../lib/access/drift/drift';
import { awsAuthorizationExport } from '../../lib/access/drift/exports/aws-authorization';
import { googleAssetsExport } from '../../lib/access/drift/exports/google-assets';
import { googlePolicyExport } from '../../lib/access/drift/exports/google-policy';
import { kubernetesExport } from '../../lib/access/drift/exports/kubernetes-list';
import type { LiveExport } from '../../lib/access/drift/exports/live-export';
import { terraformQueryExport } from '../../lib/access/drift/exports/terraform-query';
import {
  DRIFT_HEAD,
  driftMarkdown,
  driftRows,
  driftSectionsText,
  NO_DRIFT,
} from '../../lib/access/formats/drift-text';
import { visible } from '../../lib/core/text/visible-text';
import { appended } from '../appended';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import { readJson, readJsonLines } from '../input';
import type { Streams } from '../streams';
import { manifestIn, withInput, type GraphInput } from './graph-input';
import { unreadable } from './unreadable';

interface DriftOptions extends GraphInput {
  readonly googlePolicy: readonly string[];
  readonly googleAsset: readonly string[];
  readonly awsAuthorization: readonly string[];
  readonly kubernetes: readonly string[];
  readonly terraformQuery: readonly string[];
  readonly baseline?: string;
  readonly format: 'table' | 'json' | 'markdown';
}

/** Widths of the columns, 100 characters with their borders. */
const WIDTHS = [10, 24, 22, 20, 24];

/** Adds `drift`. `finish` receives the exit code. */
export function addDrift(access: Command, streams: Streams, finish: (code: number) => void): void {
  const file = (flag: string, text: string) => new Option(flag, text).argParser(appended).default([]);
  withInput(access.command('drift'))
    .summary('compare the access with what the clouds have')
    .description(
      'Compares the manifest with files that the tools of the clouds print. It calls no cloud.\n' +
        'Exit code: 0 no cloud allows more than the manifest, 2 one does, 1 wrong usage or unreadable input.',
    )
    .addOption(
      file(
        '--google-policy <project=file>',
        'output of "gcloud projects get-iam-policy PROJECT --format=json"',
      ),
    )
    .addOption(
      file('--google-asset <file>', 'output of "gcloud asset search-all-iam-policies --format=json"'),
    )
    .addOption(file('--aws-authorization <file>', 'output of "aws iam get-account-authorization-details"'))
    .addOption(
      file(
        '--kubernetes <file>',
        'output of "kubectl get rolebindings,clusterrolebindings,roles,clusterroles -A -o json"',
      ),
    )
    .addOption(file('--terraform-query <file>', 'lines of "terraform query -json"'))
    .option('--baseline <file>', 'JSON report whose differences are listed and do not fail')
    .addOption(
      new Option('--format <format>', 'format of the list')
        .choices(['table', 'json', 'markdown'])
        .default('table'),
    )
    .action(async (options: DriftOptions) => {
      const drift = await driftOf(options, streams);
      streams.stdout.write(`${textOf(drift, options.format)}\n`);
      const isWider = drift.findings.some(({ kind }) => kind !== 'missing');
      finish(isWider ? ExitCode.findings : ExitCode.ok);
    });
}

async function driftOf(options: DriftOptions, streams: Streams): Promise<BaselinedDrift> {
  try {
    const drift = accessDrift(manifestIn(options), await exportsIn(options, streams));
    const { baseline } = options;
    if (baseline === undefined) return { ...drift, known: [] };
    return withBaseline(drift, baseline, await readJson(baseline, streams));
  } catch (error) {
    throw unreadable(error);
  }
}

async function exportsIn(options: DriftOptions, streams: Streams): Promise<readonly LiveExport[]> {
  const { googlePolicy, googleAsset, awsAuthorization, kubernetes, terraformQuery } = options;
  const readers = [
    ...googlePolicy.map((given) => async () => {
      const [, project, path] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
      if (project === undefined || path === undefined)
        throw new InputError(
          `--google-policy must be PROJECT=FILE (got "${given}"). The file has no project.`,
        );
      return googlePolicyExport(path, project, await readJson(path, streams));
    }),
    ...googleAsset.map((path) => async () => googleAssetsExport(path, await readJson(path, streams))),
    ...awsAuthorization.map(
      (path) => async () => awsAuthorizationExport(path, await readJson(path, streams)),
    ),
    ...kubernetes.map((path) => async () => kubernetesExport(path, await readJson(path, streams))),
    ...terraformQuery.map(
      (path) => async () => terraformQueryExport(path, await readJsonLines(path, streams)),
    ),
  ];
  if (readers.length === 0)
    throw new InputError(
      'A file of a cloud is required. Give one with --google-policy, --aws-authorization, …',
    );
  const exports: LiveExport[] = [];
  for (const read of readers) exports.push(await read());
  return exports;
}

function textOf(drift: BaselinedDrift, format: DriftOptions['format']): string {
  if (format === 'json') {
    return JSON.stringify({ ...drift, nodes: undefined }, undefined, 2);
  }
  if (format === 'markdown') return driftMarkdown(drift);
  const sections = driftSectionsText(drift);
  if (drift.findings.length === 0) return [NO_DRIFT, sections].join('\n\n');
  const rows = new Table({
    head: DRIFT_HEAD,
    style: { head: [], border: [] },
    colWidths: WIDTHS,
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  rows.push(...driftRows(drift).map((row) => row.map(visible)));
  return [rows.toString(), sections].join('\n\n');
}
