import type { WithInherited } from '../core/inherited';
import type { AwsPolicyStatement } from '../aws/policy-statement';
import type { RotatedSecretProps } from './rotated-secret-props';
import type { RotationHook } from './rotation-hook';
import { DEFAULTS, OWN_SECONDS } from './rotated-secret-rules';
import { parseStateMachineAlias } from '../aws/state-machine-alias';
import type { HookCall, PasswordForm, RestartTarget } from '../contracts/rotation';

/** Settings of every rotation. */
export interface CommonSettings {
  readonly name: string;
  readonly value: PasswordForm;
  readonly setSecret?: HookCall;
  readonly testSecret?: HookCall;
  readonly restart?: RestartTarget;
  readonly reason: string;
}

export function commonSettings(
  { name, value, setSecret: set, testSecret: test, reason }: WithInherited<RotatedSecretProps>,
  restart: RestartTarget | undefined,
): CommonSettings {
  return {
    name,
    value: {
      length: value?.length ?? DEFAULTS.length,
      alphabet: value?.alphabet ?? DEFAULTS.alphabet,
    },
    ...(set && { setSecret: hookCall(set) }),
    ...(test && { testSecret: hookCall(test) }),
    ...(restart && { restart }),
    reason,
  };
}

/** Seconds that a run may take. */
export function runSeconds({ setSecret: set, testSecret: test }: CommonSettings): number {
  return OWN_SECONDS + (set?.timeoutSeconds ?? 0) + (test?.timeoutSeconds ?? 0);
}

/** Calls the functions and runs the state machines of the user, and no other. */
export function hookStatements({ setSecret: set, testSecret: test }: CommonSettings): AwsPolicyStatement[] {
  const owners = [set, test].flatMap((each) => each ?? []);
  const functions = owners.flatMap((each) => ('functionArn' in each ? [each.functionArn] : []));
  const machines = owners.flatMap((each) => ('stateMachineArn' in each ? [each.stateMachineArn] : []));
  return [
    ...(functions.length === 0
      ? []
      : [{ sid: 'InvokeHooks', actions: ['lambda:InvokeFunction'], resources: sorted(functions) }]),
    ...sorted(machines).flatMap(executionStatements),
  ];
}

/** Permission to assume the role that restarts consumers. */
export function restartStatements({ restart }: CommonSettings): AwsPolicyStatement[] {
  return restart === undefined
    ? []
    : [{ sid: 'AssumeRestartRole', actions: ['sts:AssumeRole'], resources: [restart.roleArn] }];
}

/** A policy names the state machine; its alias is a condition. https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html */
function executionStatements(aliasArn: string, index: number): AwsPolicyStatement[] {
  const { stateMachineArn, aliasName } = parseStateMachineAlias(aliasArn);
  return [
    {
      sid: `StartHook${index + 1}`,
      actions: ['states:StartExecution'],
      resources: [stateMachineArn],
      // The key has several values.
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
      conditions: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': [aliasName] } },
    },
    {
      sid: `FollowHook${index + 1}`,
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [`${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`],
    },
  ];
}

const sorted = (arns: readonly string[]) => [...new Set(arns)].sort();

function hookCall(hook: RotationHook): HookCall {
  if (hook.kind === 'lambda') {
    const { functionArn, timeoutSeconds = DEFAULTS.functionSeconds } = hook;
    return { functionArn, timeoutSeconds };
  }
  const { stateMachineArn, timeoutSeconds = DEFAULTS.executionSeconds } = hook;
  return { stateMachineArn, timeoutSeconds };
}
