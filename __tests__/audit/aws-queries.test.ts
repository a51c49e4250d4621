import {
  KEY_DISABLED,
  roleChanged,
  roleRefused,
  stateMachineChanged,
  TRAIL_CHANGED,
  unexpectedExecution,
} from '../../lib/audit/aws-queries';
import { matchesPattern } from '../logs/cloudwatch-pattern';
import { cloudTrailEvent, userIdentity } from '../logs/entries';

const ROLE = 'arn:aws:iam::210987654321:role/etl-gke';
const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';
const EXECUTION = 'arn:aws:states:eu-west-1:210987654321:execution:nightly:run-1';
const STARTERS = ['at-night-start', 'on-order-start'].map((name) => `arn:aws:iam::210987654321:role/${name}`);

const by = (arn?: string) => ({ userIdentity: userIdentity(arn) });
// https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html
const states = (eventName: string, requestParameters: object, more: object = {}) =>
  cloudTrailEvent('states.amazonaws.com', eventName, requestParameters, more);

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
      states('StartExecution', { stateMachineArn: MACHINE }, { errorCode: 'AccessDenied' }),
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
    expect(matchesPattern(filter, event)).toBe(alarm);
  });

  test('is never expected where nobody is named', () => {
    const event = states('StartExecution', { stateMachineArn: MACHINE }, by(STARTERS[0]));
    expect(matchesPattern(unexpectedExecution(MACHINE, []), event)).toBe(true);
  });
});

describe('a role', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
  const assume = (requestParameters: object | null, more: object = {}, eventName = 'AssumeRole') =>
    cloudTrailEvent('sts.amazonaws.com', eventName, requestParameters, more);
  const denied = (roleArn: string) => ({
    errorCode: 'AccessDenied',
    errorMessage: `User: arn:aws:iam::777788889999:user/JaneDoe is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  });

  test.each<[string, boolean, object]>([
    ['that is assumed', false, assume({ roleArn: ROLE, roleSessionName: 'run-1' })],
    ['that is denied, in the message', true, assume(null, denied(ROLE))],
    [
      'that is denied for its session name',
      true,
      assume({ roleArn: ROLE, roleSessionName: 'x' }, { errorCode: 'AccessDenied' }),
    ],
    [
      'that is denied to a web identity',
      true,
      assume({ roleArn: ROLE }, { errorCode: 'InvalidIdentityToken' }, 'AssumeRoleWithWebIdentity'),
    ],
    ['of others, denied', false, assume(null, denied(ROLE.replace('etl', 'x')))],
    ['in another call, denied', false, cloudTrailEvent('iam.amazonaws.com', 'GetRole', null, denied(ROLE))],
  ])('%s: alarm %s', (_, alarm, event) => {
    expect(matchesPattern(roleRefused(ROLE), event)).toBe(alarm);
  });

  test.each<[string, boolean]>([
    ['UpdateAssumeRolePolicy', true],
    ['PutRolePolicy', true],
    ['AttachRolePolicy', true],
    ['PutRolePermissionsBoundary', true],
    ['DeleteRolePermissionsBoundary', true],
    ['DeleteRole', true],
    ['GetRole', false],
  ])('changed by %s: alarm %s', (eventName, alarm) => {
    const event = (roleName: string, more: object = {}) =>
      cloudTrailEvent('iam.amazonaws.com', eventName, { roleName }, more);
    expect(matchesPattern(roleChanged(ROLE), event('etl-gke'))).toBe(alarm);
    expect(matchesPattern(roleChanged(ROLE), event('other'))).toBe(false);
    expect(matchesPattern(roleChanged(ROLE), event('etl-gke', { errorCode: 'AccessDenied' }))).toBe(false);
  });
});

test.each<[string, object, boolean]>([
  ['UpdateStateMachine', { stateMachineArn: MACHINE }, true],
  ['UpdateStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }, true],
  ['DescribeStateMachine', { stateMachineArn: MACHINE }, false],
  ['UpdateStateMachine', { stateMachineArn: `${MACHINE}-2` }, false],
])('%s of %j is a change of the state machine: %s', (eventName, parameters, alarm) => {
  expect(matchesPattern(stateMachineChanged(MACHINE), states(eventName, parameters))).toBe(alarm);
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
  const event = (eventName: string, more: object = {}) =>
    cloudTrailEvent(eventSource, eventName, { keyId: '1234', name: 'audit' }, more);
  for (const eventName of events) {
    expect(matchesPattern(filter, event(eventName))).toBe(true);
    expect(matchesPattern(filter, event(eventName, { errorCode: 'AccessDenied' }))).toBe(false);
  }
  expect(matchesPattern(filter, event(other))).toBe(false);
});
