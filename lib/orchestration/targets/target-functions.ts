import { Construct, type IConstruct } from 'constructs';
import { justificationOf, type Justification } from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import { LibraryFunction, type LibraryFunctionProps } from '../../aws/library-function';
import { FederatedSessionRole } from '../../aws/federated-session-role';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { FunctionOptions, AlarmOptions, AwsProviderOptions } from '../../aws/options';

/** A call tries for 45 seconds, and the rest is for the error that names the server without an answer. */
const CALL_SECONDS = 60;

/** Names of the AWS resources of a target. */
export interface TargetNames {
  /** Function that submits and polls. */
  readonly function: string;
  /** Function that cleans up. */
  readonly cleanup: string;
  /** Role that other clouds trust. */
  readonly role: string;
}

/** Props of `TargetFunctions`. */
export interface TargetFunctionsProps
  extends Justification, FunctionOptions, AlarmOptions, AwsProviderOptions {
  readonly account: AwsAccount;
  readonly names: TargetNames;
  /** Bundle of the package that both run. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The two functions of a target, which run the same code. One submits and polls. The other cleans up after events and
 * sends the events that fail for good to a dead-letter queue. Both assume one role, which other clouds trust.
 */
export class TargetFunctions extends Construct {
  /** ARN of the alias of the function that submits and polls. */
  public readonly functionArn: string;
  /** ARN of the alias of the function that cleans up. */
  public readonly cleanupFunctionArn: string;
  /** Name of the queue that keeps failed clean-ups. */
  public readonly cleanupDeadLetterQueueName: string;
  private readonly functions: readonly LibraryFunction[];
  private readonly role: FederatedSessionRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TargetFunctionsProps,
  ) {
    super(scope, id);
    const { names, reservedConcurrency } = props;
    const submit = this.addFunction('submit', names.function, { reservedConcurrency });
    const deadLetters = this.addDeadLetters();
    const cleanup = this.addFunction('cleanup', names.cleanup, { deadLetters });
    this.functions = [submit, cleanup];
    this.role = new FederatedSessionRole(this, 'role', {
      ...justificationOf(props),
      name: names.role,
      functions: this.functions,
      awsProvider: props.awsProvider,
    });
    this.node.defaultChild = submit.node.defaultChild;
    this.functionArn = submit.aliasArn;
    this.cleanupFunctionArn = cleanup.aliasArn;
    this.cleanupDeadLetterQueueName = deadLetters.name;
  }

  /** Resources that exist before the first call. Without the role, the first call has no token. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return [
      ...this.functions.flatMap((each) => each.dependenciesIn(scope)),
      ...dependenciesWithin(scope, [this.role]),
    ];
  }

  private addDeadLetters(): DeadLetterQueue {
    const { account, names, kmsKeyArn, alarmActions, awsProvider } = this.props;
    return new DeadLetterQueue(this, 'cleanup-dead-letters', {
      name: `${names.cleanup}-failed`,
      account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
  }

  private addFunction(
    id: string,
    name: string,
    options: Pick<LibraryFunctionProps, 'deadLetters' | 'reservedConcurrency'>,
  ): LibraryFunction {
    const { account, names, bundle, environment, memoryMb, logRetentionDays, kmsKeyArn, awsProvider } =
      this.props;
    const assumeRole = {
      sid: 'AssumeTargetRole',
      actions: ['sts:AssumeRole'],
      resources: [roleArnOf(account, names.role)],
    };
    return new LibraryFunction(this, id, {
      ...justificationOf(this.props),
      ...options,
      name,
      account,
      bundle,
      environment,
      statements: [assumeRole],
      timeoutSeconds: CALL_SECONDS,
      memoryMb,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
  }
}
