import { Construct } from 'constructs';
import { aliasMetric, type CloudWatchMetric, type FunctionMetric, type MetricOptions } from '../aws/metric';
import { withFederationAccount } from '../identity/federation/federation-account';
import { validate } from '../core/validation';
import { AwsSecret } from './aws-secret';
import { GoogleSecret } from './google-secret';
import { ImportedRotatedSecret } from './imported-secret';
import type { IRotatedSecret, RotatedSecretAttributes, RotatedSecretProps } from './rotated-secret-props';
import { currentValueNameOf, rotatedSecretCrossChecks, rotatedSecretRules } from './rotated-secret-rules';
import { SecretGrants } from './secret-grants';
import type { WithInherited } from '../core/inherited';
import { checkUniqueName } from '../core/unique-names';

/**
 * A secret with a new value every `rotationDays`. The rotation creates the value, sets it in the system that uses it,
 * tests it, and publishes it to consumers. Terraform creates the secret and its rotation, and never has a value.
 */
export class RotatedSecret extends Construct implements IRotatedSecret {
  /** Imports a secret of another stack or tool, for its name and for grants. Its rotation does not change. */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: RotatedSecretAttributes,
  ): IRotatedSecret {
    return new ImportedRotatedSecret(scope, id, attributes);
  }

  /** Name of the secret. */
  public readonly secretName: string;
  /** Service that stores the secret. */
  public readonly store: 'google-secret-manager' | 'aws-secrets-manager';
  /**
   * Name that consumers read: `projects/PROJECT/secrets/NAME/versions/current` in Google Secret Manager, the name of
   * the secret in AWS Secrets Manager. Known at synth.
   */
  public readonly currentValueName: string;
  /** ARN of the function that rotates. Known at synth. */
  public readonly functionArn: string;
  /** Permissions on the secret: `secret.grants.read(identity, { reason })`. */
  public readonly grants: SecretGrants;

  constructor(scope: Construct, id: string, given: RotatedSecretProps) {
    super(scope, id);
    const props = validate(
      this,
      withFederationAccount<RotatedSecretProps>(given),
      rotatedSecretRules(given),
      (values, report) => {
        rotatedSecretCrossChecks(values, report);
        checkUniqueName(this, { property: 'name', name: values.name, among: storeOf(values) }, report);
      },
    );
    this.secretName = props.name;
    this.store = props.store;
    this.currentValueName = currentValueNameOf(props);
    if (props.store === 'google-secret-manager') {
      const { secret, functionArn } = new GoogleSecret(this, 'google', props);
      this.functionArn = functionArn;
      this.node.defaultChild = secret;
      const { store, googleProvider } = props;
      this.grants = new SecretGrants(this, { store, secret, googleProvider }, props);
    } else {
      const { secret, functionArn } = new AwsSecret(this, 'aws', props);
      this.functionArn = functionArn;
      this.node.defaultChild = secret;
      this.grants = new SecretGrants(this, props, props);
    }
  }

  /** Returns a metric of the function that rotates as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }
}

/** Secrets that have one name space: of a project, or of an account and a region. */
function storeOf(props: WithInherited<RotatedSecretProps>): string {
  return props.store === 'google-secret-manager'
    ? `secrets of the project ${props.project.id}`
    : `secrets of the account ${props.account.id} in ${props.account.region}`;
}
