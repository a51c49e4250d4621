import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { Construct, type IConstruct } from 'constructs';
import { serviceTrust } from './service-trust';
import { ValidationError } from '../core/errors';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  type Justification,
} from '../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { roleArnOf, type AwsAccount } from './account';
import { LogGroup } from './log-group';
import { policyDocument, type AwsPolicyStatement } from './policy-statement';
import { arnOf, roleDescription } from './names';
import { functionCodeOf } from './function-code';
import type { DeadLetterQueue } from './dead-letter-queue';
import { requireUniqueName } from '../core/unique-names';
import { expectProviderIn } from './provider-account';
import { InlinePolicy } from './inline-policy';
import type { FunctionOptions, AwsProviderOptions } from './options';

const MOST_ENVIRONMENT_BYTES = 4_096;

/** Alias by which a function is called, so that what runs is a version that was reviewed. */
const ALIAS = 'live';

/**
 * AWS Lambda makes the network interfaces, and asks for this on every resource.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const IN_A_VPC: AwsPolicyStatement = {
  sid: 'ManageNetworkInterfaces',
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
};

/** Props of a `LibraryFunction`. */
export interface LibraryFunctionProps extends Justification, FunctionOptions, AwsProviderOptions {
  /** Name of the function and of its role. */
  readonly name: string;
  /** AWS account and region of the function. */
  readonly account: AwsAccount;
  /** Bundle of the package that the function runs. */
  readonly bundle: string;
  /** Environment variables, at most 4,096 bytes. */
  readonly environment: Readonly<Record<string, string>>;
  /** Permissions of its role, in addition to its log, its traces and its dead-letter queue. */
  readonly statements: readonly AwsPolicyStatement[];
  /** Seconds after which Lambda ends a call. */
  readonly timeoutSeconds: number;
  /**
   * Queue of the events that failed after all retries, for a function that is invoked by events.
   * @default - no queue
   */
  readonly deadLetters?: DeadLetterQueue;
  /** Subnets that it is in. */
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
}

/** A function on Lambda from a bundle of the package: its code, its role, its log and the alias that it is called by. */
export class LibraryFunction extends Construct {
  /** ARN of the alias. Known at synth. */
  public readonly aliasArn: string;
  /** ARN of the role. Known at synth. */
  public readonly roleArn: string;
  /** Name of the function. */
  public readonly functionName: string;
  /** Name of the alias. */
  public readonly alias = ALIAS;
  private readonly role: IamRole;
  private readonly live: LambdaAlias;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LibraryFunctionProps,
  ) {
    super(scope, id);
    const { account, name } = props;
    const among = `functions of the account ${account.id} in ${account.region}`;
    requireUniqueName(this, { property: 'name', name, among });
    expectProviderIn(this, account, props.awsProvider);
    this.judgeEnvironment();
    this.functionName = props.name;
    this.aliasArn = `${arnOf(props.account, 'lambda', `function:${props.name}`)}:${ALIAS}`;
    this.roleArn = roleArnOf(props.account, props.name);
    const log = this.addLog();
    this.role = this.addRole();
    this.live = this.addFunction([log, this.addPolicy()]);
    if (props.deadLetters) this.keepFailures(props.deadLetters);
  }

  /** Resources that exist before the first call of the function. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.live]);
  }

  /** The role, for a trust policy that names it. IAM rejects a trust policy that names a missing role. */
  public roleDependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.role]);
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  private judgeEnvironment(): void {
    const size = Buffer.byteLength(Object.entries(this.props.environment).flat().join(''));
    if (size <= MOST_ENVIRONMENT_BYTES) return;
    throw new ValidationError(this.node.path, [
      {
        property: 'environment',
        value: `${size} bytes`,
        rule: `fit into the ${MOST_ENVIRONMENT_BYTES} bytes that AWS Lambda allows for the environment of a function`,
        fix: 'Set fewer paths, or a shorter certificate authority.',
      },
    ]);
  }

  private get logGroupName(): string {
    return `/aws/lambda/${this.props.name}`;
  }

  private addLog(): LogGroup {
    const { logRetentionDays, kmsKeyArn, awsProvider } = this.props;
    return new LogGroup(this, 'log', { name: this.logGroupName, logRetentionDays, kmsKeyArn, awsProvider });
  }

  private addRole(): IamRole {
    const role = new IamRole(this, 'role', {
      name: this.props.name,
      description: roleDescription(this.props),
      assumeRolePolicy: serviceTrust('lambda.amazonaws.com'),
      provider: this.props.awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.props) });
    return role;
  }

  private addPolicy(): IamRolePolicy {
    const { account, statements, deadLetters, awsProvider } = this.props;
    const own: AwsPolicyStatement[] = [
      {
        sid: 'WriteLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${arnOf(account, 'logs', `log-group:${this.logGroupName}`)}:*`],
      },
      // X-Ray knows no resources.
      {
        sid: 'WriteTraces',
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      },
      ...(this.props.vpc === undefined ? [] : [IN_A_VPC]),
    ];
    const all = [...own, ...statements, ...(deadLetters?.senderStatements() ?? [])];
    return new InlinePolicy(this, 'policy', {
      name: 'function',
      role: this.role.id,
      policy: policyDocument(all),
      provider: awsProvider,
    });
  }

  private addFunction(dependsOn: AwaitedResource[]): LambdaAlias {
    const { name, bundle, environment, timeoutSeconds, memoryMb, reservedConcurrency, vpc, awsProvider } =
      this.props;
    const made = new LambdaFunction(this, 'function', {
      functionName: name,
      description: descriptionOf(this.props),
      role: this.role.arn,
      ...functionCodeOf(this, bundle),
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      memorySize: memoryMb ?? 256,
      timeout: timeoutSeconds,
      reservedConcurrentExecutions: reservedConcurrency,
      environment: { variables: { ...environment } },
      ...(vpc && {
        vpcConfig: { subnetIds: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds] },
      }),
      tracingConfig: { mode: 'Active' },
      loggingConfig: { logFormat: 'JSON', logGroup: this.logGroupName },
      publish: true,
      dependsOn,
      provider: awsProvider,
    });
    this.node.defaultChild = made;
    return new LambdaAlias(this, 'alias', {
      name: ALIAS,
      functionName: made.functionName,
      functionVersion: made.version,
      provider: awsProvider,
    });
  }

  private keepFailures(queue: DeadLetterQueue): void {
    new LambdaFunctionEventInvokeConfig(this, 'events', {
      functionName: this.functionName,
      qualifier: ALIAS,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: queue.arn } },
      dependsOn: [this.live],
      provider: this.props.awsProvider,
    });
  }
}
