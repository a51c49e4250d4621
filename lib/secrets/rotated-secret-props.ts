import type { JustificationProps } from '../core/justification';
import type { AwsAccount } from '../aws/account';
import type { AwsRole } from '../aws/role';
import type { IAwsToGoogleFederation } from '../identity/federation/aws-to-google-federation-props';
import type { IGooglePrincipal } from '../identity/google/principal';
import type { GoogleProject } from '../google/project';
import type { ConsumerRestart } from './consumer-restart-props';
import type { RotationHook } from './rotation-hook';
import type { SecretGrants } from './secret-grants';
import type { AlarmOptions, AwsProviderOptions } from '../aws/options';
import type { GoogleProviderOptions } from '../google/options';

/** Length and alphabet of generated values. */
export interface GeneratedValue {
  /**
   * Number of characters: 8 to 1024.
   * @default 32
   */
  readonly length?: number;
  /**
   * The characters to choose from: printable ASCII without the space, each once. Of lower-case letters, upper-case
   * letters, digits and others, whichever are in it, each value has at least one.
   * @default - letters, digits and `-_.~`, which need no escaping in a URL
   */
  readonly alphabet?: string;
}

/** Props of a rotated secret in both stores. */
export interface CommonRotatedSecretProps extends JustificationProps, AlarmOptions, AwsProviderOptions {
  /** Name of the secret, and the beginning of the names of all that rotates it: at most 40 characters. */
  readonly name: string;
  /**
   * AWS account and region in which the rotation runs.
   * @default - the account of the federation, else of `Defaults.of(scope)`; required if there is none
   */
  readonly account?: AwsAccount;
  /** Days after which a value is replaced: 1 to 365. */
  readonly rotationDays: number;
  /**
   * Length and alphabet of the values.
   * @default - 32 letters, digits and characters of `-_.~`
   */
  readonly value?: GeneratedValue;
  /**
   * Makes the owner (a database, an API) accept a new value beside the one before.
   * @default - no call: the owner reads the value from the secret
   */
  readonly setSecret?: RotationHook;
  /**
   * Uses a new value as consumers will. Required with `setSecret`.
   * @default - values are not tested
   */
  readonly testSecret?: RotationHook;
  /**
   * Deployments that are restarted when consumers have a new value.
   * @default - none: consumers read the value again by themselves
   */
  readonly restart?: ConsumerRestart;
  /**
   * Retention of the log in days: one of the values that CloudWatch Logs accepts.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** A place where Google keeps a copy of the secret. */
export interface SecretReplica {
  /** Location, for example `europe-west1`. */
  readonly location: string;
  /**
   * Key of Cloud KMS in that location.
   * @default - encrypted with a key of Google
   */
  readonly kmsKeyName?: string;
}

/** Props of a `RotatedSecret` in Google Secret Manager. */
export interface GoogleRotatedSecretProps extends CommonRotatedSecretProps, GoogleProviderOptions {
  /** Service that stores the secret. */
  readonly store: 'google-secret-manager';
  /**
   * Project of the secret.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Federation that the rotation on AWS uses; of the same account. */
  readonly federation: IAwsToGoogleFederation;
  /**
   * Seconds for which the rotation retries a new value that fails: 0 to 30 days.
   * @default 1800
   */
  readonly retryWindowSeconds?: number;
  /**
   * Seconds for which the version before stays enabled, for consumers that have read it: 0 to 364 days.
   * @default 3600
   */
  readonly previousVersionGraceSeconds?: number;
  /**
   * Key of Cloud KMS, in the location `global`, of a secret that Google replicates as it sees fit. The agent of
   * Secret Manager must be allowed to use it.
   * @default - encrypted with a key of Google
   */
  readonly kmsKeyName?: string;
  /**
   * Locations of the secret. They cannot change later.
   * @default - wherever Google sees fit
   */
  readonly replicas?: readonly SecretReplica[];
  /**
   * Topic of Pub/Sub, `projects/PROJECT/topics/NAME`, that receives a message of Secret Manager when a rotation is
   * due. The secret then also has the rotation schedule of Google, with `rotationDays`, for scanners and subscribers. The
   * agent of Secret Manager needs permission to publish. The rotation does not wait for a message.
   * @default - the schedule of the rotation only
   */
  readonly notificationTopic?: string;
  /**
   * Whether Terraform rejects a plan that deletes the secret.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/** Props of a `RotatedSecret` in AWS Secrets Manager. */
export interface AwsRotatedSecretProps extends CommonRotatedSecretProps {
  /** Service that stores the secret. */
  readonly store: 'aws-secrets-manager';
  /**
   * ARN of the KMS key of the secret. Its policy must let the account use it.
   * @default - `aws/secretsmanager`, which other accounts cannot use
   */
  readonly kmsKeyArn?: string;
  /**
   * Days for which a deleted secret can be restored: 7 to 30.
   * @default 30
   */
  readonly recoveryDays?: number;
}

/** Props of a `RotatedSecret`, by the `store` of the secret. */
export type RotatedSecretProps = GoogleRotatedSecretProps | AwsRotatedSecretProps;

/** A principal that reads a secret: of Google Cloud for Secret Manager, of AWS for Secrets Manager. */
export type SecretReader = IGooglePrincipal | AwsRole;

/** A rotated secret: a `RotatedSecret` or `RotatedSecret.fromAttributes(…)`. */
export interface IRotatedSecret {
  /** Name of the secret. */
  readonly secretName: string;
  /** Service that stores the secret. */
  readonly store: 'google-secret-manager' | 'aws-secrets-manager';
  /**
   * Name that consumers read: `projects/PROJECT/secrets/NAME/versions/current` in Google Secret Manager, the name of
   * the secret in AWS Secrets Manager. Known at synth.
   */
  readonly currentValueName: string;
  /** Permissions on the secret: `secret.grants.read(identity, { reason })`. */
  readonly grants: SecretGrants;
}

/** Attributes of an existing secret in Google Secret Manager. */
export interface GoogleRotatedSecretAttributes extends GoogleProviderOptions {
  /** Service that stores the secret. */
  readonly store: 'google-secret-manager';
  /** Name of the secret. */
  readonly name: string;
  /**
   * Project of the secret.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
}

/** Attributes of an existing secret in AWS Secrets Manager. */
export interface AwsRotatedSecretAttributes extends AwsProviderOptions {
  /** Service that stores the secret. */
  readonly store: 'aws-secrets-manager';
  /** Name of the secret. */
  readonly name: string;
  /**
   * Account and region of the secret.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
  /**
   * ARN of the KMS key of the secret.
   * @default - `aws/secretsmanager`, which readers of the account use without a permission
   */
  readonly kmsKeyArn?: string;
}

/** Attributes of an existing secret. */
export type RotatedSecretAttributes = GoogleRotatedSecretAttributes | AwsRotatedSecretAttributes;
