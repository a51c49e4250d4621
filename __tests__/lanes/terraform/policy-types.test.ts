import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { POLICY_ATTACHMENTS } from '../../../lib/access/edges/aws-identity-policies';
import { RESOURCE_POLICIES } from '../../../lib/access/edges/aws-policy-arguments';
import { labFolder, noLab, testUnless } from './lab';

interface Schemas {
  readonly provider_schemas: Readonly<
    Record<string, { readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>> }>
  >;
}
interface Block {
  readonly attributes?: Readonly<
    Record<string, { readonly required?: boolean; readonly optional?: boolean }>
  >;
}

/** Types of the provider with an argument of such a name that states no principal, by what it states instead. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'what identities may do': [
    'aws_iam_group_policy',
    'aws_iam_policy',
    'aws_iam_role_policy',
    'aws_iam_user_policy',
    'aws_iot_policy',
    'aws_transfer_access',
    'aws_transfer_user',
  ],
  'what happens to data': [
    'aws_cloudwatch_log_account_policy',
    'aws_cloudwatch_log_data_protection_policy',
    'aws_cloudwatch_log_index_policy',
    'aws_config_organization_custom_policy_rule',
    'aws_ecr_lifecycle_policy',
    'aws_ecrpublic_lifecycle_policy',
    'aws_media_store_lifecycle_policy',
    'aws_networkmanager_core_network_policy_attachment',
    'aws_opensearchserverless_lifecycle_policy',
    'aws_ses_receipt_filter',
    'aws_sns_topic_data_protection_policy',
  ],
  'access in another language': [
    'aws_opensearchserverless_access_policy',
    'aws_opensearchserverless_security_policy',
    'aws_verifiedaccess_endpoint',
    'aws_verifiedaccess_group',
  ],
  'the name of a policy': ['aws_iot_policy_attachment'],
};

const typesOf = (): [string, Block][] => {
  const schemas = JSON.parse(
    gunzipSync(readFileSync(join(labFolder, 'schemas/aws.json.gz'))).toString(),
  ) as Schemas;
  const { resource_schemas: types } = Object.values(schemas.provider_schemas)[0]!;
  return Object.entries(types).map(([type, { block }]) => [type, block]);
};

testUnless(noLab)('each attachment of a policy in the schema of the AWS provider is in the table', () => {
  const attachments = typesOf()
    .filter(([type]) => /^aws_iam_.*_attachments?(_exclusive)?$/.test(type))
    .map(([type, { attributes = {} }]) => [type, Object.keys(attributes)] as const);
  expect(attachments.map(([type]) => type).sort()).toEqual(Object.keys(POLICY_ATTACHMENTS).sort());
  for (const [type, names] of attachments) {
    const { holders, policies } = POLICY_ATTACHMENTS[type]!;
    expect(names).toEqual(expect.arrayContaining([policies, ...holders.map(({ argument }) => argument)]));
  }
});

testUnless(noLab)('each policy of a resource in the schema of the AWS provider is in the table', () => {
  const types = typesOf().flatMap(([type, { attributes = {} }]) =>
    Object.entries(attributes)
      .filter(([, { required, optional }]) => required === true || optional === true)
      .filter(([name]) =>
        /^(access_polic(y|ies)|policy|policy_document|policy_text|resource_policy)$/.test(name),
      )
      .map(([name]) => `${type}.${name}`),
  );
  const others = new Set(Object.values(OTHERS).flat());
  expect(types.filter((name) => !others.has(name.split('.')[0]!)).sort()).toEqual(
    Object.entries(RESOURCE_POLICIES)
      .map(([type, { document }]) => `${type}.${document}`)
      .sort(),
  );
});
