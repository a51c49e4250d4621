import { TerraformProvider, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { oncePer } from '../core/registry';
import type { AwsAccount } from './account';

/** Arguments of an AWS provider that name where it works. */
interface ProviderPlace {
  readonly region?: string;
  readonly allowedAccountIds?: readonly string[];
}

/**
 * Validates at synth that the provider of a construct works in its account and region. The provider decides where
 * resources are created; `account` decides their ARNs. Both lists of the provider are optional, and only plain values
 * are compared.
 * @param provider provider of the construct; the default AWS provider of the stack if omitted
 */
export function expectProviderIn(
  construct: IConstruct,
  account: AwsAccount,
  provider?: TerraformProvider,
): void {
  const stack = TerraformStack.of(construct);
  const key = `provider ${provider?.fqn ?? 'aws'} in ${account.id} ${account.region}`;
  oncePer(stack, key, () =>
    construct.node.addValidation({
      validate: () => placeProblems(construct, account, provider ?? defaultProvider(stack)),
    }),
  );
}

function defaultProvider(stack: TerraformStack): TerraformProvider | undefined {
  return stack.node
    .findAll()
    .find(
      (each): each is TerraformProvider =>
        each instanceof TerraformProvider && each.terraformResourceType === 'aws' && each.alias === undefined,
    );
}

function placeProblems(construct: IConstruct, account: AwsAccount, provider?: TerraformProvider): string[] {
  if (provider === undefined) return [];
  const { region, allowedAccountIds } = provider as ProviderPlace;
  const of = `the AWS provider ${provider.node.path}`;
  return [
    ...(region === undefined || Token.isUnresolved(region) || region === account.region
      ? []
      : [
          `${construct.node.path}: account.region must be the region of ${of}, which is ${region} (got "${account.region}"). Change one of the two, or pass another awsProvider.`,
        ]),
    ...(allowedAccountIds === undefined ||
    Token.isUnresolved(allowedAccountIds) ||
    allowedAccountIds.some((id) => Token.isUnresolved(id) || id === account.id)
      ? []
      : [
          `${construct.node.path}: account.id must be one of allowedAccountIds of ${of} (got "${account.id}"). Change one of the two, or pass another awsProvider.`,
        ]),
  ];
}
