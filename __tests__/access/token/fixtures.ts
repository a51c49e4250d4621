import { explainToken } from '../../../lib/access/token/explain-token';
import { readClaims } from '../../../lib/access/token/claims';
import { readSynthesizedStack, type Model } from '../../../lib/model';

/** A model of one stack with resources as Terraform's JSON has them. */
export const modelOf = (resource: object): Model => ({
  stacks: [readSynthesizedStack({ resource }, { name: 'prod' })],
});

export const ISSUER = 'https://token.actions.githubusercontent.com';

/** Claims of a token of GitHub for Google Cloud. */
export const claims = {
  iss: ISSUER,
  aud: 'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci/providers/github',
  sub: 'repo:acme/shop:ref:refs/heads/main',
  repository: 'acme/shop',
  ref: 'refs/heads/main',
  iat: 1_800_000_000,
  exp: 1_800_000_300,
};

export const explained = (model: Model, token: object, address: string) =>
  explainToken(model, readClaims(JSON.stringify(token)), address);

/** The first part that does not accept the token. */
export const firstOf = (model: Model, token: object, address: string) =>
  explained(model, token, address).steps.find(({ result }) => result !== 'accepts');
