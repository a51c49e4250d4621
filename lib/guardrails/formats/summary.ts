import { openFindings, type GuardrailReport } from '../report';
import { SEVERITIES } from '../severity';

/** Numbers of open findings by severity: `2 errors, 1 warning, 3 acknowledged`. */
export function summaryLine(report: Pick<GuardrailReport, 'findings'>): string {
  const open = openFindings(report);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: open.filter((finding) => finding.severity === severity).length,
  }));
  const parts = counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  const answered = report.findings.length - open.length;
  const all = answered === 0 ? parts : [...parts, `${answered} acknowledged`];
  return all.length === 0 ? 'no findings' : all.join(', ');
}

/** Coverage of the rules, as one sentence for each fact. */
export function coverageLine({ coverage, rules }: Pick<GuardrailReport, 'coverage' | 'rules'>): string {
  const { resources, judged, withUnknown, withoutRule } = coverage;
  const others = withoutRule.reduce((sum, { count }) => sum + count, 0);
  return [
    `${rules.length} rules evaluated ${judged} of ${resources} resources.`,
    ...(withUnknown > 0 ? [`${withUnknown} have values that are known after apply.`] : []),
    ...(others > 0 ? [`${others} are of types without a rule.`] : []),
  ].join(' ');
}
