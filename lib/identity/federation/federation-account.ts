import type { Report } from '../../core/rules';
import type { AwsAccount } from '../../aws/account';
import type { IAwsToGoogleFederation } from './aws-to-google-federation-props';

/** Checks that the federation accepts roles of the account of the construct. */
export function checkSameAccount(
  { account, federation }: { readonly account: AwsAccount; readonly federation: IAwsToGoogleFederation },
  report: Report,
): void {
  if (account.id === federation.account.id) return;
  report({
    property: 'account.id',
    value: account.id,
    rule: `be the account of the federation (${federation.account.id})`,
    fix: 'Use a federation of this account.',
  });
}

/**
 * Derives the account of a construct from a federation, which accepts roles of its account alone.
 * @param federation federation of the construct, if it is not a prop of that name
 */
export function withFederationAccount<
  P extends { readonly account?: AwsAccount; readonly federation?: { readonly account: AwsAccount } },
>(given: P, federation: { readonly account: AwsAccount } | undefined = given?.federation): P {
  const account = given?.account ?? federation?.account;
  return account === undefined ? given : { ...given, account };
}
