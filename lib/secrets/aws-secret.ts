import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { addMetadataComment, descriptionOf, justificationOf } from '../core/justification';
import type { AwaitedResource } from '../core/ordering';
import { serviceHostOf } from '../aws/account';
import type { AwsPolicyStatement } from '../aws/policy-statement';
import { arnOf } from '../aws/names';
import { LibraryFunction } from '../aws/library-function';
import { ConsumerRestarter } from './consumer-restarter';
import type { AwsRotatedSecretProps } from './rotated-secret-props';
import { RotationAlarm } from './rotation-alarm';
import { ROTATION_VARIABLE, type AwsRotation, type RestartTarget } from '../contracts/rotation';
import { commonSettings, hookStatements, restartStatements, runSeconds } from './rotation-settings';

/** A secret in AWS Secrets Manager, and the function that Secrets Manager calls for each step of a rotation. */
export class AwsSecret extends Construct {
  /** ARN of the function. Known at synth. */
  public readonly functionArn: string;
  private readonly props: WithInherited<AwsRotatedSecretProps>;

  constructor(scope: Construct, id: string, props: WithInherited<AwsRotatedSecretProps>) {
    super(scope, id);
    this.props = props;
    const secret = this.addSecret();
    const restarter =
      props.restart && new ConsumerRestarter(this, 'restart', { ...props, restart: props.restart });
    const rotation = this.addFunction(restarter?.target);
    restarter?.trust(rotation);
    this.functionArn = rotation.aliasArn;
    this.addRotation(secret, rotation, restarter?.dependenciesIn(this) ?? []);
    new RotationAlarm(this, 'alarm', {
      functionName: rotation.functionName,
      actions: props.alarmActions,
      awsProvider: props.awsProvider,
    });
  }

  /** What a reader needs. */
  public readStatements(reason: string): AwsPolicyStatement[] {
    return [
      { actions: ['secretsmanager:GetSecretValue'], resources: [this.arnPattern], reason },
      ...this.keyStatements(['kms:Decrypt']).map((statement) => ({ ...statement, reason })),
    ];
  }

  /** AWS adds six characters to the name of a secret. */
  private get arnPattern(): string {
    return arnOf(this.props.account, 'secretsmanager', `secret:${this.props.name}-??????`);
  }

  private addSecret(): SecretsmanagerSecret {
    const { name, kmsKeyArn, recoveryDays, awsProvider } = this.props;
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name,
      description: descriptionOf(this.props),
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: recoveryDays ?? 30,
      provider: awsProvider,
    });
    addMetadataComment(secret, { ...justificationOf(this.props) });
    return secret;
  }

  private addFunction(restart?: RestartTarget): LibraryFunction {
    const { name, account, logRetentionDays, awsProvider } = this.props;
    const settings: AwsRotation = { store: 'aws-secrets-manager', ...commonSettings(this.props, restart) };
    return new LibraryFunction(this, 'function', {
      ...justificationOf(this.props),
      name: `${name}-rotation`,
      account,
      bundle: 'rotation',
      environment: { [ROTATION_VARIABLE]: JSON.stringify(settings) },
      statements: [
        {
          sid: 'RotateSecret',
          actions: [
            'secretsmanager:DescribeSecret',
            'secretsmanager:PutSecretValue',
            'secretsmanager:UpdateSecretVersionStage',
          ],
          resources: [this.arnPattern],
        },
        ...this.keyStatements(['kms:Decrypt', 'kms:GenerateDataKey']),
        ...hookStatements(settings),
        ...restartStatements(settings),
      ],
      timeoutSeconds: runSeconds(settings),
      memoryMb: 128,
      logRetentionDays,
      awsProvider,
    });
  }

  private keyStatements(actions: string[]): AwsPolicyStatement[] {
    const { kmsKeyArn, account } = this.props;
    if (kmsKeyArn === undefined) return [];
    const service = serviceHostOf(account, 'secretsmanager');
    return [{ actions, resources: [kmsKeyArn], conditions: { StringEquals: { 'kms:ViaService': service } } }];
  }

  private addRotation(
    secret: SecretsmanagerSecret,
    rotation: LibraryFunction,
    ready: AwaitedResource[],
  ): void {
    const { account, rotationDays, awsProvider } = this.props;
    const permission = new LambdaPermission(this, 'permission', {
      statementId: 'secrets-manager',
      action: 'lambda:InvokeFunction',
      functionName: rotation.functionName,
      qualifier: rotation.alias,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: account.id,
      sourceArn: secret.arn,
      dependsOn: rotation.dependenciesIn(this),
      provider: awsProvider,
    });
    new SecretsmanagerSecretRotation(this, 'rotation', {
      secretId: secret.id,
      rotationLambdaArn: rotation.aliasArn,
      // The first value is made by it.
      rotateImmediately: true,
      rotationRules: { automaticallyAfterDays: rotationDays },
      dependsOn: [permission, ...ready],
      provider: awsProvider,
    });
  }
}
