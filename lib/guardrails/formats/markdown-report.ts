import type { Finding } from '../finding';
import { openFindings, type GuardrailReport } from '../report';
import { coverageLine, summaryLine } from './summary';
import { cell, code, details, table } from '../../core/text/markdown';

/** A report as Markdown of GitHub and GitLab: a table of open findings, then the acknowledged ones, then the controls. */
export function markdownReport(report: GuardrailReport): string {
  const open = openFindings(report);
  const others = report.findings.filter((finding) => !open.includes(finding));
  return [
    `## Guardrails: ${summaryLine(report)}`,
    ...(open.length === 0 ? [] : [table(['Rule', 'Resource', 'Finding', 'Fix'], open.map(rowOf))]),
    ...(others.length === 0
      ? []
      : [
          details(
            `Acknowledged findings (${others.length})`,
            table(['Rule', 'Resource', 'Reason', 'Owner', 'Until'], others.map(answerRow)),
          ),
        ]),
    ...acknowledgementSection(report),
    details(
      'Rules and controls',
      table(
        ['Rule', 'Title', 'Findings', 'Controls'],
        report.rules.map((rule) => [
          code(rule.id),
          cell(rule.title),
          String(rule.findings),
          cell(rule.controls.join(', ')),
        ]),
      ),
    ),
    coverageLine(report),
  ].join('\n\n');
}

function rowOf({ id, severity, address, constructPath, stack, message, title, fix }: Finding): string[] {
  const place = constructPath ?? `${stack}/${address}`;
  return [
    `${severity} ${code(id)}`,
    `${code(place)}<br>${code(address)}`,
    `**${cell(title)}.** ${cell(message)}`,
    cell(fix),
  ];
}

function answerRow({ id, address, acknowledged, isInBaseline }: Finding): string[] {
  const {
    reason,
    owner = '',
    until = '',
  } = acknowledged ?? { reason: isInBaseline ? 'in the baseline' : '' };
  return [code(id), code(address), cell(reason), cell(owner), cell(until)];
}

function acknowledgementSection({ acknowledgements }: GuardrailReport): string[] {
  const problems = acknowledgements.filter(({ status }) => status !== 'used');
  if (problems.length === 0) return [];
  const rows = problems.map(({ id, path, status, until }) => [
    code(id),
    code(path || 'app'),
    status,
    cell(until),
  ]);
  return ['### Acknowledgements without effect', table(['Rule', 'Construct', 'Status', 'Until'], rows)];
}
