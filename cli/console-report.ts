import Table from 'cli-table3';
import pc from 'picocolors';
import { plainReport } from '../lib/guardrails/formats/plain-report';
import type { GuardrailReport } from '../lib/guardrails/report';

/** A report for a terminal, with a table of the rules that have findings and their controls. */
export function consoleReport(report: GuardrailReport): string {
  // picocolors honours NO_COLOR and whether the output is a terminal.
  const text = plainReport(report, {
    error: (part) => pc.bold(pc.red(part)),
    warning: (part) => pc.bold(pc.yellow(part)),
    note: (part) => pc.bold(pc.cyan(part)),
    bold: pc.bold,
    dim: pc.dim,
  });
  const violated = report.rules.filter(({ findings }) => findings > 0);
  if (violated.length === 0) return text;
  const table = new Table({
    head: ['Rule', 'Findings', 'Controls'],
    style: { head: [], border: [] },
    colWidths: [10, 10, 56],
    wordWrap: true,
  });
  table.push(...violated.map(({ id, findings, controls }) => [id, String(findings), controls.join(', ')]));
  return `${text}\n\n${table.toString()}`;
}
