import type { Severity } from './rule';

/** Severities, the highest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** Order of severities, the highest first. */
export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** Whether a severity reaches a threshold. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return bySeverity(severity, threshold) <= 0;
}
