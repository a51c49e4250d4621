/** Filter of Cloud Logging for all audit logs. https://cloud.google.com/logging/docs/audit */
export const AUDIT_LOGS = [
  'log_id("cloudaudit.googleapis.com/activity")',
  'OR log_id("cloudaudit.googleapis.com/data_access")',
  'OR log_id("cloudaudit.googleapis.com/system_event")',
  'OR log_id("cloudaudit.googleapis.com/policy")',
].join(' ');
