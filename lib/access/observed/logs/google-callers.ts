import { namedByArn } from '../../edges/aws-names';
import { objectsAt, textAt } from './fields';

/*
 * Fields of https://github.com/googleapis/googleapis/blob/master/google/cloud/audit/audit_log.proto
 */

const GKE_SUBJECT = /\.svc\.id\.goog\/subject\/ns\/([^/]+)\/sa\/(.+)$/;
const GKE_LEGACY = /\.svc\.id\.goog\[([^/]+)\/(.+)\]$/;
const POOL_SUBJECT =
  /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+\/subject\/(.+)$/s;

/**
 * Identities of an entry, from the origin to the account that makes the call. An entry names the origin if it
 * impersonates the account.
 */
export function callerChain(payload: unknown): readonly (readonly string[])[] {
  const email = textAt(payload, 'authenticationInfo', 'principalEmail');
  const subject = textAt(payload, 'authenticationInfo', 'principalSubject');
  const chain = objectsAt(payload, 'authenticationInfo', 'serviceAccountDelegationInfo').map((each) =>
    idsOf(textAt(each, 'firstPartyPrincipal', 'principalEmail'), textAt(each, 'principalSubject')),
  );
  return [...chain.filter((ids) => ids.length > 0), idsOf(email, subject)];
}

/** Workload identity pool of the pod at the origin of an entry; `undefined` for another origin. */
export function podPool(payload: unknown): string | undefined {
  const [first] = objectsAt(payload, 'authenticationInfo', 'serviceAccountDelegationInfo');
  const subject =
    textAt(first, 'principalSubject') || textAt(payload, 'authenticationInfo', 'principalSubject');
  return /([^/:]+\.svc\.id\.goog)(?:\[|\/subject\/)/.exec(subject)?.[1];
}

function idsOf(email: string, subject: string): readonly string[] {
  return [...new Set([...emailIds(email), ...subjectIds(subject)])];
}

function emailIds(email: string): readonly string[] {
  if (email === '') return [];
  if (/gserviceaccount\.com$/.test(email)) return [`google.serviceAccount/${email}`, ...EVERYONE];
  const domain = email.replace(/^.*@/, '');
  return [`google.member/user:${email}`, `google.member/domain:${domain}`, ...EVERYONE];
}

const EVERYONE = ['google.member/allAuthenticatedUsers', 'google.member/allUsers'];

/** Nodes of the subject of a pod, of a session of AWS, of an account, or of any other federated identity. */
function subjectIds(subject: string): readonly string[] {
  if (subject === '') return [];
  const pod = GKE_SUBJECT.exec(subject) ?? GKE_LEGACY.exec(subject);
  if (pod?.[1] !== undefined && pod[2] !== undefined)
    return [`kubernetes.serviceAccount/${pod[1]}/${pod[2]}`];
  if (subject.startsWith('arn:')) return [idOfArn(subject)];
  const account = /^serviceAccount:(.+)$/.exec(subject)?.[1];
  if (account !== undefined) return [`google.serviceAccount/${account}`];
  if (subject.startsWith('user:')) return emailIds(subject.slice('user:'.length));
  const mapped = POOL_SUBJECT.exec(subject)?.[1] ?? subject;
  // The federation of this library maps a session of a role to ROLE/SESSION.
  const role = /^([^/:]+)\/[^/]+$/.exec(mapped)?.[1];
  return [
    `google.member/${subject}`,
    ...(mapped.startsWith('arn:') ? [idOfArn(mapped)] : []),
    ...(role === undefined ? [] : [`aws.role/${role}`]),
    `ci.identity/${mapped}`,
  ];
}

function idOfArn(arn: string): string {
  const { kind, name } = namedByArn(arn);
  return `${kind}/${name}`;
}
