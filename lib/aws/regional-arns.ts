import { differ, type Report } from '../core/rules';
import { isToken } from '../core/token-values';
import type { AwsAccount } from './account';

/** ARNs of props that a resource of one region uses. */
export interface RegionalArns {
  readonly account?: AwsAccount;
  readonly kmsKeyArn?: string;
  readonly alarmActions?: readonly string[];
}

/**
 * Reports a key or an alarm action of another region than the account has. A key encrypts in its region only, a
 * multi-region key included, and an alarm publishes to topics of its region.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function checkRegionalArns({ account, kmsKeyArn, alarmActions }: RegionalArns, report: Report): void {
  const region = account?.region;
  const check = (property: string, arn: string | undefined) => {
    if (typeof arn !== 'string' || isToken(arn) || region === undefined) return;
    const own = arn.split(':')[3];
    if (own === undefined || own === '' || !differ(own, region)) return;
    const rule = `be in the region of the account (${region})`;
    report({ property, value: arn, rule, fix: `Use one of ${region}.` });
  };
  check('kmsKeyArn', kmsKeyArn);
  alarmActions?.forEach((arn, index) => check(`alarmActions[${index}]`, arn));
}
