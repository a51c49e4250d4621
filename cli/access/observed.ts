import Table from 'cli-table3';
import { Option, type Command } from 'commander';
import { observedMarkdown, observedTables, windowText } from '../../lib/access/formats/observed-text';
import type { AccessObserved } from '../../lib/access/observed/access-observed';
import type { LoggedAccess } from '../../lib/access/observed/logged-access';
import { cloudTrailCalls } from '../../lib/access/observed/logs/cloudtrail';
import { googleAuditCalls } from '../../lib/access/observed/logs/google-audit';
import { kubernetesAuditCalls } from '../../lib/access/observed/logs/kubernetes-audit';
import { accessObserved } from '../../lib/access/observed/observed';
import { visible } from '../../lib/core/text/visible-text';
import { appended } from '../appended';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import { readJsonOrLines } from '../input';
import type { Streams } from '../streams';
import { manifestIn, withInput, type GraphInput } from './graph-input';
import { unreadable } from './unreadable';

interface ObservedOptions extends GraphInput {
  readonly cloudtrail: readonly string[];
  readonly google: readonly string[];
  readonly kubernetes: readonly string[];
  readonly format: 'table' | 'json' | 'markdown';
}

/** Width of a table with its borders. */
const WIDTH = 120;

/** Adds `observed`. `finish` receives the exit code. */
export function addObserved(access: Command, streams: Streams, finish: (code: number) => void): void {
  const file = (flag: string, text: string) => new Option(flag, text).argParser(appended).default([]);
  withInput(access.command('observed'))
    .summary('map the calls in logs to the manifest')
    .description(
      'Maps each call in exported logs to one path of the manifest, and lists permissions without a call.\n' +
        'Exit code: 0 each call has a path, 2 some have none, 1 wrong usage or unreadable input.',
    )
    .addOption(file('--cloudtrail <file>', 'records of CloudTrail, as a trail or the AWS CLI writes them'))
    .addOption(file('--google <file>', 'output of "gcloud logging read FILTER --format=json"'))
    .addOption(file('--kubernetes <file>', 'audit log of an API server, audit.k8s.io/v1'))
    .addOption(
      new Option('--format <format>', 'format of the report')
        .choices(['table', 'json', 'markdown'])
        .default('table'),
    )
    .action(async (options: ObservedOptions) => {
      const observed = accessObserved(manifestIn(options), await callsIn(options, streams));
      streams.stdout.write(`${textOf(observed, options.format)}\n`);
      finish(observed.unexplained.length > 0 ? ExitCode.findings : ExitCode.ok);
    });
}

async function callsIn(options: ObservedOptions, streams: Streams): Promise<readonly LoggedAccess[]> {
  const readers = [
    ...options.cloudtrail.map((path) => [path, cloudTrailCalls] as const),
    ...options.google.map((path) => [path, googleAuditCalls] as const),
    ...options.kubernetes.map((path) => [path, kubernetesAuditCalls] as const),
  ];
  if (readers.length === 0)
    throw new InputError('A log is required. Give one with --cloudtrail, --google or --kubernetes.');
  const calls: LoggedAccess[][] = [];
  try {
    for (const [path, read] of readers) calls.push([...read(path, await readJsonOrLines(path, streams))]);
  } catch (error) {
    throw unreadable(error);
  }
  return calls.flat();
}

function textOf(observed: AccessObserved, format: ObservedOptions['format']): string {
  if (format === 'json') {
    return JSON.stringify({ ...observed, nodes: undefined }, undefined, 2);
  }
  if (format === 'markdown') return observedMarkdown(observed);
  const tables = observedTables(observed).map(({ title, head, rows }) => {
    if (rows.length === 0) return title;
    const width = Math.floor((WIDTH - head.length - 1) / head.length);
    const shown = new Table({
      head: [...head],
      style: { head: [], border: [] },
      colWidths: head.map(() => width),
      wordWrap: true,
      wrapOnWordBoundary: false,
    });
    shown.push(...rows.map((row) => row.map(visible)));
    return `${title}\n${shown.toString()}`;
  });
  return [windowText(observed), ...tables].join('\n\n');
}
