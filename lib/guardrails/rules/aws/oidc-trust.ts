import { rule } from '../../rule';
import { all, any, every, fail, isUnknown, pass, when, type Fail, type Verdict } from '../../verdict';
import { names, roleTrusting, statementsOf, type Condition, type Statement } from './policy';

const EXACT = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase)$/;
const LIKE = /^(ForAnyValue:)?(StringLike|ArnLike|ArnEquals)$/;

/** Roles that every token of an OIDC issuer can assume. */
export const oidcTrust = rule('aws_iam_role', {
  id: 'AWS002',
  title: 'Trust of an OIDC issuer without a subject and an audience',
  severity: 'error',
  why: 'Each token of the issuer can assume the role: every pod of the cluster, or every repository of the host.',
  fix: 'Test ISSUER:sub and ISSUER:aud with StringEquals.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (role) => {
    const statements = statementsOf(role, 'assume_role_policy');
    if (isUnknown(statements)) return statements;
    return all(
      ...statements.flatMap((statement) => {
        const isTrust = isOidc(statement);
        return isTrust.verdict === 'fail' ? [] : when(isTrust, ...verdictsOf(statement));
      }),
    );
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
    roleTrusting({
      Principal: { Federated: '${aws_iam_openid_connect_provider.gke.arn}' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'container.googleapis.com:aud': 'sts.amazonaws.com' },
        StringLike: {
          'container.googleapis.com:sub':
            'system:serviceaccount:${kubernetes_namespace_v1.shop.metadata[0].name}:*',
        },
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
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRole*',
    }),
    roleTrusting({
      Principal: { Federated: '${aws_iam_openid_connect_provider.gke.arn}' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
  ],
  unknowns: [{ name: 'x', assume_role_policy: '${var.trust}' }],
});

function isOidc(statement: Statement): Verdict {
  const federated = statement.principals.map(({ kind, value }) =>
    kind === 'Federated' ? pass : value.is('*'),
  );
  return every(
    statement.allows,
    any(fail('No issuer.'), ...federated),
    names(statement, 'sts:AssumeRoleWithWebIdentity'),
  );
}

function verdictsOf(statement: Statement): readonly Verdict[] {
  return ['sub', 'aud'].map((claim) => {
    const failure = fail(`The trust does not pin the claim ${claim}.`, {
      property: statement.subject.self.property,
      detail: claim,
    });
    const ofClaim = statement.conditions.filter(({ key }) => key.endsWith(`:${claim}`));
    return any(
      failure,
      ...ofClaim.map((condition) => pins(condition, failure)),
      ...statement.unknownConditions,
    );
  });
}

function pins({ operator, values }: Condition, failure: Fail): Verdict {
  if (values.length === 0 || !(EXACT.test(operator) || LIKE.test(operator))) return failure;
  if (EXACT.test(operator)) return pass;
  return every(
    ...values.map((value) => {
      if (value.isOpen) return namesAnOwner(value.outline) ? pass : value.unknown();
      return namesAnOwner(value.text) ? pass : failure;
    }),
  );
}

/** Whether a pattern has text before its first wildcard that another user cannot register: `repo:acme/*`. */
function namesAnOwner(pattern: string): boolean {
  const [literal = ''] = pattern.split(/[*?]/);
  return (
    (literal === pattern && !pattern.includes('…')) ||
    /^(repo:[^/*?…]+\/|system:serviceaccount:[^:*?…]+:|project_path:[^/*?…]+\/)/.test(pattern)
  );
}
