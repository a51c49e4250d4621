import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { addMetadataComment, descriptionOf, justificationOf } from '../core/justification';
import type { AwaitedResource } from '../core/ordering';
import { terraformTextJson } from '../core/terraform-json';
import { LibraryFunction } from '../aws/library-function';
import { ConsumerRestarter } from './consumer-restarter';
import type { AwsRotatedSecretProps } from './rotated-secret-props';
import { RotationAlarm } from './rotation-alarm';
import { ROTATION_VARIABLE, type AwsRotation, type RestartTarget } from '../contracts/rotation';
import { arnPatternOf, keyStatements } from './secret-grants';
import { commonSettings, hookStatements, restartStatements, runSeconds } from './rotation-settings';

/** A secret in AWS Secrets Manager, and the function that Secrets Manager calls for each step of a rotation. */
export class AwsSecret extends Construct {
  /** ARN of the function. Known at synth. */
  public readonly functionArn: string;
  /** The secret. */
  public readonly secret: SecretsmanagerSecret;
  private readonly props: WithInherited<AwsRotatedSecretProps>;

  constructor(scope: Construct, id: string, props: WithInherited<AwsRotatedSecretProps>) {
    super(scope, id);
    this.props = props;
    this.secret = this.addSecret();
    const restarter =
      props.restart && new ConsumerRestarter(this, 'restart', { ...props, restart: props.restart });
    const rotation = this.addFunction(restarter?.target);
    restarter?.trust(rotation);
    this.functionArn = rotation.aliasArn;
    this.addRotation(rotation, restarter?.dependenciesIn(this) ?? []);
    new RotationAlarm(this, 'alarm', {
      functionName: rotation.functionName,
      actions: props.alarmActions,
      awsProvider: props.awsProvider,
    });
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
      environment: { [ROTATION_VARIABLE]: terraformTextJson(settings) },
      statements: [
        {
          sid: 'RotateSecret',
          actions: [
            'secretsmanager:DescribeSecret',
            'secretsmanager:PutSecretValue',
            'secretsmanager:UpdateSecretVersionStage',
          ],
          resources: [arnPatternOf(this.props)],
        },
        ...keyStatements(this.props, ['kms:Decrypt', 'kms:GenerateDataKey']),
        ...hookStatements(settings),
        ...restartStatements(settings),
      ],
      timeoutSeconds: runSeconds(settings),
      memoryMb: 128,
      logRetentionDays,
      awsProvider,
    });
  }

  private addRotation(rotation: LibraryFunction, ready: AwaitedResource[]): void {
    const { account, rotationDays, awsProvider } = this.props;
    const permission = new LambdaPermission(this, 'permission', {
      statementId: 'secrets-manager',
      action: 'lambda:InvokeFunction',
      functionName: rotation.functionName,
      qualifier: rotation.alias,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: account.id,
      sourceArn: this.secret.arn,
      dependsOn: rotation.dependenciesIn(this),
      provider: awsProvider,
    });
    new SecretsmanagerSecretRotation(this, 'rotation', {
      secretId: this.secret.id,
      rotationLambdaArn: rotation.aliasArn,
      // The first value is made by it.
      rotateImmediately: true,
      rotationRules: { automaticallyAfterDays: rotationDays },
      dependsOn: [permission, ...ready],
      provider: awsProvider,
    });
  }
}
