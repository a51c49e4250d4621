import type { Construct } from 'constructs';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { justificationOf, justificationRules, type JustificationProps } from '../../core/justification';
import { knownAtSynth, type Shape } from '../../core/rules';
import { awsAccount, type AwsAccount } from '../../aws/account';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import { shortName } from '../../core/short-name';
import { LibraryFunction } from '../../aws/library-function';
import type { IInvocableFunction } from '../targets/target';
import { GATE_VARIABLE, type GateReading } from '../../contracts/gates';
import { field, retryCalls, type State } from '../state-machine/asl/states';
import type { DecisionContext } from '../state-machine/steps/decision-step';
import {
  awsProviderRules,
  functionRules,
  type FunctionOptions,
  type AwsProviderOptions,
} from '../../aws/options';

/** Props that every gate has. */
export interface GateProps extends JustificationProps, FunctionOptions, AwsProviderOptions {
  /**
   * Name: 1 to 40 lower-case letters, digits and hyphens. The function is named after it.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /**
   * Account and region of the function.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
}

export const gateRules: Shape<GateProps> = {
  ...justificationRules,
  name: knownAtSynth(shortName),
  account: awsAccount,
  ...functionRules,
  ...awsProviderRules,
};

/** A call tries for 45 seconds, and says then what it was that did not answer. */
const CALL_SECONDS = 60;

/** Longest that a gate takes with its tries. */
export const GATE_SECONDS = 300;

/** The function that reads for a gate. */
export function gateFunction(
  gate: Construct,
  props: WithInherited<GateProps>,
  reading: GateReading,
  statements: readonly AwsPolicyStatement[],
): LibraryFunction {
  return new LibraryFunction(gate, 'function', {
    ...justificationOf(props),
    name: `${props.name}-gate`,
    account: props.account,
    bundle: 'gates',
    environment: { [GATE_VARIABLE]: terraformJson(reading) },
    statements,
    timeoutSeconds: CALL_SECONDS,
    memoryMb: props.memoryMb,
    logRetentionDays: props.logRetentionDays,
    kmsKeyArn: props.kmsKeyArn,
    reservedConcurrency: props.reservedConcurrency,
    awsProvider: props.awsProvider,
  });
}

/** The Task that calls the function. */
export function gateTask(
  { functionArn }: IInvocableFunction,
  { execution, step }: DecisionContext,
  instancesPath?: string,
): State {
  return {
    Resource: functionArn,
    Parameters: { 'execution.$': execution, step, ...field('instances.$', instancesPath) },
    TimeoutSeconds: CALL_SECONDS + 10,
    Retry: [retryCalls(['Gate.ApiUnavailable', 'Gate.ApiThrottled'], 3)],
  };
}
