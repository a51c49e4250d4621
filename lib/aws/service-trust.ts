import type { AwsAccount } from './account';
import { terraformTextJson } from '../core/terraform-json';

/**
 * Trust policy of a role that one AWS service assumes.
 * @param service principal, for example `states.amazonaws.com`
 * @param condition conditions of the trust; a service of any account without them
 */
export function serviceTrust(service: string, condition?: object): string {
  return terraformTextJson({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(condition !== undefined && { Condition: condition }),
      },
    ],
  });
}

/** Condition that a service acts for one resource of the account. */
export function forSource(account: AwsAccount, sourceArn: string): object {
  return { StringEquals: { 'aws:SourceAccount': account.id }, ArnEquals: { 'aws:SourceArn': sourceArn } };
}
