import type { Finding } from '../finding';
import type { GuardrailReport } from '../report';
import type { SourceLocation, SourceLocator } from './source-location';

/** A finding with its place in a source file, without the stack trace and its machine paths. */
export interface LocatedFinding extends Omit<Finding, 'stackTrace'> {
  /**
   * Place in the files of the user.
   * @default - no stack trace was captured
   */
  readonly location?: SourceLocation;
}

/** A report in the form of `schemas/guardrail-report.schema.json`. */
export interface JsonReport extends Omit<GuardrailReport, 'findings'> {
  /** Violations, sorted by stack, address and id. */
  readonly findings: readonly LocatedFinding[];
}

/** A report as plain data for other programs. */
export function jsonReport(report: GuardrailReport, locator: SourceLocator): JsonReport {
  return {
    ...report,
    findings: report.findings.map(({ stackTrace, ...finding }) => {
      const location = locator.find(stackTrace);
      return { ...finding, ...(location && { location }) };
    }),
  };
}
