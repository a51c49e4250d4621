import { AWS_PARTITIONS, partitionOfRegion, type AwsPartition } from '../contracts/aws-partitions';
import { all, knownAtSynth, matching, oneOf, optional, rule, shape, type Rule } from '../core/rules';

export type { AwsPartition } from '../contracts/aws-partitions';

/** An AWS account and the region of its resources. All values are known at synth, so that no data source is needed. */
export interface AwsAccount {
  /** Account id: 12 digits, for example `123456789012`. */
  readonly id: string;
  /** Region, for example `us-east-1`. */
  readonly region: string;
  /**
   * Partition of the account.
   * @default - the partition of the region
   */
  readonly partition?: AwsPartition;
}

/** Source of a pattern that matches the name of each partition. */
export const ANY_PARTITION = Object.keys(AWS_PARTITIONS).join('|');

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

/** An account whose region lies in its partition. A partition that is set allows regions that the library does not know. */
export const awsAccount: Rule = all(
  knownAtSynth(
    shape<AwsAccount>({
      id: awsAccountId,
      region,
      partition: optional(knownAtSynth(oneOf(Object.keys(AWS_PARTITIONS)))),
    }),
  ),
  rule(
    'have a region of a known partition',
    (value) => {
      const { partition, region: name } = value as AwsAccount;
      return partition !== undefined || partitionOfRegion(name) !== undefined;
    },
    () => 'Correct the region, or set partition for a region that AWS has added.',
  ),
  rule(
    'have a region of its partition',
    (value) => {
      const { partition, region: name } = value as AwsAccount;
      return partition === undefined || [undefined, partition].includes(partitionOfRegion(name));
    },
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
  /^arn:aws[\w-]*:iam::\d{12}:role\/([\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/,
  'be the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME',
);

/** Partition of an account. */
export function partitionOf({ partition, region: name }: AwsAccount): AwsPartition {
  return partition ?? partitionOfRegion(name) ?? 'aws';
}

/** Host name of a service in the region of an account. */
export function serviceHostOf(account: AwsAccount, service: string): string {
  return `${service}.${account.region}.${AWS_PARTITIONS[partitionOf(account)].dnsSuffix}`;
}

/** Address of the console in the region of an account. Undefined where AWS does not publish the host. */
export function consoleUrlOf(account: AwsAccount): string | undefined {
  const { consoleHost } = AWS_PARTITIONS[partitionOf(account)];
  return consoleHost && `https://${account.region}.${consoleHost}`;
}

/** ARN of a resource of IAM, for example `role/NAME`. */
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
