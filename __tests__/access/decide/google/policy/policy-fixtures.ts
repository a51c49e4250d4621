import { decide, type DocumentKind } from '../../../../../lib/access/decide';

export const alice = 'user:alice@example.com';
export const robot = 'serviceAccount:robot@books.iam.gserviceaccount.com';
export const team = 'group:team@example.com';
export const viewer = 'roles/storage.objectViewer';
export const admin = 'roles/storage.objectAdmin';
export const everyone = 'principalSet://goog/public:all';
export const pool = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws';
export const gke = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/books.svc.id.goog';

export const answerOf = (kind: DocumentKind, a: unknown, b: unknown) => decide(kind, a, b);
/** Answer in one word, with the principal and the permission of a witness. */
export function brief(kind: DocumentKind, a: unknown, b: unknown): string {
  const answer = answerOf(kind, a, b);
  if (answer.relation !== 'broader') return answer.relation === 'unknown' ? answer.reason : answer.relation;
  const { principal, memberOf, permission, role } = answer.witness as Record<string, string & string[]>;
  return ['broader', principal, ...(memberOf ?? []), permission ?? role].filter(Boolean).join(' ');
}
