import type { AccessEdge } from '../graph/edge';
import { EXPORTED_TYPES } from './exports/google-resource-names';

/** Types of AWS whose content an export of IAM has. */
const IAM =
  /(?:^|\.)aws_iam_(?:role|user|group|policy)(?:_policy(?:_attachment|_attachments_exclusive)?|_attachment)?\./;

/** Cause for which an edge of the manifest is in no export of any kind; `undefined` if an export can have it. */
export function neverExported({ kind, effect, to, sources }: AccessEdge): string | undefined {
  if (kind === 'runsAs') return 'No file has the identity of a workload.';
  if (kind === 'federates') return 'No file has the identity providers.';
  if (to.startsWith('google.') && effect === 'deny') return 'No file has the deny policies.';
  if (sources.every(({ address }) => /google_(iam_.*_policy|service_account_key)\./.test(address)))
    return 'No file has keys, deny policies and access policies.';
  if (to.startsWith('aws.') && !sources.some(({ address }) => IAM.test(address)))
    return 'No file has the policies of resources.';
  return undefined;
}

/** Cause for which the files do not cover an edge, so that the access is not missing; `undefined` if they do. */
export function notCovered(edge: AccessEdge, covers: ReadonlySet<string>): string | undefined {
  const system = edge.to.split('.')[0];
  if (system === 'kubernetes') return covers.has('kubernetes') ? undefined : 'No file has the cluster.';
  return system === 'google' ? googleGap(edge, covers) : awsGap(edge, covers);
}

function googleGap({ to, resources = [] }: AccessEdge, covers: ReadonlySet<string>): string | undefined {
  const name = to.replace(/^[^/]*\//, '');
  if (covers.has(`google:${name}`)) return undefined;
  const isAccount = to.startsWith('google.serviceAccount/');
  const project =
    /^project:(.+)$/s.exec(name)?.[1] ??
    /@([a-z0-9:.-]+)\.iam\.gserviceaccount\.com$/.exec(name)?.[1] ??
    /^projects\/([^/]+)\//.exec(resources[0] ?? '')?.[1];
  const isExported = isAccount || EXPORTED_TYPES.has(name.split(':')[0] ?? '');
  if (!covers.has('google:*') || name.startsWith('project:') || !isExported)
    return `No file has the policy of ${name}.`;
  return project === undefined || covers.has(`google:project:${project}`)
    ? undefined
    : `No file has the resources of project ${project}.`;
}

/** A role is of one account, which the conditions and the resources of its policies tell. */
function awsGap(
  { from, conditions = [], resources = [], to }: AccessEdge,
  covers: ReadonlySet<string>,
): string | undefined {
  const covered = accountsOf(covers);
  if (covered.length === 0) return 'No file has the account.';
  const named = [from, to, ...conditions, ...resources].flatMap((text) => text.match(/\b\d{12}\b/g) ?? []);
  const isCovered = named.length === 0 || named.some((account) => covers.has(`aws:${account}`));
  return isCovered ? undefined : `No file has the account ${named[0] ?? ''}.`;
}

/** Accounts of AWS that the files cover. */
export function accountsOf(covers: ReadonlySet<string>): readonly string[] {
  return [...covers].flatMap((each) => /^aws:(\d{12})$/.exec(each)?.[1] ?? []);
}
