import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { withFederationAccount } from '../identity/federation-account';
import { justificationOf, justificationRules, type Justification } from '../core/justification';
import { stableHash, resolveTokens } from '../core/names';
import { constructLike, shape } from '../core/rules';
import { problemsOf, refuse, validate } from '../core/validation';
import type { AwsPolicyStatement } from '../aws/policy-statement';
import { GoogleGrants } from '../identity/grants';
import { principal as principalRule, type IGooglePrincipal } from '../identity/principal';
import { AwsSecret } from './aws-secret';
import { GoogleSecret } from './google-secret';
import type { IAwsRole, RotatedSecretProps, SecretReader } from './rotated-secret-props';
import { rotatedSecretCrossChecks, rotatedSecretRules } from './rotated-secret-rules';
import { SECRET_ALIASES } from '../contracts/rotation';

const allowedRole = constructLike('an AWS role of the library: a GkeToAwsRole', {
  addStatement: 'function',
});
const options = shape<Justification>(justificationRules);

/**
 * A secret whose value nobody knows and nobody keeps: it is made where the secret lives, set at its owner, tested, and
 * only then given to consumers, again every so many days. Terraform never has it.
 */
export class RotatedSecret extends Construct {
  /** Name of the secret. */
  public readonly secretName: string;
  /** Where the secret lives. */
  public readonly store: 'google-secret-manager' | 'aws-secrets-manager';
  /**
   * What consumers read: `projects/PROJECT/secrets/NAME/versions/current` on Google Cloud, the name of the secret on
   * AWS. Known at synth.
   */
  public readonly currentValueName: string;
  /** ARN of the function that rotates. Known at synth. */
  public readonly functionArn: string;
  private readonly hosted: GoogleSecret | AwsSecret;
  private readonly props: WithInherited<RotatedSecretProps>;

  constructor(scope: Construct, id: string, given: RotatedSecretProps) {
    super(scope, id);
    const props = validate(
      this,
      withFederationAccount<RotatedSecretProps>(given),
      rotatedSecretRules(given),
      rotatedSecretCrossChecks,
    );
    this.props = props;
    this.secretName = props.name;
    this.store = props.store;
    this.hosted =
      props.store === 'google-secret-manager'
        ? new GoogleSecret(this, 'google', props)
        : new AwsSecret(this, 'aws', props);
    this.currentValueName =
      props.store === 'google-secret-manager'
        ? `projects/${props.project.id}/secrets/${props.name}/versions/${SECRET_ALIASES.current}`
        : props.name;
    this.functionArn = this.hosted.functionArn;
  }

  /**
   * Lets somebody read the values of this secret, and of no other.
   * @param reader a Google identity where Google hosts the secret, an AWS role where AWS does
   * @returns what was made or changed, so that it can be waited for
   */
  public grantRead(reader: SecretReader, why: Justification): TerraformResource[] {
    const problems = [
      ...problemsOf(this.store === 'google-secret-manager' ? principalRule : allowedRole, reader, 'reader'),
      ...problemsOf(options, why, 'why'),
    ];
    if (problems[0] !== undefined) refuse(this, problems[0]);
    if (this.hosted instanceof GoogleSecret)
      return this.grantOnGoogle(this.hosted, reader as IGooglePrincipal, why);
    return this.hosted
      .readStatements(why.reason)
      .map((statement) => (reader as IAwsRole).addStatement(statement));
  }

  /**
   * What the role of a reader on AWS may do: to be put into its policy. On Google Cloud there is `grantRead`.
   * @param reason what the access is for; that of the secret if left out
   */
  public readStatements(reason: string = this.props.reason): AwsPolicyStatement[] {
    if (this.hosted instanceof AwsSecret) return this.hosted.readStatements(reason);
    return refuse(this, {
      property: 'store',
      value: this.store,
      rule: 'be a secret of AWS Secrets Manager',
      fix: 'Use grantRead(identity, { reason }).',
    });
  }

  private grantOnGoogle(
    { secret }: GoogleSecret,
    reader: IGooglePrincipal,
    why: Justification,
  ): TerraformResource[] {
    const name = stableHash(JSON.stringify(resolveTokens(this, reader.members)));
    const id = `reader-${name}`;
    if (this.node.tryFindChild(id)) {
      refuse(this, {
        property: 'reader',
        value: reader.members,
        rule: 'be a new reader: this identity can already read the secret',
      });
    }
    const provider = this.props.store === 'google-secret-manager' ? this.props.googleProvider : undefined;
    const grants = new GoogleGrants(new Construct(this, id), reader, justificationOf(why), provider);
    return grants.secretAccessor(secret);
  }
}
