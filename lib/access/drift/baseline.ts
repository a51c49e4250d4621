import { isObject } from '../../core/is-object';
import type { AccessDrift, DriftFinding } from './access-drift';
import { ExportError, listIn } from './exports/live-export';

/** Comparison with the differences that an earlier report has too. */
export interface BaselinedDrift extends AccessDrift {
  /** Differences of the earlier report that remain. They are not findings. */
  readonly known: readonly DriftFinding[];
}

/**
 * Moves the differences of an earlier report out of the findings: access of add-ons, and of other teams of an account.
 * A known difference that allows more than before is a finding again.
 * @param report report of "access drift --format json"
 * @throws ExportError if the document is not such a report
 */
export function withBaseline(drift: AccessDrift, file: string, report: unknown): BaselinedDrift {
  if (!isObject(report) || !('findings' in report)) {
    throw new ExportError(`${file} must be a report of "access drift --format json".`);
  }
  const earlier = ['findings', 'known'].flatMap((list) => listIn(report, list, file));
  const keys = new Set(earlier.map(keyOf));
  return {
    ...drift,
    findings: drift.findings.filter((finding) => !keys.has(keyOf(finding))),
    known: drift.findings.filter((finding) => keys.has(keyOf(finding))),
  };
}

/** Statement of a difference without the place in a file. */
function keyOf(finding: DriftFinding | Readonly<Record<string, unknown>>): string {
  const edge: Readonly<Record<string, unknown>> = isObject(finding.edge) ? finding.edge : {};
  const parts = [
    'kind',
    'from',
    'to',
    'effect',
    'role',
    'permissions',
    'conditions',
    'principals',
    'resources',
  ];
  return JSON.stringify([finding.kind, ...parts.map((name) => edge[name])]);
}
