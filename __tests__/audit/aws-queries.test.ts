import { runInNewContext } from 'node:vm';
import {
  KEY_DISABLED,
  roleChanged,
  roleRefused,
  stateMachineChanged,
  TRAIL_CHANGED,
  unexpectedExecution,
} from '../../lib/audit/aws-queries';

/**
 * Whether a filter of CloudWatch Logs matches an event: comparisons with a text that may begin and end with "*", and
 * "NOT EXISTS". A comparison with a field that is not there is false.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function matches(filter: string, event: object): boolean {
  const field = (path: string) =>
    path
      .split('.')
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], event);
  const like = (value: unknown, text: string) =>
    typeof value === 'string' &&
    new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(value);
  const expression = /^\{ (.+) \}$/
    .exec(filter)![1]!
    .replaceAll(/\$\.([\w.]+) NOT EXISTS/g, 'absent("$1")')
    .replaceAll(/\$\.([\w.]+) (!?=) ("[^"]*")/g, 'compared("$1", "$2", $3)');
  return runInNewContext(expression, {
    absent: (path: string) => field(path) === undefined,
    compared: (path: string, operator: string, text: string) =>
      field(path) !== undefined && like(field(path), text) === (operator === '='),
  }) as boolean;
}

const ROLE = 'arn:aws:iam::210987654321:role/etl-gke';
const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';
const EXECUTION = 'arn:aws:states:eu-west-1:210987654321:execution:nightly:run-1';
const STARTERS = ['at-night-start', 'on-order-start'].map((name) => `arn:aws:iam::210987654321:role/${name}`);

const by = (arn?: string) => ({
  userIdentity: arn === undefined ? { type: 'Root' } : { sessionContext: { sessionIssuer: { arn } } },
});
const states = (
  eventName: string,
  requestParameters: object,
  who: object = by('arn:aws:iam::210987654321:role/admin'),
) => ({
  eventSource: 'states.amazonaws.com',
  eventName,
  requestParameters,
  ...who,
});

describe('an execution', () => {
  const filter = unexpectedExecution(MACHINE, STARTERS);

  test.each<[string, boolean, object]>([
    [
      'started by a trigger',
      false,
      states('StartExecution', { stateMachineArn: `${MACHINE}:live` }, by(STARTERS[0])),
    ],
    [
      'started by another trigger',
      false,
      states('StartExecution', { stateMachineArn: `${MACHINE}:live` }, by(STARTERS[1])),
    ],
    ['started by a person', true, states('StartExecution', { stateMachineArn: `${MACHINE}:live` })],
    ['started past the alias', true, states('StartExecution', { stateMachineArn: MACHINE })],
    ['started by nobody’s role', true, states('StartExecution', { stateMachineArn: MACHINE }, by())],
    [
      'started in vain by a person',
      true,
      { ...states('StartExecution', { stateMachineArn: MACHINE }), errorCode: 'AccessDenied' },
    ],
    ['stopped by a person', true, states('StopExecution', { executionArn: EXECUTION })],
    ['redriven by a person', true, states('RedriveExecution', { executionArn: EXECUTION })],
    ['looked at by a person', false, states('DescribeExecution', { executionArn: EXECUTION })],
    ['of another state machine', false, states('StartExecution', { stateMachineArn: `${MACHINE}-2` })],
    [
      'of another state machine, stopped',
      false,
      states('StopExecution', { executionArn: EXECUTION.replace('nightly', 'nightly-2') }),
    ],
  ])('%s: alarm %s', (_, alarm, event) => {
    expect(matches(filter, event)).toBe(alarm);
  });

  test('is never expected where nobody is named', () => {
    const event = states('StartExecution', { stateMachineArn: MACHINE }, by(STARTERS[0]));
    expect(matches(unexpectedExecution(MACHINE, []), event)).toBe(true);
  });
});

describe('a role', () => {
  const assume = { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' };

  test.each<[string, boolean, object]>([
    ['taken on', false, { ...assume, requestParameters: { roleArn: ROLE } }],
    [
      'refused, as the log tells it',
      true,
      {
        ...assume,
        errorCode: 'AccessDenied',
        errorMessage: `User: x is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
        requestParameters: null,
      },
    ],
    [
      'refused for its session name',
      true,
      { ...assume, errorCode: 'AccessDenied', requestParameters: { roleArn: ROLE } },
    ],
    [
      'of others, refused',
      false,
      { ...assume, errorCode: 'AccessDenied', errorMessage: `… ${ROLE.replace('etl', 'x')}` },
    ],
  ])('%s: alarm %s', (_, alarm, event) => {
    expect(matches(roleRefused(ROLE), event)).toBe(alarm);
  });

  test.each<[string, boolean]>([
    ['UpdateAssumeRolePolicy', true],
    ['PutRolePolicy', true],
    ['AttachRolePolicy', true],
    ['DeleteRole', true],
    ['GetRole', false],
  ])('changed by %s: alarm %s', (eventName, alarm) => {
    const event = { eventSource: 'iam.amazonaws.com', eventName, requestParameters: { roleName: 'etl-gke' } };
    expect(matches(roleChanged(ROLE), event)).toBe(alarm);
    expect(matches(roleChanged(ROLE), { ...event, requestParameters: { roleName: 'other' } })).toBe(false);
    expect(matches(roleChanged(ROLE), { ...event, errorCode: 'AccessDenied' })).toBe(false);
  });
});

test.each<[string, object, boolean]>([
  ['UpdateStateMachine', { stateMachineArn: MACHINE }, true],
  ['UpdateStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }, true],
  ['DescribeStateMachine', { stateMachineArn: MACHINE }, false],
  ['UpdateStateMachine', { stateMachineArn: `${MACHINE}-2` }, false],
])('%s of %j is a change of the state machine: %s', (eventName, parameters, alarm) => {
  expect(matches(stateMachineChanged(MACHINE), states(eventName, parameters))).toBe(alarm);
});

test.each([
  [KEY_DISABLED, 'kms.amazonaws.com', ['DisableKey', 'ScheduleKeyDeletion'], 'Decrypt'],
  [
    TRAIL_CHANGED,
    'cloudtrail.amazonaws.com',
    ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
    'LookupEvents',
  ],
])('%s', (filter, eventSource, events, other) => {
  for (const eventName of events) expect(matches(filter, { eventSource, eventName })).toBe(true);
  expect(matches(filter, { eventSource, eventName: other })).toBe(false);
  expect(matches(filter, { eventSource, eventName: events[0], errorCode: 'AccessDenied' })).toBe(false);
});
