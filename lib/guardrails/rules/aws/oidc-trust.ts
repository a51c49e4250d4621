import { rule } from '../../rule';
import { all, fail, pass, type Verdict } from '../../verdict';
import { allowsOf, isUnknown, roleTrusting, type Statement } from './policy';

const EXACT = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|ArnEquals)$/;
const LIKE = /^(ForAnyValue:)?(StringLike|ArnLike)$/;

/** Roles that every token of an OIDC issuer can assume. */
export const oidcTrust = rule('aws_iam_role', {
  id: 'AWS002',
  title: 'Trust of an OIDC issuer without a subject and an audience',
  severity: 'error',
  why: 'Each token of the issuer can assume the role: every pod of the cluster, or every repository of the host.',
  fix: 'Test ISSUER:sub and ISSUER:aud with StringEquals.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (role) => {
    const statements = allowsOf(role, 'assume_role_policy');
    if (isUnknown(statements)) return statements;
    return all(...statements.filter(isOidc).flatMap(verdictsOf));
  },
  passes: [
    roleTrusting({
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:*' },
      },
    }),
    roleTrusting({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  ],
  fails: [
    roleTrusting({
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
    }),
    roleTrusting({
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': '*' },
      },
    }),
    roleTrusting({
      Principal: { Federated: '${aws_iam_openid_connect_provider.gke.arn}' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
  ],
  unknowns: [{ name: 'x', assume_role_policy: '${var.trust}' }],
});

function isOidc({ actions, principals }: Statement): boolean {
  return (
    principals.some(({ kind }) => kind === 'Federated') &&
    actions.some(({ text }) => text.toLowerCase() === 'sts:assumerolewithwebidentity')
  );
}

function verdictsOf({ conditions, subject }: Statement): readonly Verdict[] {
  return ['sub', 'aud'].map((claim) => {
    const tested = conditions.some(
      ({ operator, key, values }) =>
        key.endsWith(`:${claim}`) &&
        values.length > 0 &&
        (EXACT.test(operator) || (LIKE.test(operator) && values.every(({ text }) => namesAnOwner(text)))),
    );
    return tested
      ? pass
      : fail(`The trust does not pin the claim ${claim}.`, {
          property: subject.self.property,
          detail: claim,
        });
  });
}

/** Whether a pattern has text before its first wildcard that another user cannot register: `repo:acme/*`. */
function namesAnOwner(pattern: string): boolean {
  const [literal = ''] = pattern.split(/[*?]/);
  return (
    literal === pattern ||
    /^(repo:[^/*?]+\/|system:serviceaccount:[^:*?]+:|project_path:[^/*?]+\/)/.test(pattern)
  );
}
