import { isObject } from '../../../core/is-object';
import type { ModelResource } from '../../../model/model';
import {
  ExportError,
  kindOf,
  listIn,
  liveResource,
  modelValue,
  textIn,
  type LiveExport,
  type Unread,
} from './live-export';

type Json = Readonly<Record<string, unknown>>;

/** Lists of identities with the names of their parts. */
const IDENTITIES = [
  ['RoleDetailList', 'role', 'RoleName', 'RolePolicyList'],
  ['UserDetailList', 'user', 'UserName', 'UserPolicyList'],
  ['GroupDetailList', 'group', 'GroupName', 'GroupPolicyList'],
] as const;

/** AWS creates roles at this path only for its services, and reserves the path. */
const SERVICE_LINKED = '/aws-service-role/';

/**
 * The identities of an account, as `aws iam get-account-authorization-details` prints them.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 * @param file name of the file, for addresses and messages
 * @param document parsed JSON of the file
 * @throws ExportError if the document has another form
 */
export function awsAuthorizationExport(file: string, document: unknown): LiveExport {
  if (!isObject(document) || !IDENTITIES.some(([list]) => list in document)) {
    throw new ExportError(
      `${file} must have RoleDetailList, UserDetailList or GroupDetailList (got ${kindOf(document)}). Write it with "aws iam get-account-authorization-details".`,
    );
  }
  if (document.IsTruncated === true) {
    throw new ExportError(`${file} must be complete (got IsTruncated). Write all pages to one file.`);
  }
  const documents = policyDocuments(document, file);
  const unread: Unread[] = [];
  const accounts = new Set<string>();
  const cloudMade: string[] = [];
  const resources = IDENTITIES.flatMap(([list, type, nameOf, policies]) =>
    listIn(document, list, file).flatMap((identity): ModelResource[] => {
      const name = textIn(identity, nameOf);
      if (name === '') throw new ExportError(`${file}: each entry of ${list} must have ${nameOf}.`);
      const account = /^arn:[^:]*:iam::(\d{12}):/.exec(textIn(identity, 'Arn'))?.[1];
      if (account !== undefined) accounts.add(account);
      const created = identityResources(file, { identity, type, name, policies }, documents);
      if (textIn(identity, 'Path').startsWith(SERVICE_LINKED))
        cloudMade.push(...created.map(({ address }) => address));
      if (isObject(identity.PermissionsBoundary))
        unread.push({
          what: `Permissions boundary of ${type} ${name}`,
          reason: 'A manifest has no permissions boundaries.',
        });
      return created;
    }),
  );
  return { resources, covers: [...accounts].map((account) => `aws:${account}`), cloudMade, unread };
}

interface Identity {
  readonly identity: Json;
  readonly type: 'role' | 'user' | 'group';
  readonly name: string;
  readonly policies: string;
}

function identityResources(
  file: string,
  { identity, type, name, policies }: Identity,
  documents: ReadonlyMap<string, string>,
): ModelResource[] {
  const holder = { [type]: name };
  const inline = listIn(identity, policies, file).map((policy) =>
    liveResource(file, `aws_iam_${type}_policy`, `${name}/${textIn(policy, 'PolicyName')}`, {
      ...holder,
      policy: documentText(policy.PolicyDocument, `${file}: ${type} ${name}`),
    }),
  );
  const attached = listIn(identity, 'AttachedManagedPolicies', file).map((policy) => {
    const arn = textIn(policy, 'PolicyArn');
    const content = documents.get(arn);
    // A policy of AWS is known by its name on both sides. A policy of the account is compared by its content.
    return content === undefined || /^arn:[^:]*:iam::aws:/.test(arn)
      ? liveResource(file, `aws_iam_${type}_policy_attachment`, `${name}/${arn}`, {
          ...holder,
          policy_arn: arn,
        })
      : liveResource(file, `aws_iam_${type}_policy`, `${name}/${arn}`, { ...holder, policy: content });
  });
  const own =
    type === 'role'
      ? [
          liveResource(file, 'aws_iam_role', name, {
            name,
            assume_role_policy: documentText(identity.AssumeRolePolicyDocument, `${file}: role ${name}`),
          }),
        ]
      : [];
  return [...own, ...inline, ...attached];
}

/** Default version of each managed policy, by its ARN. */
function policyDocuments(document: Json, file: string): ReadonlyMap<string, string> {
  return new Map(
    listIn(document, 'Policies', file).flatMap((policy): [string, string][] => {
      const versions = listIn(policy, 'PolicyVersionList', file);
      const current = versions.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
      const arn = textIn(policy, 'Arn');
      return current === undefined ? [] : [[arn, documentText(current.Document, `${file}: ${arn}`)]];
    }),
  );
}

/** The AWS CLI decodes documents. The API has them as text with percent encoding. */
function documentText(value: unknown, place: string): string {
  if (isObject(value)) return JSON.stringify(modelValue(value));
  if (typeof value !== 'string')
    throw new ExportError(`${place} must have a policy document (got ${kindOf(value)}).`);
  try {
    const text = value.trimStart().startsWith('%7B') ? decodeURIComponent(value) : value;
    return JSON.stringify(modelValue(JSON.parse(text)));
  } catch (cause) {
    throw new ExportError(`${place} must have a policy document of JSON.`, { cause });
  }
}
