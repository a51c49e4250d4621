import type { Finding } from '../finding';
import { openFindings, type GuardrailReport } from '../report';
import { bySeverity } from '../severity';
import { visible } from '../../core/text/visible-text';
import { coverageLine, summaryLine } from './summary';

const WIDTH = 80;

/** Styles of a terminal; each returns its text, styled or not. */
export interface Styles {
  /** Style of the severity `error`. */
  readonly error: (text: string) => string;
  /** Style of the severity `warning`. */
  readonly warning: (text: string) => string;
  /** Style of the severity `note`. */
  readonly note: (text: string) => string;
  /** Style of titles. */
  readonly bold: (text: string) => string;
  /** Style of addresses and controls. */
  readonly dim: (text: string) => string;
}

const same = (text: string) => text;

/** No style: for files, pipes and NO_COLOR. */
export const PLAIN: Styles = { error: same, warning: same, note: same, bold: same, dim: same };

/** A report as text for people, grouped by rule, at most 80 columns wide. */
export function plainReport(report: GuardrailReport, styles: Styles = PLAIN): string {
  const open = openFindings(report);
  const groups = new Map<string, Finding[]>();
  for (const finding of open) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
  const unused = report.acknowledgements.filter(({ status }) => status !== 'used');
  return [
    ...[...groups.values()].sort(byRule).map((findings) => groupOf(findings, styles)),
    ...unused.map(({ id, path, status, until }) =>
      wrapped(`The acknowledgement of ${id} at ${path || 'the app'} is ${STATUS[status]} (until ${until}).`),
    ),
    `${styles.bold(summaryLine(report))}\n${styles.dim(wrapped(coverageLine(report)))}`,
  ].join('\n\n');
}

const STATUS = {
  used: 'used',
  unused: 'unused',
  expired: 'expired',
  'unknown-rule': 'for a rule that does not exist',
};
function byRule([a]: readonly Finding[], [b]: readonly Finding[]): number {
  if (!a || !b) return 0;
  return bySeverity(a.severity, b.severity) || (a.rule < b.rule ? -1 : 1);
}

function groupOf(findings: readonly Finding[], styles: Styles): string {
  const [first] = findings;
  if (!first) return '';
  return [
    `${styles[first.severity](`${first.severity} ${first.rule}`)} ${styles.bold(first.title)}`,
    ...findings.map(({ id, stack, address, constructPath, message }) =>
      [
        `  ${visible(constructPath ?? `${stack}/${address}`)}`,
        styles.dim(`    ${visible(address)}`),
        wrapped(`${id === first.rule ? '' : `${id}: `}${message}`, '    '),
      ].join('\n'),
    ),
    wrapped(`Why: ${first.why}`, '  '),
    wrapped(`Fix: ${first.fix}`, '  '),
    ...(first.controls.length > 0 ? [styles.dim(wrapped(first.controls.join(', '), '  '))] : []),
  ].join('\n');
}

/** Text in lines of at most 80 columns. A word that is longer stays whole. */
function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of visible(text).split(' ')) {
    if (line !== indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
