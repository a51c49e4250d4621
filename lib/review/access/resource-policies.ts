import type { ModelIndex } from '../../model/model-index';
import type { ModelResource } from '../../model/model';
import { isComputed, isModelObject, isUnset } from '../../model/values/value';

/** Arguments that can have a policy document, over all types of the provider. */
const ARGUMENTS =
  /^(access_polic(y|ies)|content|inline_policy|policy|policy_document|policy_text|resource_policy)$/;

/** Types whose policy is about the life of objects, not about access. */
const NOT_OF_ACCESS = /lifecycle/;

/** Argument that names the resource of a policy, by type, so that a policy can move to another address. */
const NAMES: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api_policy: 'rest_api_id',
  aws_backup_vault_policy: 'backup_vault_name',
  aws_cloudwatch_event_bus_policy: 'event_bus_name',
  aws_cloudwatch_log_resource_policy: 'policy_name',
  aws_ecr_repository_policy: 'repository',
  aws_efs_file_system_policy: 'file_system_id',
  aws_kms_key_policy: 'key_id',
  aws_s3_bucket_policy: 'bucket',
  aws_secretsmanager_secret_policy: 'secret_arn',
  aws_sns_topic: 'name',
  aws_sns_topic_policy: 'arn',
  aws_sqs_queue: 'name',
  aws_sqs_queue_policy: 'queue_url',
};

/** Arguments of a resource of AWS with a policy document. */
export function policyArguments(
  index: ModelIndex,
  { type, stack, values }: ModelResource,
): readonly string[] {
  if (NOT_OF_ACCESS.test(type)) return [];
  return Object.keys(values).filter((path) => {
    const value = values[path];
    if (!ARGUMENTS.test(path) || isUnset(value)) return false;
    const document = index.document(stack, value);
    if (document.kind === 'parsed') return isModelObject(document.value) && 'Statement' in document.value;
    // A text that only Terraform knows can be anything but for its name.
    return path !== 'content' && isComputed(value);
  });
}

/** Argument that names the resource of a policy; `undefined` if the address identifies it. */
export function nameArgument({ type }: ModelResource): string | undefined {
  return NAMES[type];
}

/** Words for the resource of a policy, for example `s3 bucket`. */
export function resourceWords({ type }: ModelResource): string {
  return type
    .replace(/^aws_/, '')
    .replace(/_policy$/, '')
    .replaceAll('_', ' ');
}
