import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { justificationOf, type Justification } from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import { LibraryFunction } from '../../aws/library-function';
import { bridgeRole } from '../../aws/federated-session-role';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';

/** A call tries for 45 seconds, and says then what it was that did not answer. */
const CALL_SECONDS = 60;

/** Names of what a target makes on AWS. */
export interface TargetNames {
  /** Function that submits and polls. */
  readonly function: string;
  /** Function that cleans up. */
  readonly cleanup: string;
  /** Role that other clouds know. */
  readonly role: string;
}

/** What the two functions of a target are made of. */
export interface TargetFunctionsProps extends Justification {
  readonly account: AwsAccount;
  readonly names: TargetNames;
  /** Bundle of the package that both run. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb?: number;
  readonly logRetentionDays?: number;
  readonly kmsKeyArn?: string;
  readonly reservedConcurrency?: number;
  readonly alarmActions?: readonly string[];
  readonly awsProvider?: TerraformProvider;
}

/** The two functions of a target. */
export interface TargetFunctions {
  /** ARN of the alias of the function that submits and polls. */
  readonly functionArn: string;
  /** ARN of the alias of the function that cleans up. */
  readonly cleanupFunctionArn: string;
  /** Name of the queue that keeps clean-ups that failed. */
  readonly cleanupDeadLetterQueueName: string;
  /** What calls of them have to wait for. */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/**
 * A function that submits and polls, one of the same code that is called by events and keeps them where it fails for
 * good, and the one role that both take on towards other clouds.
 */
export function targetFunctions(target: Construct, props: TargetFunctionsProps): TargetFunctions {
  const { account, names, kmsKeyArn, alarmActions, awsProvider } = props;
  const roleArn = roleArnOf(account, names.role);
  const add = (id: string, name: string, deadLetters?: DeadLetterQueue) =>
    new LibraryFunction(target, id, {
      ...justificationOf(props),
      name,
      account,
      bundle: props.bundle,
      environment: props.environment,
      statements: [
        { sid: 'AssumeTargetRole', actions: ['sts:AssumeRole'], resources: [roleArn] },
        ...(deadLetters?.senderStatements() ?? []),
      ],
      timeoutSeconds: CALL_SECONDS,
      memoryMb: props.memoryMb,
      logRetentionDays: props.logRetentionDays,
      kmsKeyArn,
      reservedConcurrency: deadLetters ? undefined : props.reservedConcurrency,
      deadLetters,
      awsProvider,
    });
  const submit = add('function', names.function);
  const queue = new DeadLetterQueue(target, 'cleanup-dead-letters', {
    name: `${names.cleanup}-failed`,
    account,
    kmsKeyArn,
    alarmActions,
    awsProvider,
  });
  const cleanup = add('cleanup', names.cleanup, queue);
  const role = bridgeRole(target, {
    ...justificationOf(props),
    name: names.role,
    functions: [submit, cleanup],
    awsProvider,
  });
  return {
    functionArn: submit.aliasArn,
    cleanupFunctionArn: cleanup.aliasArn,
    cleanupDeadLetterQueueName: queue.name,
    dependenciesIn: (scope) => [
      ...submit.dependenciesIn(scope),
      ...cleanup.dependenciesIn(scope),
      // Without it the first call would have no token.
      ...dependenciesWithin(scope, [role]),
    ],
  };
}
