import { isObject } from '../../../core/is-object';
import { namedByArn } from '../../edges/aws-names';
import { LogError, type LoggedAccess } from '../logged-access';
import { awsAction } from './aws-actions';
import { awsResources } from './aws-resources';
import { fieldAt, objectsAt, textAt, type Entry } from './fields';

/**
 * Calls in records of CloudTrail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * @param file name of the file, for messages
 * @param values content of a file: `Records` of a trail, `Events` of lookup-events, `events` of filter-log-events, a
 * list of records, or one record a line
 * @throws LogError if a value is not a record
 */
export function cloudTrailCalls(file: string, values: readonly unknown[]): readonly LoggedAccess[] {
  return values.flatMap((value) => recordsOf(value, file)).flatMap((record) => accessOf(record) ?? []);
}

function recordsOf(value: unknown, file: string): readonly Entry[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => recordsOf(each, file));
  if (!isObject(value)) throw notRecord(file, value);
  if (Array.isArray(value.Records)) return value.Records.flatMap((each: unknown) => recordsOf(each, file));
  const wrapped = [...objectsAt(value, 'Events'), ...objectsAt(value, 'events')];
  if (Array.isArray(value.Events) || Array.isArray(value.events)) {
    return wrapped.flatMap((each) => recordsOf(textRecord(each, file), file));
  }
  if (typeof value.eventSource !== 'string' || typeof value.eventName !== 'string')
    throw notRecord(file, value);
  return [value];
}

/** The record in the text of an event of `lookup-events` or `filter-log-events`. */
function textRecord(event: Entry, file: string): unknown {
  const text = textAt(event, 'CloudTrailEvent') || textAt(event, 'message');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LogError(`${file}: each event must have a record of CloudTrail as JSON.`, { cause });
  }
}

function notRecord(file: string, value: unknown): LogError {
  const got = JSON.stringify(value).slice(0, 60);
  return new LogError(
    `${file} must have records of CloudTrail with eventSource and eventName (got ${got}). Use files of the trail, or "aws cloudtrail lookup-events".`,
  );
}

/** Call of a record; `undefined` for an event that a service writes about itself. */
function accessOf(record: Entry): LoggedAccess | undefined {
  if (textAt(record, 'eventType') === 'AwsServiceEvent') return undefined;
  const source = textAt(record, 'eventSource');
  const action = awsAction(source, textAt(record, 'eventName'));
  const arns = awsResources(record);
  const isData = fieldAt(record, 'managementEvent') === false || textAt(record, 'eventCategory') === 'Data';
  return {
    log: 'cloudtrail',
    callers: [callerIds(record)],
    permission: action,
    resource: arns[0] ?? '',
    targets: arns.flatMap((arn) => [arn, idOf(arn)]),
    time: textAt(record, 'eventTime'),
    isAllowed: !/Denied|Unauthorized/.test(textAt(record, 'errorCode')),
    isOfSystem: false,
    source: `${source} ${isData ? 'data' : 'management'}`,
  };
}

function idOf(arn: string): string {
  const { kind, name } = namedByArn(arn);
  return `${kind}/${name}`;
}

/**
 * Ids of the caller.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function callerIds(record: Entry): readonly string[] {
  const identity = fieldAt(record, 'userIdentity');
  const account = textAt(identity, 'accountId');
  const sets = [...(account === '' ? [] : [`aws.account/${account}`]), 'aws.principal/*'];
  const type = textAt(identity, 'type');
  switch (type) {
    case 'AWSService':
      return [`aws.service/${textAt(identity, 'invokedBy')}`];
    case 'AssumedRole':
      return [
        idOf(textAt(identity, 'sessionContext', 'sessionIssuer', 'arn') || textAt(identity, 'arn')),
        ...sets,
      ];
    case 'WebIdentityUser':
      return [
        subjectId(textAt(identity, 'userName')),
        `aws.federatedProvider/${textAt(identity, 'identityProvider')}`,
      ];
    default: {
      const arn = textAt(identity, 'arn') || textAt(identity, 'principalId');
      return [arn.startsWith('arn:') ? idOf(arn) : `aws.principal/${arn}`, ...sets];
    }
  }
}

function subjectId(subject: string): string {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):(.+)$/.exec(subject) ?? [];
  return namespace === undefined || name === undefined
    ? `ci.identity/${subject}`
    : `kubernetes.serviceAccount/${namespace}/${name}`;
}
