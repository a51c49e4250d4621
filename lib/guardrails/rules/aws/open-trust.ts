import { rule } from '../../rule';
import { limitedForEveryAccount } from './every-account';
import { roleTrusting } from './policy';

/** Conditions that name the caller, its account or its organization. */
const CALLER = [
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:principalorgpaths',
  'sts:externalid',
  'aws:sourceorgid',
];

/** Roles that every AWS account can assume. */
export const openTrust = rule('aws_iam_role', {
  id: 'AWS004',
  title: 'Role that every AWS account can assume',
  severity: 'error',
  why: 'The principal "*" is every identity of every account in the world.',
  fix: 'Name the account or the role, or test aws:PrincipalOrgID.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (role) => limitedForEveryAccount(role, 'assume_role_policy', (key) => CALLER.includes(key)),
  passes: [
    roleTrusting({ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }),
    roleTrusting({
      Principal: '*',
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    }),
  ],
  fails: [
    roleTrusting({ Principal: '*', Action: 'sts:AssumeRole' }),
    roleTrusting({
      Principal: { AWS: ['*'] },
      Action: 'sts:AssumeRole',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    }),
  ],
});
