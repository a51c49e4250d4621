import type { ModelResource } from '../../model/model';
import { isModelObject } from '../../model/values/value';
import { anyText, argument, argumentList, knownText, type ReadContext } from '../edges/reader';
import { textsOf, type TokenClaims } from './claims';
import { resultOf, type TokenExplanation, type TokenStep } from './explanation';
import { checkCondition } from './google-condition';
import { mapToken } from './google-mapping';
import { checkMembers } from './google-members';

/** Mapping of a provider for AWS that states none. https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds */
export const AWS_MAPPING = {
  'google.subject': 'assertion.arn',
  'attribute.aws_role':
    "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
} as const;

/** Explains a token for a workload identity provider of Google. */
export function explainGoogleToken(
  provider: ModelResource,
  claims: TokenClaims,
  context: ReadContext,
): TokenExplanation {
  const mapped = mapToken(mappingOf(provider, context), claims);
  const condition = argument(provider, 'attribute_condition', context);
  const admitted: readonly TokenStep[] = [
    checkState(provider, context),
    ...checkIssuer(provider, claims, context),
    ...checkAudience(provider, claims, context),
    ...checkLifetime(claims),
    ...mapped.steps,
    condition !== undefined && knownText(condition) === undefined
      ? { stage: 'condition', result: 'unknown', text: 'The condition is known after apply.' }
      : checkCondition(knownText(condition), claims, mapped),
  ];
  const members = checkMembers(provider, mapped.attributes, context);
  const steps = [...admitted, ...members.steps];
  return {
    provider: provider.address,
    result: resultOf(steps),
    steps,
    attributes: mapped.attributes,
    identities: resultOf(admitted) === 'rejects' ? [] : members.names,
  };
}

/** CEL expressions by attribute. */
export function mappingOf(
  provider: ModelResource,
  context: ReadContext,
): Readonly<Record<string, string | undefined>> {
  const mapping = argument(provider, 'attribute_mapping', context);
  if (isModelObject(mapping)) {
    return Object.fromEntries(Object.entries(mapping).map(([name, value]) => [name, knownText(value)]));
  }
  return argument(provider, 'aws.account_id', context) === undefined ? {} : AWS_MAPPING;
}

function checkState(provider: ModelResource, context: ReadContext): TokenStep {
  const disabled = argument(provider, 'disabled', context) === true;
  return disabled
    ? {
        stage: 'provider',
        result: 'rejects',
        text: 'The provider is disabled.',
        remedy: 'Remove disabled from the provider.',
      }
    : { stage: 'provider', result: 'accepts', text: 'The provider is enabled.' };
}

/** The issuer of a token of AWS is the account in its ARN. */
function checkIssuer(
  provider: ModelResource,
  claims: TokenClaims,
  context: ReadContext,
): readonly TokenStep[] {
  const account = argument(provider, 'aws.account_id', context);
  const [name, wanted] =
    account === undefined ? ['iss', argument(provider, 'oidc.issuer_uri', context)] : ['account', account];
  if (wanted === undefined) return [];
  const [given] = textsOf(claims[name]);
  const text = anyText(wanted);
  if (knownText(wanted) === undefined) {
    return [{ stage: 'issuer', result: 'unknown', text: `The issuer ${text} is known after apply.` }];
  }
  return given === text
    ? [{ stage: 'issuer', result: 'accepts', text: `${name} is ${text}.` }]
    : [
        {
          stage: 'issuer',
          result: 'rejects',
          text: `${name} must be ${text} (got ${given ?? 'none'}).`,
          remedy: 'Use the provider of this issuer, or change the issuer of the provider.',
        },
      ];
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#oidc */
function checkAudience(
  provider: ModelResource,
  claims: TokenClaims,
  context: ReadContext,
): readonly TokenStep[] {
  if (argument(provider, 'oidc.issuer_uri', context) === undefined) return [];
  const given = textsOf(claims.aud);
  const allowed = argumentList(provider, 'oidc.allowed_audiences', context).map(anyText);
  const pool = anyText(argument(provider, 'workload_identity_pool_id', context));
  const id = anyText(argument(provider, 'workload_identity_pool_provider_id', context));
  const suffix = `/locations/global/workloadIdentityPools/${pool}/providers/${id}`;
  // The number of the project is not in the configuration.
  const isDefault = (audience: string) =>
    /^(?:https:)?\/\/iam\.googleapis\.com\/projects\/\d+(\/.*)$/.exec(audience)?.[1] === suffix;
  const accepts = given.some((each) => (allowed.length > 0 ? allowed.includes(each) : isDefault(each)));
  if (accepts) return [{ stage: 'audience', result: 'accepts', text: `aud is ${given.join(', ')}.` }];
  const wanted =
    allowed.length > 0 ? allowed.join(' or ') : `https://iam.googleapis.com/projects/NUMBER${suffix}`;
  const isUnknown = allowed.some((each) => each.includes('${'));
  return [
    {
      stage: 'audience',
      result: isUnknown ? 'unknown' : 'rejects',
      text: `aud must be ${wanted} (got ${given.join(', ') || 'none'}).`,
      remedy: 'Request the token for this audience, or add the audience to allowed_audiences.',
    },
  ];
}

const DAY_SECONDS = 86_400;

/** A token must be valid for one day at most. https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers */
function checkLifetime({ iat, exp }: TokenClaims): readonly TokenStep[] {
  if (typeof iat !== 'number' || typeof exp !== 'number') return [];
  if (exp - iat <= DAY_SECONDS) return [];
  return [
    {
      stage: 'lifetime',
      result: 'rejects',
      text: `exp must be at most ${DAY_SECONDS} seconds after iat (got ${exp - iat}).`,
      remedy: 'Request a token with a shorter lifetime.',
    },
  ];
}
