import { decide } from '../../access/decide/decide';
import { masked } from '../masked';
import { requestText } from './aws-changes';
import type { AwsRequest } from '../../access/decide/aws/request';
import type { AwsDocuments } from './documents';

/** Policies of AWS identities that allow more than a ceiling, as sentences. What is not decided exceeds it. */
export function exceededPolicies(documents: AwsDocuments, ceiling: unknown): readonly string[] {
  return [...documents.values()].flatMap(({ kind, subject, statements, unknown }) => {
    const isOfIdentity = kind === 'aws-policy' && /^(role|user|group) /.test(subject);
    if (!isOfIdentity) return [];
    const relation = decide('aws-policy', { Version: '2012-10-17', Statement: statements }, ceiling);
    const open = unknown.map((each) => `${subject}: ${each}.`);
    if (statements.length === 0 || relation.relation === 'within')
      return open.map((each) => masked(each, 600));
    const what =
      relation.relation === 'broader'
        ? `may ${requestText(relation.witness as AwsRequest)}`
        : `is not decided: ${relation.reason}`;
    return [`${subject} ${what}`, ...open].map((each) => masked(each, 600));
  });
}
