import { all, knownAtSynth, matching, oneOf, optional, rule, shape, type Rule } from '../core/rules';

/** Part of AWS that an account belongs to, as ARNs name it. */
export type AwsPartition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** An AWS account and the region to work in. All of it is known at synth, so nothing has to be looked up. */
export interface AwsAccount {
  /** Account id: 12 digits, for example `123456789012`. */
  readonly id: string;
  /** Region, for example `us-east-1`. */
  readonly region: string;
  /**
   * Partition of the account.
   * @default aws
   */
  readonly partition?: AwsPartition;
}

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const awsAccountId: Rule = knownAtSynth(
  matching(/^\d{12}$/, 'have 12 digits', (value) =>
    /^\d{4}-\d{4}-\d{4}$/.test(value) ? `Use "${value.replaceAll('-', '')}".` : undefined,
  ),
);

const region: Rule = knownAtSynth(
  matching(
    /^[a-z]{2,}(-[a-z]+)+-\d+$/,
    'be a region of the form AREA-DIRECTION-NUMBER, for example "us-east-1"',
    (value) =>
      /^[a-z]{2,}(-[a-z]+)+-\d+[a-z]$/.test(value)
        ? `This is a zone; use "${value.slice(0, -1)}".`
        : undefined,
  ),
);

function partitionOfRegion(name: string): AwsPartition {
  if (name.startsWith('cn-')) return 'aws-cn';
  return name.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** An account whose region lies in its partition. */
export const awsAccount: Rule = all(
  knownAtSynth(
    shape<AwsAccount>({
      id: awsAccountId,
      region,
      partition: optional(knownAtSynth(oneOf(['aws', 'aws-cn', 'aws-us-gov']))),
    }),
  ),
  rule(
    'have a region of its partition',
    (value) => partitionOf(value as AwsAccount) === partitionOfRegion((value as AwsAccount).region),
    (value) => `Set partition "${partitionOfRegion((value as AwsAccount).region)}", or another region.`,
  ),
);

/** Name of an IAM role, without a path. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const awsRoleName: Rule = matching(
  ROLE_NAME,
  'be the name of an IAM role, with 1 to 64 letters, digits and characters of "_+=,.@-"',
  (value) => {
    const name = value.slice(value.lastIndexOf('/') + 1);
    return name !== value && ROLE_NAME.test(name)
      ? `Use "${name}": the name alone, without ARN and path.`
      : undefined;
  },
);

/** ARN of an IAM role. */
export const awsRoleArn: Rule = matching(
  /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/([\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/,
  'be the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME',
);

/** Partition of an account. */
export function partitionOf({ partition }: AwsAccount): AwsPartition {
  return partition ?? 'aws';
}

/** ARN of a thing of IAM, for example `role/NAME`. */
function iamArn(account: AwsAccount, thing: string): string {
  return `arn:${partitionOf(account)}:iam::${account.id}:${thing}`;
}

/** ARN of a role of an account, whose path is `/`. */
export function roleArnOf(account: AwsAccount, roleName: string): string {
  return iamArn(account, `role/${roleName}`);
}

/** ARN of the OIDC provider of an account for an issuer. */
export function oidcProviderArnOf(account: AwsAccount, issuer: string): string {
  return iamArn(account, `oidc-provider/${withoutScheme(issuer)}`);
}

/** ARN of the sessions of a role, without the name of the session; the path of the role is not in it either. */
export function assumedRoleArnOf(account: AwsAccount, roleName: string): string {
  return `arn:${partitionOf(account)}:sts::${account.id}:assumed-role/${roleName}`;
}

/** How AWS names an issuer in ARNs and condition keys. */
export function withoutScheme(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}
