import { Token } from 'cdktf';
import { all, matching, rule, type Report, type Rule } from '../core/rules';
import type { MaintenanceWindow } from './gke-cluster-props';

const HOURS = 60 * 60 * 1000;
const DAYS_OF_WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** GKE requires 48 hours in each period of 32 days, in windows of at least 4 hours. */
const REQUIRED_HOURS = 48;
const PERIOD_DAYS = 32;

/** Recurrence of a window: daily or weekly. https://datatracker.ietf.org/doc/html/rfc5545#section-3.3.10 */
export const recurrence: Rule = all(
  matching(/^FREQ=(DAILY|WEEKLY)(;|$)/, 'be a recurrence rule, for example "FREQ=WEEKLY;BYDAY=SA,SU"'),
  rule(`have days of ${DAYS_OF_WEEK.join(', ')} in BYDAY`, (value) =>
    (
      partsOf(value as string)
        .get('BYDAY')
        ?.split(',') ?? []
    ).every((day) => DAYS_OF_WEEK.includes(day)),
  ),
);

function partsOf(recurrenceRule: string): Map<string, string> {
  return new Map(
    recurrenceRule.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

/** Fewest windows in a period of 32 days; undefined for a rule with other parts than days and an interval. */
function fewestWindows(recurrenceRule: string): number | undefined {
  const parts = partsOf(recurrenceRule);
  const days = new Set(parts.get('BYDAY')?.split(',') ?? []).size;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const isSimple = [...parts.keys()].every((name) => ['FREQ', 'BYDAY', 'INTERVAL', 'WKST'].includes(name));
  if (!isSimple || !Number.isInteger(interval) || interval < 1) return undefined;
  if (parts.get('FREQ') === 'WEEKLY') return Math.floor(PERIOD_DAYS / (7 * interval)) * Math.max(days, 1);
  return days === 0 ? Math.floor(PERIOD_DAYS / interval) : undefined;
}

/**
 * Cross-property validation of a window.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#maintenance_windows
 */
export function checkMaintenanceWindow(window: MaintenanceWindow, report: Report): void {
  const { startTime, endTime, recurrence: recurrenceRule } = window;
  const hours = (Date.parse(endTime) - Date.parse(startTime)) / HOURS;
  if (hours < 4) {
    report({
      property: 'maintenanceWindow.endTime',
      value: endTime,
      rule: 'be at least four hours after startTime',
      fix: 'Set a later endTime.',
    });
    return;
  }
  const windows = Token.isUnresolved(recurrenceRule) ? undefined : fewestWindows(recurrenceRule);
  if (windows === undefined || !(windows * hours < REQUIRED_HOURS)) return;
  report({
    property: 'maintenanceWindow.recurrence',
    value: recurrenceRule,
    rule: `allow ${REQUIRED_HOURS} hours in each ${PERIOD_DAYS} days; ${windows} windows of ${hours} hours are ${windows * hours}`,
    fix: 'Add days to BYDAY, or set a later endTime.',
  });
}
