import { all, knownAtSynth, matching, rule, type Rule } from '../core/rules';
import { ANY_PARTITION, awsAccount, type AwsAccount, type AwsPartition } from './account';

const ALIAS_ARN = new RegExp(
  `^arn:(${ANY_PARTITION}):states:([a-z0-9-]+):(\\d{12}):stateMachine:([\\w-]{1,80}):([A-Za-z_.-][\\w.-]{0,79})$`,
);

/** Parts of the ARN of an alias. */
export interface StateMachineAlias {
  readonly account: AwsAccount;
  /** Name of the state machine. */
  readonly name: string;
  readonly aliasName: string;
  /** ARN of the state machine, without the alias. */
  readonly stateMachineArn: string;
}

/**
 * ARN of an alias of a state machine. Policies and scopes of other resources contain its parts, so it is known at synth.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html
 */
export const stateMachineAliasArn: Rule = knownAtSynth(
  all(
    matching(
      ALIAS_ARN,
      'be the ARN of an alias of a state machine, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS',
      (value) =>
        /:stateMachine:[\w-]+(:\d+)?$/.test(value)
          ? 'Use an alias. A state machine or a version of it runs without review of later versions.'
          : undefined,
    ),
    rule('have a region of its partition', (value) =>
      awsAccount(parseStateMachineAlias(value as string).account, '', () => undefined),
    ),
  ),
);

/** Parts of an ARN that `stateMachineAliasArn` accepted. */
export function parseStateMachineAlias(aliasArn: string): StateMachineAlias {
  const [, partition, region = '', id = '', name = '', aliasName = ''] = ALIAS_ARN.exec(aliasArn) ?? [];
  return {
    account: { id, region, partition: partition as AwsPartition },
    name,
    aliasName,
    stateMachineArn: aliasArn.slice(0, -aliasName.length - 1),
  };
}
