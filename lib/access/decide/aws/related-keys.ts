import type { AwsRequest } from './request';

const accountOf = (arn: string | undefined): string | undefined =>
  /^arn:[^:]*:(?:iam|sts):[^:]*:(\d+):/.exec(arn ?? '')?.[1];

/**
 * Reason why no request has these values together: keys that describe the principal depend on the principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 */
export function contradiction({ principal, context }: AwsRequest): string | undefined {
  const keys = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values[0]]));
  const accounts = [
    principal?.type === 'AWS' ? accountOf(principal.id) : undefined,
    keys.get('aws:principalaccount'),
    accountOf(keys.get('aws:principalarn')),
  ].filter((each) => each !== undefined);
  return new Set(accounts).size > 1
    ? 'The principal, aws:PrincipalArn and aws:PrincipalAccount depend on each other, which is not decided.'
    : undefined;
}
