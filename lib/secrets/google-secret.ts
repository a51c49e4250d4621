import {
  SecretManagerSecret,
  type SecretManagerSecretReplication,
} from '@cdktf/provider-google/lib/secret-manager-secret';
import { dependable, Fn, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { addMetadataComment, justificationOf } from '../core/justification';
import { dependenciesWithin } from '../core/ordering';
import { terraformTextJson } from '../core/terraform-json';
import { roleArnOf } from '../aws/account';
import { CustomRole, roleIdFrom } from '../identity/google/custom-role';
import { FederatedAwsRole } from '../identity/federation/federated-aws-role';
import { LibraryFunction } from '../aws/library-function';
import { FederatedSessionRole } from '../aws/federated-session-role';
import { DeadLetterQueue } from '../aws/dead-letter-queue';
import { ConsumerRestarter } from './consumer-restarter';
import type { GoogleRotatedSecretProps } from './rotated-secret-props';
import { DEFAULTS } from './rotated-secret-rules';
import { RotationAlarm } from './rotation-alarm';
import { ROTATION_VARIABLE, type GoogleRotation, type RestartTarget } from '../contracts/rotation';
import { RotationSchedule } from './rotation-schedule';
import { commonSettings, hookStatements, restartStatements, runSeconds } from './rotation-settings';

const DAY = 86_400;

/** Permissions of a rotation on one secret. It cannot read values. */
const PERMISSIONS = [
  'secretmanager.secrets.get',
  'secretmanager.secrets.update',
  'secretmanager.versions.add',
  'secretmanager.versions.disable',
  'secretmanager.versions.list',
];

/**
 * A secret in Google Secret Manager and what rotates it on AWS:
 *
 *   schedule -> function -> role of the rotation (session = id of the call) -> that one secret
 */
export class GoogleSecret extends Construct {
  /** ARN of the function. Known at synth. */
  public readonly functionArn: string;
  /** The secret, for grants. */
  public readonly secret: SecretManagerSecret;
  /** Name of the AWS role that Google knows. */
  private readonly roleName: string;
  private readonly props: WithInherited<GoogleRotatedSecretProps>;

  constructor(scope: Construct, id: string, props: WithInherited<GoogleRotatedSecretProps>) {
    super(scope, id);
    this.props = props;
    this.roleName = `${props.name}-rotation-google`;
    this.secret = this.addSecret();
    const access = this.addGoogleAccess();
    const deadLetters = this.addDeadLetters();
    const restarter =
      props.restart && new ConsumerRestarter(this, 'restart', { ...props, restart: props.restart });
    const rotation = this.addFunction(deadLetters, restarter?.target);
    restarter?.trust(rotation);
    const role = new FederatedSessionRole(this, 'role', {
      ...justificationOf(props),
      name: this.roleName,
      functions: [rotation],
      awsProvider: props.awsProvider,
    });
    this.functionArn = rotation.aliasArn;
    new RotationAlarm(this, 'alarm', {
      functionName: rotation.functionName,
      actions: props.alarmActions,
      awsProvider: props.awsProvider,
    });
    new RotationSchedule(this, 'schedule', {
      ...justificationOf(props),
      name: `${props.name}-rotation-schedule`,
      account: props.account,
      functionArn: this.functionArn,
      deadLetters,
      dependsOn: [
        ...rotation.dependenciesIn(this),
        ...dependenciesWithin(this, [role, ...access]),
        ...(restarter?.dependenciesIn(this) ?? []),
      ],
      awsProvider: props.awsProvider,
    });
  }

  private addSecret(): SecretManagerSecret {
    const { name, project, deletionProtection, notificationTopic, rotationDays, googleProvider } = this.props;
    const secret = new SecretManagerSecret(this, 'secret', {
      project: project.id,
      secretId: name,
      replication: this.replication(),
      deletionProtection: deletionProtection ?? true,
      ...(notificationTopic !== undefined && {
        topics: [{ name: notificationTopic }],
        rotation: {
          rotationPeriod: `${rotationDays * DAY}s`,
          nextRotationTime: Fn.timeadd(Fn.plantimestamp(), `${rotationDays * 24}h`),
        },
      }),
      lifecycle: {
        ignoreChanges: [
          // The rotation moves them.
          'version_aliases',
          // Google moves it on with each period.
          ...(notificationTopic === undefined ? [] : ['rotation[0].next_rotation_time']),
        ],
      },
      provider: googleProvider,
    });
    addMetadataComment(secret, { ...justificationOf(this.props) });
    return secret;
  }

  private replication(): SecretManagerSecretReplication {
    const { kmsKeyName: kmsKey, replicas } = this.props;
    const encryption = (kmsKeyName: string | undefined) =>
      kmsKeyName === undefined ? {} : { customerManagedEncryption: { kmsKeyName } };
    if (replicas === undefined) return { auto: encryption(kmsKey) };
    return {
      userManaged: {
        replicas: replicas.map(({ location, kmsKeyName: key }) => ({ location, ...encryption(key) })),
      },
    };
  }

  private addGoogleAccess(): TerraformResource[] {
    const { project, federation, name, googleProvider } = this.props;
    const role = new CustomRole(this, 'google-role', {
      ...justificationOf(this.props),
      project,
      roleId: roleIdFrom(`rotate_${name}`),
      title: `Rotate a secret: ${name}`,
      permissions: PERMISSIONS,
      googleProvider,
    });
    const members = new FederatedAwsRole(this, 'federated-role', {
      ...justificationOf(this.props),
      federation,
      roleName: this.roleName,
      googleProvider,
    }).grants.secretRole(this.secret, role.name, { reason: 'rotates the secret, and cannot read it' });
    // A grant on a secret knows the role by its name alone.
    const made = role.dependenciesIn(this).map(dependable);
    for (const member of members) member.dependsOn = [...(member.dependsOn ?? []), ...made];
    return members;
  }

  private addDeadLetters(): DeadLetterQueue {
    const { name, account, alarmActions, awsProvider } = this.props;
    return new DeadLetterQueue(this, 'dead-letters', {
      name: `${name}-rotation-failed`,
      account,
      alarmActions,
      awsProvider,
    });
  }

  private addFunction(deadLetters: DeadLetterQueue, restart?: RestartTarget): LibraryFunction {
    const { name, account, logRetentionDays, awsProvider } = this.props;
    const settings = this.settings(restart);
    return new LibraryFunction(this, 'function', {
      ...justificationOf(this.props),
      name: `${name}-rotation`,
      account,
      bundle: 'rotation',
      environment: { [ROTATION_VARIABLE]: terraformTextJson(settings) },
      statements: [
        { sid: 'AssumeRotationRole', actions: ['sts:AssumeRole'], resources: [settings.roleArn] },
        ...hookStatements(settings),
        ...restartStatements(settings),
      ],
      timeoutSeconds: runSeconds(settings),
      memoryMb: 128,
      logRetentionDays,
      deadLetters,
      awsProvider,
    });
  }

  private settings(restart?: RestartTarget): GoogleRotation {
    const {
      account,
      project,
      name,
      federation,
      rotationDays,
      retryWindowSeconds: retryWindowSeconds,
      previousVersionGraceSeconds: previousVersionGraceSeconds,
    } = this.props;
    return {
      store: 'google-secret-manager',
      ...commonSettings(this.props, restart),
      secret: `projects/${project.id}/secrets/${name}`,
      endpoint: 'https://secretmanager.googleapis.com',
      roleArn: roleArnOf(account, this.roleName),
      credentials: federation.credentialConfiguration(),
      rotationSeconds: rotationDays * DAY,
      retryWindowSeconds: retryWindowSeconds ?? DEFAULTS.retryWindowSeconds,
      previousVersionGraceSeconds: previousVersionGraceSeconds ?? DEFAULTS.previousVersionGraceSeconds,
    };
  }
}
