import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationRules } from '../../core/justification';
import {
  differ,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { isToken } from '../../core/token-values';
import { awsAccount, awsRoleName, oidcProviderArnOf } from '../../aws/account';
import { policyStatement } from '../../aws/policy-statement';
import { GkeOidcProvider, madeBy, oidcProvider, tokenIssuer } from './gke-oidc-provider';
import type { GkeToAwsRoleAcknowledgements, GkeToAwsRoleProps } from './gke-to-aws-role-props';
import { serviceAccountName } from '../../kubernetes/names';
import { workloadNamespace } from '../../kubernetes/namespace-and-labels';
import { awsProviderRules } from '../../aws/options';

export const roleRules: Shape<GkeToAwsRoleProps> = {
  ...justificationRules,
  cluster: tokenIssuer,
  account: awsAccount,
  namespace: workloadNamespace,
  serviceAccountName,
  roleName: awsRoleName,
  statements: optional(knownAtSynth(list(policyStatement))),
  oidcProvider: optional(oidcProvider),
  maxSessionSeconds: optional(integer(3_600, 43_200)),
  permissionsBoundaryArn: optional(
    matching(
      /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/\S+$/,
      'be the ARN of a policy, arn:aws:iam::ACCOUNT:policy/NAME',
    ),
  ),
  acknowledge: optional(shape<GkeToAwsRoleAcknowledgements>({ defaultNamespace: acknowledgement })),
  ...awsProviderRules,
};

/** Cross-property validation of a role. */
export function roleCrossChecks(
  scope: IConstruct,
  props: WithInherited<GkeToAwsRoleProps>,
  report: Report,
): void {
  if (props.namespace === 'default' && props.acknowledge?.defaultNamespace === undefined) {
    report({
      property: 'namespace',
      value: 'default',
      rule: 'not be "default", where pods without a namespace run and could assume the role',
      fix: 'Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
    });
  }
  sidsAreUnique(props, report);
  boundaryIsOfAccount(props, report);
  providerFits(scope, props, report);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function boundaryIsOfAccount(
  { account, permissionsBoundaryArn: arn }: WithInherited<GkeToAwsRoleProps>,
  report: Report,
): void {
  if (arn === undefined || isToken(arn)) return;
  const owner = arn.split(':')[4];
  if (owner === undefined || owner === 'aws' || owner === account.id) return;
  report({
    property: 'permissionsBoundaryArn',
    value: arn,
    rule: `be a policy of the account (${account.id}) or of AWS`,
    fix: 'Use a policy of the account of the role.',
  });
}

function sidsAreUnique({ statements = [] }: WithInherited<GkeToAwsRoleProps>, report: Report): void {
  const sids = statements.map(({ sid }) => sid);
  sids.forEach((sid, index) => {
    if (sid === undefined || sids.indexOf(sid) === index) return;
    report({
      property: `statements[${index}].sid`,
      value: sid,
      rule: 'be unique among the statements of the role',
    });
  });
}

function providerFits(scope: IConstruct, props: WithInherited<GkeToAwsRoleProps>, report: Report): void {
  const { account, cluster, oidcProvider: given } = props;
  if (given === undefined) {
    const other = GkeOidcProvider.tryFind(scope, cluster, account);
    if (other === undefined || TerraformStack.of(other) === TerraformStack.of(scope)) return;
    report({ ...madeBy(other), property: 'oidcProvider', value: undefined });
    return;
  }
  const arn = oidcProviderArnOf(account, cluster.issuer);
  if (!differ(given.arn, arn)) return;
  report({
    property: 'oidcProvider',
    value: given.arn,
    rule: `be the provider of this cluster in this account (${arn})`,
    fix: 'Pass the existing one, or omit it.',
  });
}
