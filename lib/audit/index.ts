export { GoogleAuditTrail, type GoogleAuditTrailProps } from './google-audit-trail';
