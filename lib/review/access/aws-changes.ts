import { decide, type DocumentKind } from '../../access/decide/decide';
import type { AwsRequest } from '../../access/decide/aws/request';
import type { Relation } from '../../access/decide/relation';
import type { Sides } from '../sides';
import { awsDocuments, type SubjectDocument } from './documents';
import { changeOf, type Side } from './verdict';
import type { AccessChange } from '../review';

/** Changes of policies and trust policies of AWS, decided exactly. */
export function awsChanges({ before, after }: Sides): readonly AccessChange[] {
  const [old, now] = [awsDocuments(before), awsDocuments(after)];
  const subjects = [...new Set([...old.keys(), ...now.keys()])].sort();
  return subjects.flatMap((subject) => changed(old.get(subject), now.get(subject)) ?? []);
}

function changed(
  old: SubjectDocument | undefined,
  now: SubjectDocument | undefined,
): AccessChange | undefined {
  const some = now ?? old;
  if (some === undefined || JSON.stringify(contentOf(old)) === JSON.stringify(contentOf(now)))
    return undefined;
  return changeOf({
    subject: some.subject,
    gained: side(some.kind, now, old, 'may now'),
    lost: side(some.kind, old, now, 'may no longer'),
    resources: [...(now?.resources ?? []), ...(old?.resources ?? [])],
  });
}

const contentOf = (document: SubjectDocument | undefined) => [
  document?.statements ?? [],
  document?.unknown ?? [],
];

/** Access that the first document allows and the second one does not. */
function side(
  kind: DocumentKind,
  one: SubjectDocument | undefined,
  other: SubjectDocument | undefined,
  verb: string,
): Side {
  const added = (one?.unknown ?? []).filter((each) => !(other?.unknown ?? []).includes(each));
  const managed = added.filter((each) => each.startsWith('managed policy'));
  const open = added.filter((each) => !managed.includes(each));
  const relation = one === undefined ? undefined : relationOf(kind, one, other);
  return {
    certain: [
      ...managed.map((each) => `${verb} use ${each}`),
      ...(relation?.relation === 'broader' ? [`${verb} ${requestText(relation.witness as AwsRequest)}`] : []),
    ],
    unknown: [...open, ...(relation?.relation === 'unknown' ? [relation.reason] : [])],
  };
}

function relationOf(kind: DocumentKind, one: SubjectDocument, other: SubjectDocument | undefined): Relation {
  if (one.statements.length === 0) return { relation: 'within' };
  const document = (statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });
  return decide(kind, document(one.statements), document(other?.statements ?? []));
}

/** A request as a sentence. */
export function requestText({ principal, action, resource, context }: AwsRequest): string {
  const conditions = Object.entries(context).map(
    ([key, values]) => `${key} = ${values.join(', ') || '(empty)'}`,
  );
  return [
    action,
    ...(resource === undefined ? [] : [`on ${resource}`]),
    ...(principal === undefined ? [] : [`as ${principal.id}`]),
    ...(conditions.length === 0 ? [] : [`with ${conditions.join(' and ')}`]),
  ].join(' ');
}
