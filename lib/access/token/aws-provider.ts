import type { ModelResource } from '../../model/model';
import { isModelObject } from '../../model/values/value';
import { evaluateConditions, type RequestContext } from '../decide/aws/evaluate-conditions';
import { isPattern, patternOf } from '../permissions/aws-pattern';
import { statementsOf, type AwsStatement } from '../edges/aws-statement';
import { allTexts, anyText, argument, argumentList, type ReadContext } from '../edges/reader';
import { textsOf, type TokenClaims } from './claims';
import { resultOf, type TokenExplanation, type TokenStep } from './explanation';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** Explains a token for an OpenID Connect provider of AWS: the roles that the token can assume. */
export function explainAwsToken(
  provider: ModelResource,
  claims: TokenClaims,
  context: ReadContext,
): TokenExplanation {
  const url = anyText(argument(provider, 'url', context)).replace(/^https:\/\//, '');
  const admitted = [checkIssuer(url, claims), checkAudience(provider, claims, context)];
  const roles = context.index.model.stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'aws_iam_role')
    .flatMap((role) => checkRole(role, { provider, url, claims }, context));
  const accepted = roles.filter(({ result }) => result === 'accepts');
  // One role that accepts is enough: the token chooses the role.
  const trust: readonly TokenStep[] =
    accepted.length > 0
      ? accepted
      : roles.length > 0
        ? roles
        : [{ stage: 'trust', result: 'rejects', text: 'No role of these stacks trusts the provider.' }];
  const isAdmitted = resultOf(admitted) !== 'rejects';
  return {
    provider: provider.address,
    result: resultOf([...admitted, ...trust]),
    steps: [...admitted, ...trust],
    attributes: {},
    identities: isAdmitted ? accepted.flatMap(({ address }) => address ?? []) : [],
  };
}

function checkIssuer(url: string, { iss }: TokenClaims): TokenStep {
  const [given = 'none'] = textsOf(iss);
  if (url.includes('${')) {
    return { stage: 'issuer', result: 'unknown', text: `The issuer ${url} is known after apply.` };
  }
  return given.replace(/^https:\/\//, '') === url
    ? { stage: 'issuer', result: 'accepts', text: `iss is ${given}.` }
    : {
        stage: 'issuer',
        result: 'rejects',
        text: `iss must be https://${url} (got ${given}).`,
        remedy: 'Use the provider of this issuer.',
      };
}

function checkAudience(provider: ModelResource, { aud }: TokenClaims, context: ReadContext): TokenStep {
  const given = textsOf(aud);
  const allowed = argumentList(provider, 'client_id_list', context).map(anyText);
  if (given.some((each) => allowed.includes(each))) {
    return { stage: 'audience', result: 'accepts', text: `aud is ${given.join(', ')}.` };
  }
  return {
    stage: 'audience',
    result: allowed.some((each) => each.includes('${')) ? 'unknown' : 'rejects',
    text: `aud must be ${allowed.join(' or ') || 'in client_id_list'} (got ${given.join(', ') || 'none'}).`,
    remedy: 'Request the token for this audience, or add the audience to client_id_list.',
  };
}

interface Exchange {
  readonly provider: ModelResource;
  readonly url: string;
  readonly claims: TokenClaims;
}

/** Result of a role whose trust policy names the provider. */
function checkRole(role: ModelResource, exchange: Exchange, context: ReadContext): readonly TokenStep[] {
  const document = context.index.document(role.stack, argument(role, 'assume_role_policy', context));
  if (document.kind !== 'parsed') return [];
  const statements = statementsOf(document).filter((each) => isAbout(each, role, exchange, context));
  const allowing = statements.filter(({ effect }) => effect === 'allow');
  if (allowing.length === 0) return [];
  const request = contextOf(exchange);
  const denied = statements.find((each) => each.effect === 'deny' && failuresOf(each, request).length === 0);
  const name = anyText(argument(role, 'name', context)) || role.address;
  const step = (result: TokenStep['result'], text: string, remedy?: string): TokenStep => ({
    stage: 'trust',
    result,
    text,
    ...(remedy && { remedy }),
    address: role.address,
  });
  if (denied)
    return [step('rejects', `${denied.path} of the trust policy of role ${name} denies the token.`)];
  const failures = allowing.map((each) => failuresOf(each, request));
  if (failures.some((each) => each.length === 0)) {
    return [step('accepts', `The token can assume role ${name}.`)];
  }
  const [fewest = []] = [...failures].sort((a, b) => a.length - b.length);
  return [
    step(
      fewest.some(({ isUnknown }) => isUnknown) ? 'unknown' : 'rejects',
      `The trust policy of role ${name} does not accept the token: ${fewest.map(({ text }) => text).join('; ')}.`,
      'Change the condition of the trust policy, or send a token whose claims satisfy it.',
    ),
  ];
}

function isAbout(
  { actions, principals }: AwsStatement,
  role: ModelResource,
  { provider, url }: Exchange,
  context: ReadContext,
): boolean {
  const ofProvider = context.directory.nodeOf(provider);
  return (
    actions.some((action) => patternOf(action, 'i').test(ACTION)) &&
    principals.some(
      ([kind, value]) =>
        kind === 'Federated' &&
        (anyText(value).endsWith(`oidc-provider/${url}`) ||
          context.directory.referenced(role.stack, value) === ofProvider),
    )
  );
}

/** Condition keys of a token: `ISSUER:CLAIM`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
function contextOf({ url, claims }: Exchange): RequestContext {
  return new Map(
    Object.entries(claims).flatMap(([name, value]) => {
      const values = [value].flat().filter((each) => each !== null && typeof each !== 'object');
      return values.length === 0 ? [] : [[`${url}:${name}`.toLowerCase(), values.map(String)] as const];
    }),
  );
}

interface Failure {
  readonly text: string;
  readonly isUnknown: boolean;
}

/** Keys of a condition that the token does not satisfy. The caller chooses the name of the session. */
function failuresOf({ condition = {} }: AwsStatement, request: RequestContext): readonly Failure[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isModelObject(keys) ? keys : {}).flatMap(([key, wanted = null]) => {
      if (/^sts:/i.test(key)) return [];
      const values = allTexts(wanted);
      const result = evaluateConditions({ [operator]: { [key]: values } }, request, undefined);
      if (result === true) return [];
      const given = request
        .get(key.toLowerCase())
        ?.map((each) => JSON.stringify(each))
        .join(', ');
      const claim = key.replace(/^.*:/, '');
      return [
        {
          text: `${operator} ${key} must be ${values.map((each) => JSON.stringify(each)).join(' or ')} (${claim} is ${given ?? 'missing'})${hint(operator, values)}`,
          isUnknown: result === undefined || values.some((each) => each.includes('${')),
        },
      ];
    }),
  );
}

/** A pattern in an operator that compares texts exactly never matches. */
function hint(operator: string, values: readonly string[]): string {
  return operator === 'StringEquals' && values.some((each) => isPattern(each))
    ? '; StringEquals reads * and ? as characters: use StringLike'
    : '';
}
