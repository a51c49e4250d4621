import type { WithInherited } from '../core/inherited';
import {
  boolean,
  constructLike,
  integer,
  list,
  matching,
  oneOf,
  optional,
  type Report,
  type Shape,
} from '../core/rules';
import { shortName } from '../core/short-name';
import { project as projectRule } from '../google/project';
import type { GoogleAuditTrailProps } from './google-audit-trail-props';
import { googleProviderRules } from '../google/options';

/** Field rules of a `GoogleAuditTrail`. */
export const trailRules: Shape<GoogleAuditTrailProps> = {
  project: projectRule,
  location: matching(
    /^([a-z]+-[a-z]+\d{1,2}|eu|us|global)$/,
    'be a region, for example "us-central1", or "eu", "us" or "global"',
  ),
  name: optional(shortName),
  destination: optional(oneOf(['log-bucket', 'bigquery'])),
  retentionDays: optional(integer(1, 3_650)),
  locked: optional(boolean),
  deletionProtection: optional(boolean),
  notificationChannels: optional(
    list(
      matching(
        /^projects\/[^/]+\/notificationChannels\/[^/]+$/,
        'be a notification channel of the form projects/PROJECT/notificationChannels/ID',
      ),
    ),
  ),
  auditConfigOwner: optional(
    constructLike('a GoogleAuditTrail or GoogleAuditTrail.fromProject(…)', {
      projectId: 'string',
      dependenciesIn: 'function',
    }),
  ),
  ...googleProviderRules,
};

/** Cross-property rules of a `GoogleAuditTrail`. */
export function contradictions(props: WithInherited<GoogleAuditTrailProps>, report: Report): void {
  destinationFits(props, report);
  ownerFits(props, report);
}

function ownerFits(
  { auditConfigOwner, project }: WithInherited<GoogleAuditTrailProps>,
  report: Report,
): void {
  if (!auditConfigOwner || auditConfigOwner.projectId === project.id) return;
  report({
    property: 'auditConfigOwner',
    value: auditConfigOwner.projectId,
    rule: `own the audit configuration of the project of the trail ("${project.id}")`,
    fix: 'Pass a trail of that project.',
  });
}

function destinationFits(props: WithInherited<GoogleAuditTrailProps>, report: Report): void {
  if (props.destination !== 'bigquery') return;
  if (props.locked === true) {
    const rule = 'be false for a dataset, which Google Cloud cannot lock';
    report({ property: 'locked', value: true, rule, fix: 'Use the destination "log-bucket".' });
  }
  if (props.location === 'global') {
    const rule = 'be a region, "eu" or "us" for a dataset';
    report({ property: 'location', value: 'global', rule, fix: 'Set a region.' });
  }
}
