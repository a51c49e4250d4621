import { Option, type Command } from 'commander';
import { auditQueries, type AuditQuery } from '../../lib/access/queries/audit-queries';
import { QuestionError } from '../../lib/access/questions/question-error';
import { cell } from '../../lib/core/text/markdown';
import { visible } from '../../lib/core/text/visible-text';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { manifestIn, withInput, type GraphInput } from './graph-input';

interface QueriesOptions extends GraphInput {
  readonly format: 'text' | 'json' | 'markdown';
  readonly runId?: string;
}

const TITLES: Readonly<Record<AuditQuery['language'], string>> = {
  'cloud-logging': 'Cloud Logging',
  bigquery: 'BigQuery',
  athena: 'Athena',
};

/** Adds `queries`. `finish` receives the exit code. */
export function addQueries(access: Command, streams: Streams, finish: (code: number) => void): void {
  withInput(access.command('queries'))
    .summary('print audit queries for an identity')
    .description(
      'Prints queries for the calls of an identity in Cloud Logging, BigQuery and Athena.\n' +
        'Exit code: 0 there are queries, 2 no log has the identity, 1 wrong usage or unreadable input.',
    )
    .argument('<identity>', 'name of the identity, or of a workload')
    .option('--run-id <id>', 'only calls of this execution')
    .addOption(
      new Option('--format <format>', 'format of the queries')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .action((identity: string, options: QueriesOptions) => {
      const queries = queriesFor(identity, options);
      streams.stdout.write(`${textOf(queries, identity, options.format)}\n`);
      finish(queries.length > 0 ? ExitCode.ok : ExitCode.findings);
    });
}

function queriesFor(identity: string, options: QueriesOptions): readonly AuditQuery[] {
  const { runId } = options;
  try {
    return auditQueries(manifestIn(options), identity, { ...(runId !== undefined && { runId }) });
  } catch (error) {
    if (error instanceof QuestionError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}

function textOf(queries: readonly AuditQuery[], identity: string, format: QueriesOptions['format']): string {
  if (format === 'json') return JSON.stringify(queries, undefined, 2);
  if (queries.length === 0) return `No log has calls of ${visible(identity)} under its name.`;
  return queries.map(format === 'markdown' ? markdownOf : commentedOf).join('\n\n');
}

/** The query with comments; all of it can be run. */
function commentedOf(query: AuditQuery): string {
  return [
    `-- ${TITLES[query.language]}: calls of ${visible(query.identity)}`,
    ...query.needs.map((need) => `-- Needs: ${need}`),
    ...query.gaps.map((gap) => `-- Not in the log: ${gap}`),
    query.text,
  ].join('\n');
}

function markdownOf(query: AuditQuery): string {
  // A fence is longer than each run of backticks in the text.
  const longest = Math.max(2, ...(query.text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [
    `### ${TITLES[query.language]}: ${cell(query.identity)}`,
    `${fence}${query.language === 'cloud-logging' ? '' : 'sql'}\n${query.text}\n${fence}`,
    [
      ...query.needs.map((need) => `- Needs: ${need}`),
      ...query.gaps.map((gap) => `- Not in the log: ${gap}`),
    ].join('\n'),
  ].join('\n\n');
}
