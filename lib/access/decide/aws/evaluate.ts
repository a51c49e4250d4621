import { allOf, anyOf, evaluateConditions, type RequestContext, type Result } from './evaluate-conditions';
import { expand, isLike, type Lookup } from './evaluate-text';
import type { AwsPrincipal, AwsRequest } from './request';

/*
 * Evaluation of one request against one policy, written from
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * It confirms witnesses, and shares no code with the decision.
 */

type Element = string | readonly string[];
type PrincipalElement = '*' | Readonly<Record<string, Element>>;

interface RawStatement {
  readonly Effect: string;
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: Element;
  readonly NotAction?: Element;
  readonly Resource?: Element;
  readonly NotResource?: Element;
  readonly Condition?: unknown;
}

const listOf = (element: Element): readonly string[] => (typeof element === 'string' ? [element] : element);

/** Whether a listed principal is the caller (`self`), or includes the caller (`included`). */
function coverage(type: string, listed: string, caller: AwsPrincipal): 'self' | 'included' | 'other' {
  if (type === 'AWS' && listed === '*') return 'self';
  if (type !== caller.type) return 'other';
  if (listed === caller.id) return 'self';
  if (type !== 'AWS') return 'other';
  const [, partition, service, , account, name = ''] = caller.id.split(':');
  if (listed === account) return name === 'root' ? 'self' : 'included';
  if (listed === `arn:${partition}:iam::${account}:root`) return 'included';
  const session = service === 'sts' ? /^assumed-role\/([^/]+)\//.exec(name) : null;
  const isRole = listed.startsWith(`arn:${partition}:iam::${account}:role/`);
  return session && isRole && listed.endsWith(`/${session[1]}`) ? 'included' : 'other';
}

function coverages(
  element: PrincipalElement,
  caller: AwsPrincipal,
): readonly ('self' | 'included' | 'other')[] {
  if (element === '*') return ['self'];
  return Object.entries(element).flatMap(([type, listed]) =>
    listOf(listed).map((each) => coverage(type, each, caller)),
  );
}

function matchesPrincipal(statement: RawStatement, caller: AwsPrincipal | undefined): Result {
  const { Principal, NotPrincipal } = statement;
  if (Principal !== undefined) return caller && coverages(Principal, caller).some((each) => each !== 'other');
  if (NotPrincipal === undefined) return true;
  if (!caller) return undefined;
  const found = coverages(NotPrincipal, caller);
  if (found.includes('self')) return false;
  return found.includes('included') ? undefined : true;
}

function matchesAction({ Action, NotAction }: RawStatement, action: string): boolean {
  const matches = (patterns: Element): boolean =>
    listOf(patterns).some((each) =>
      isLike(action.toLowerCase(), expand(each.toLowerCase(), true, undefined) ?? []),
    );
  return Action === undefined ? !matches(NotAction ?? '*') : matches(Action);
}

/** An incomplete ARN is completed with `*`. */
function isResourceLike(pattern: string, resource: string, variables: Lookup | undefined): Result {
  const tokens = expand(pattern, true, variables);
  if (!tokens || !pattern.startsWith('arn:')) return tokens && isLike(resource, tokens);
  const missing = Math.max(0, 6 - pattern.replace(/\$\{.*?\}/g, '').split(':').length);
  const added = Array.from({ length: missing }, () => [':', { wildcard: '*' as const }]).flat();
  return isLike(resource, [...tokens, ...added]);
}

function matchesResource(
  statement: RawStatement,
  resource: string | undefined,
  variables: Lookup | undefined,
): Result {
  const patterns = statement.Resource ?? statement.NotResource;
  if (patterns === undefined) return true;
  if (resource === undefined) return undefined;
  const matches = anyOf(listOf(patterns).map((each) => isResourceLike(each, resource, variables)));
  if (statement.Resource !== undefined) return matches;
  return matches === undefined ? undefined : !matches;
}

/**
 * Whether a policy allows a request: a statement allows it, and no statement denies it. `unknown` where AWS does not
 * document the result.
 */
export function evaluate(document: unknown, request: AwsRequest): 'allowed' | 'denied' | 'unknown' {
  const { Version, Statement } = document as {
    Version?: string;
    Statement: RawStatement | readonly RawStatement[];
  };
  const context: RequestContext = new Map(
    Object.entries(request.context).map(([key, values]) => [key.toLowerCase(), values]),
  );
  const variables: Lookup | undefined =
    Version === '2012-10-17' ? (key) => context.get(key.toLowerCase())?.[0] : undefined;
  const matches = (effect: string): Result =>
    anyOf(
      [Statement]
        .flat()
        .filter((each) => each.Effect === effect)
        .map((each) =>
          allOf([
            matchesPrincipal(each, request.principal),
            matchesAction(each, request.action),
            matchesResource(each, request.resource, variables),
            evaluateConditions(each.Condition, context, variables),
          ]),
        ),
    );
  const [denied, allowed] = [matches('Deny'), matches('Allow')];
  if (denied === true || allowed === false) return 'denied';
  return denied === false && allowed === true ? 'allowed' : 'unknown';
}
