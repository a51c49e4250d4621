import { descriptionOf, type Justification } from '../core/justification';
import { integer, knownAtSynth, matching, rule, type Rule } from '../core/rules';
import { partitionOf, type AwsAccount } from './account';

/** Days that CloudWatch Logs can keep a log group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const retentionDays: Rule = knownAtSynth(
  rule(
    `be one of the retention periods of CloudWatch Logs: ${RETENTIONS.join(', ')} days`,
    (value) => RETENTIONS.includes(value as number),
    (value) => {
      const longer = typeof value === 'number' ? RETENTIONS.find((days) => days >= value) : undefined;
      return longer === undefined ? undefined : `Use ${longer}.`;
    },
  ),
);

export const memoryMb: Rule = knownAtSynth(integer(128, 10_240));

/**
 * The ARN of a KMS key, never of an alias: IAM grants use of a key on the key alone.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export const kmsKeyArn: Rule = matching(
  /^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/\S+$/,
  'be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID',
  (value) => (/(^|:)alias\//.test(value) ? 'Use the ARN of the key of this alias.' : undefined),
);

/** ARN of an action of an alarm. */
export const actionArn: Rule = matching(
  /^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:\S+$/,
  'be an ARN, for example of an SNS topic',
);

/** ARN of a resource of an account, in its region. */
export function arnOf(account: AwsAccount, service: string, thing: string): string {
  return `arn:${partitionOf(account)}:${service}:${account.region}:${account.id}:${thing}`;
}

/**
 * The justification as the description of a role. IAM accepts Latin letters only; the comment of the role has the whole
 * text. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function roleDescription(justification: Justification): string {
  return descriptionOf(justification).replace(/[^\x20-\x7e\xa1-\xff]/gu, '?');
}
