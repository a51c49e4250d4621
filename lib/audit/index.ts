export { AwsAuditTrail } from './aws-audit-trail';
export { type AwsAuditTrailProps } from './aws-audit-trail-props';
export { GoogleAuditTrail } from './google-audit-trail';
export { type GoogleAuditTrailProps, type IGoogleAuditConfigOwner } from './google-audit-trail-props';
