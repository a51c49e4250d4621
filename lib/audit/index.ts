export { AwsAuditTrail } from './aws-audit-trail';
export { type AwsAuditTrailProps } from './aws-audit-trail-props';
export { GoogleAuditTrail, type GoogleAuditTrailProps } from './google-audit-trail';
