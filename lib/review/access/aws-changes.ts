import { decide, type DocumentKind } from '../../access/decide/decide';
import type { AwsRequest } from '../../access/decide/aws/request';
import type { Relation } from '../../access/decide/relation';
import type { Sides } from '../sides';
import type { ModelResource } from '../../model/model';
import { MANAGED, type AwsDocuments, type DocumentPart, type SubjectDocument } from './documents';
import { changeOf, type Side } from './verdict';
import type { Reached } from './reach';
import type { AccessChange } from '../review';

/** Changes of policies and trust policies of AWS, decided exactly. */
export function awsChanges(
  { before, after }: Record<keyof Sides, AwsDocuments>,
  reached: Reached,
): readonly AccessChange[] {
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort();
  return subjects.flatMap((subject) => changed(before.get(subject), after.get(subject), reached) ?? []);
}

function changed(
  old: SubjectDocument | undefined,
  now: SubjectDocument | undefined,
  reached: Reached,
): AccessChange | undefined {
  const some = now ?? old;
  // A policy that nothing attaches gives access only if it was there before, for an attachment elsewhere.
  if (some?.subject.startsWith(MANAGED) && (old === undefined || now === undefined)) return undefined;
  if (some === undefined || JSON.stringify(contentOf(old)) === JSON.stringify(contentOf(now)))
    return undefined;
  return changeOf({
    subject: some.subject,
    gained: side(some.kind, now, old, 'may now'),
    lost: side(some.kind, old, now, 'may no longer'),
    resources: [...changedIn(now, old), ...changedIn(old, now)],
    reached,
  });
}

/** Resources whose part of a document the other side does not have. */
function changedIn(
  one: SubjectDocument | undefined,
  other: SubjectDocument | undefined,
): readonly ModelResource[] {
  const others = new Set((other?.parts ?? []).map(partKey));
  return (one?.parts ?? [])
    .filter((part) => !others.has(partKey(part)))
    .flatMap(({ resources }) => resources);
}

const partKey = ({ resources, content }: DocumentPart) =>
  JSON.stringify([resources.map(({ stack, address }) => [stack, address]), content]);

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
