import { S3Backend, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { awsAccount, type AwsAccount } from '../../aws/account';
import { kmsKeyArn } from '../../aws/names';
import { awsProviderRules, type AwsProviderOptions } from '../../aws/options';
import { bucketArnOf, PrivateBucket } from '../../aws/private-bucket';
import type { WithInherited } from '../../core/inherited';
import { boolean, knownAtSynth, matching, optional } from '../../core/rules';
import { checkUniqueName } from '../../core/unique-names';
import { validate } from '../../core/validation';
import type { PipelineAccess } from './pipeline-claims';
import { requireNoBackend, type IStateBackend } from './state-backend';

/** Props of an `S3StateBackend`. */
export interface S3StateBackendProps extends AwsProviderOptions {
  /** Name of the bucket: 3 to 63 lower-case letters, digits and hyphens, unique in the world. */
  readonly bucketName: string;
  /**
   * AWS account of the bucket.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
  /**
   * ARN of the KMS key of the state. The key policy must allow the pipeline roles to use the key.
   * @default - encryption with keys of S3
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether Terraform rejects the destruction of the bucket.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * Bucket of S3 for Terraform state: versioned, encrypted, over TLS only, never public. Terraform locks the state with an
 * object beside it, which needs Terraform or OpenTofu 1.10 or later.
 */
export class S3StateBackend extends Construct implements IStateBackend {
  /** Service of the bucket. */
  public readonly service = 's3';
  /** Name of the bucket. Known at synth. */
  public readonly bucketName: string;
  private readonly props: WithInherited<S3StateBackendProps>;

  constructor(scope: Construct, id: string, given: S3StateBackendProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        // A backend is configured before Terraform knows any value.
        bucketName: knownAtSynth(
          matching(
            /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
            'have 3 to 63 lower-case letters, digits and hyphens, and not start or end with a hyphen',
          ),
        ),
        account: awsAccount,
        kmsKeyArn: optional(knownAtSynth(kmsKeyArn)),
        deletionProtection: optional(boolean),
        ...awsProviderRules,
      },
      ({ bucketName: name }, report) =>
        checkUniqueName(this, { property: 'bucketName', name, among: 'buckets of S3' }, report),
    );
    this.props = props;
    this.bucketName = props.bucketName;
    new PrivateBucket(this, 'store', {
      name: props.bucketName,
      account: props.account,
      deletionProtection: props.deletionProtection ?? true,
      kmsKeyArn: props.kmsKeyArn,
      statements: [],
      awsProvider: props.awsProvider,
    });
  }

  /** Stores the state of a stack in the object `STACK.tfstate`. */
  public configure(stack: TerraformStack): void {
    requireNoBackend(this, stack);
    const { account, bucketName: bucket, kmsKeyArn: kmsKeyId } = this.props;
    new S3Backend(stack, {
      bucket,
      key: `${stack.node.id}.tfstate`,
      region: account.region,
      encrypt: true,
      kmsKeyId,
    });
    // The class of cdktf does not know the argument.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  }

  /**
   * Statements of an identity policy. A plan reads the state and must run with `-lock=false`; an apply writes it too.
   * https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
   */
  public statementsOf(access: PipelineAccess): object[] {
    const { account, bucketName, kmsKeyArn: key } = this.props;
    const arn = bucketArnOf(account, bucketName);
    const applies = access === 'apply';
    const allow = (actions: readonly string[], Resource: string) => ({
      Effect: 'Allow',
      Action: actions,
      Resource,
    });
    return [
      allow(['s3:ListBucket'], arn),
      allow(['s3:GetObject', ...(applies ? ['s3:PutObject'] : [])], `${arn}/*.tfstate`),
      ...(applies
        ? [allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], `${arn}/*.tfstate.tflock`)]
        : []),
      ...(key === undefined
        ? []
        : [allow(['kms:Decrypt', ...(applies ? ['kms:GenerateDataKey'] : [])], key)]),
    ];
  }
}
