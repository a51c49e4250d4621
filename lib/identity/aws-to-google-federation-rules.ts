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
} from '../core/rules';
import { awsAccount, awsRoleName } from '../aws/account';
import type { AwsToGoogleFederationAttributes } from './aws-to-google-federation-props';
import { project } from '../google/project';

/** What `google.subject` may have. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
export const LONGEST_SUBJECT = 127;

/** What a session of a role may be called. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const LONGEST_SESSION_NAME = 64;

const LONGEST_ROLE = LONGEST_SUBJECT - LONGEST_SESSION_NAME - '/'.length;

const poolOrProviderId = matching(
  /^(?!gcp-)[a-z0-9-]{4,32}$/,
  'it has 4 to 32 lower-case letters, digits and hyphens, and does not begin with "gcp-", which Google keeps',
  (value) => {
    const meant = value.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return /^(?!gcp-)[a-z0-9-]{4,32}$/.test(meant) ? `Use "${meant}".` : undefined;
  },
);

/** Name of an AWS role whose sessions have a subject that fits, whatever they are called. */
export const federatedRoleName: Rule = knownAtSynth(
  all(
    awsRoleName,
    rule(
      `a federated role has at most ${LONGEST_ROLE} characters: google.subject is ROLE/SESSION, which Google limits to ${LONGEST_SUBJECT} bytes, and a session name may have ${LONGEST_SESSION_NAME}`,
      (value) => (value as string).length <= LONGEST_ROLE,
      () => 'Give the role a shorter name.',
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
  'an AwsToGoogleFederation, made here or AwsToGoogleFederation.fromAttributes(…)',
  {
    account: 'object',
    poolName: 'string',
    providerName: 'string',
    allowRole: 'function',
    dependenciesIn: 'function',
  },
);

/** What the rules of the project and of the account cannot know. */
export function attributeCrossChecks(
  { project, account }: AwsToGoogleFederationAttributes,
  report: Report,
): void {
  if (project.number === undefined) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'the names of federated principals hold the number of the project',
      fix: 'Give the project as { id, number }.',
    });
  }
  if (account.partition !== undefined && account.partition !== 'aws') {
    report({
      property: 'account.partition',
      value: account.partition,
      rule: `Google's AWS provider knows accounts of the partition "aws" only`,
      fix: 'Federate by OIDC instead.',
    });
  }
}
