import type { WithInherited } from '../../core/inherited';
import {
  knownAtSynth,
  list,
  constructLike,
  matching,
  optional,
  rule,
  all,
  type Report,
  type Rule,
} from '../../core/rules';
import { awsAccount, awsRoleName, partitionOf } from '../../aws/account';
import type { AwsToGoogleFederationAttributes } from './aws-to-google-federation-props';
import { project } from '../../google/project';

/** Maximum bytes of `google.subject`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
export const LONGEST_SUBJECT = 127;

/** Maximum characters of a role session name. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const LONGEST_SESSION_NAME = 64;

const LONGEST_ROLE = LONGEST_SUBJECT - LONGEST_SESSION_NAME - '/'.length;

const poolOrProviderId = matching(
  /^(?!gcp-)[a-z0-9-]{4,32}$/,
  'have 4 to 32 lower-case letters, digits and hyphens, and not start with "gcp-", which Google reserves',
  (value) => {
    const meant = value.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return /^(?!gcp-)[a-z0-9-]{4,32}$/.test(meant) ? `Use "${meant}".` : undefined;
  },
);

/** Name of an AWS role whose subject fits with every session name. */
export const federatedRoleName: Rule = knownAtSynth(
  all(
    awsRoleName,
    rule(
      `have at most ${LONGEST_ROLE} characters: google.subject is ROLE/SESSION with at most ${LONGEST_SUBJECT} bytes, of which a session name can take ${LONGEST_SESSION_NAME}`,
      (value) => (value as string).length <= LONGEST_ROLE,
      () => 'Choose a shorter name for the role.',
    ),
  ),
);

export const attributeRules = {
  project,
  account: awsAccount,
  poolId: poolOrProviderId,
  providerId: optional(poolOrProviderId),
};

export const roleNames: Rule = knownAtSynth(list(federatedRoleName));

export const federation: Rule = constructLike(
  'an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…)',
  {
    account: 'object',
    poolName: 'string',
    providerName: 'string',
    allowRole: 'function',
    dependenciesIn: 'function',
  },
);

/** Cross-property validation of project and account. */
export function attributeCrossChecks(
  { project, account }: WithInherited<AwsToGoogleFederationAttributes>,
  report: Report,
): void {
  if (project.number === undefined) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'be set because it is part of the name of a federated principal',
      fix: 'Set project to { id, number }.',
    });
  }
  if (partitionOf(account) !== 'aws') {
    report({
      property: 'account.partition',
      value: partitionOf(account),
      rule: `be an account of the partition "aws", the only one that Google's AWS provider accepts`,
      fix: 'Use an OIDC provider instead.',
    });
  }
}
