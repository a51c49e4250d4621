import { isObject } from '../../../core/is-object';
import { ExportError, kindOf, listIn, liveResource, modelValue, type LiveExport } from './live-export';

/**
 * The policy of a project, as `gcloud projects get-iam-policy PROJECT --format=json` prints it.
 * https://cloud.google.com/iam/docs/reference/rest/v1/Policy
 * @param file name of the file, for addresses and messages
 * @param project id of the project, which the file does not have
 * @param document parsed JSON of the file
 * @throws ExportError if the document is not a policy
 */
export function googlePolicyExport(file: string, project: string, document: unknown): LiveExport {
  if (!isObject(document) || !('bindings' in document || 'etag' in document)) {
    throw new ExportError(
      `${file} must be an IAM policy (got ${kindOf(document)} without bindings). Write it with "gcloud projects get-iam-policy ${project} --format=json".`,
    );
  }
  return {
    resources: [
      liveResource(file, 'google_project_iam_policy', project, {
        project,
        policy_data: policyText(document, file),
      }),
    ],
    covers: [`google:project:${project}`],
    cloudMade: [],
    unread: [],
  };
}

/** A policy as the text that Terraform has. */
export function policyText(policy: Readonly<Record<string, unknown>>, file: string): string {
  const bindings = listIn(policy, 'bindings', file).map((binding, index) => {
    const { role, members, condition } = binding;
    const isBinding = typeof role === 'string' && Array.isArray(members);
    if (isBinding && members.every((member) => typeof member === 'string')) {
      return { role, members, ...(isObject(condition) && { condition: modelValue(condition) }) };
    }
    throw new ExportError(`${file}: bindings[${index}] must have a role and a list of members.`);
  });
  return JSON.stringify({ bindings });
}
