import { Construct } from 'constructs';
import { awsAccount } from '../aws/account';
import { kmsKeyArn } from '../aws/names';
import type { WithInherited } from '../core/inherited';
import { inheritedJustificationRules, type JustificationProps } from '../core/justification';
import { knownAtSynth, matching, optional, type Shape } from '../core/rules';
import { validate } from '../core/validation';
import { project } from '../google/project';
import type {
  AwsRotatedSecretAttributes,
  GoogleRotatedSecretAttributes,
  IRotatedSecret,
  RotatedSecretAttributes,
} from './rotated-secret-props';
import { currentValueNameOf, secretStore } from './rotated-secret-rules';
import { SecretGrants } from './secret-grants';
import { awsProviderRules } from '../aws/options';
import { googleProviderRules } from '../google/options';

type Attributes<A> = A & JustificationProps;

// Other tools allow longer names than the library gives. https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create
const importedName = matching(/^[\w-]{1,255}$/, 'have 1 to 255 letters, digits, "-" and "_"');

const common = {
  ...inheritedJustificationRules,
  store: secretStore,
  name: knownAtSynth(importedName),
};

const googleRules: Shape<Attributes<GoogleRotatedSecretAttributes>> = {
  ...common,
  project,
  ...googleProviderRules,
};

const awsRules: Shape<Attributes<AwsRotatedSecretAttributes>> = {
  ...common,
  account: awsAccount,
  kmsKeyArn: optional(kmsKeyArn),
  ...awsProviderRules,
};

/** A rotated secret of another stack or tool. */
export class ImportedRotatedSecret extends Construct implements IRotatedSecret {
  public readonly secretName: string;
  public readonly store: IRotatedSecret['store'];
  public readonly currentValueName: string;
  public readonly grants: SecretGrants;

  constructor(scope: Construct, id: string, given: RotatedSecretAttributes) {
    super(scope, id);
    const rules = given?.store === 'aws-secrets-manager' ? awsRules : googleRules;
    const attributes = validate<Attributes<RotatedSecretAttributes>>(this, given, rules);
    this.secretName = attributes.name;
    this.store = attributes.store;
    this.currentValueName = currentValueNameOf(attributes);
    this.grants = new SecretGrants(this, grantedSecretOf(attributes), attributes);
  }
}

function grantedSecretOf(attributes: WithInherited<RotatedSecretAttributes>) {
  if (attributes.store === 'aws-secrets-manager') return attributes;
  const { store, name, project, googleProvider } = attributes;
  return { store, secret: { secretId: name, project: project.id }, googleProvider };
}
