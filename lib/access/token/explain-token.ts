import { nearest } from '../../core/names';
import type { Model, ModelResource } from '../../model/model';
import { readAccess } from '../access-graph';
import { PROVIDER } from '../edges/google-federation';
import { explainAwsToken } from './aws-provider';
import { ClaimsError, type TokenClaims } from './claims';
import type { TokenExplanation } from './explanation';
import { explainGoogleToken } from './google-provider';

const AWS_PROVIDER = 'aws_iam_openid_connect_provider';

/**
 * Explains what an identity provider makes of a token: issuer, audience, attribute mapping, condition, and the members
 * or roles that accept it, in the order of the exchange.
 * @param model stacks with the provider
 * @param claims claims of the token, without its signature
 * @param provider Terraform address of a `google_iam_workload_identity_pool_provider` or an
 * `aws_iam_openid_connect_provider`
 * @throws ClaimsError if the model has no such provider
 */
export function explainToken(model: Model, claims: TokenClaims, provider: string): TokenExplanation {
  const resource = providerAt(model, provider);
  const context = readAccess(model);
  return resource.type === PROVIDER
    ? explainGoogleToken(resource, claims, context)
    : explainAwsToken(resource, claims, context);
}

function providerAt({ stacks }: Model, address: string): ModelResource {
  const providers = stacks
    .flatMap(({ resources }) => resources)
    .filter(({ mode, type }) => mode === 'managed' && [PROVIDER, AWS_PROVIDER].includes(type));
  const found = providers.find((each) => each.address === address || each.constructPath === address);
  if (found !== undefined) return found;
  const addresses = providers.map((each) => each.address);
  const meant = nearest(address, addresses);
  const list = addresses.length === 0 ? 'The stacks have none.' : `They have ${addresses.join(', ')}.`;
  const hint = meant === undefined ? list : `Did you mean "${meant}"?`;
  throw new ClaimsError(`--provider must be the address of an identity provider (got "${address}"). ${hint}`);
}
