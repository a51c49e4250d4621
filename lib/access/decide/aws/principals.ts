import { exactly, glob, type Pattern } from '../patterns/pattern';
import type { PrincipalEntry } from './document';

/** Principals that an entry covers, as texts `TYPE:IDENTITY`. */
export interface CoveredPrincipals {
  readonly kind: 'known';
  /** The listed principal itself. */
  readonly self: readonly Pattern[];
  /** Principals that the listed principal includes: those of an account, sessions of a role. */
  readonly included: readonly Pattern[];
}

/** An entry that is not understood. */
export interface OpaquePrincipal {
  readonly kind: 'opaque';
  readonly reason: string;
}

const ACCOUNT = /^\d{12}$/;
const ROOT = /^arn:([\w-]+):iam::(\d+):root$/;
const ROLE = /^arn:([\w-]+):iam::(\d+):role\/(?:[^*?]*\/)?([^*?/]+)$/;
const IDENTITY = /^arn:[\w-]+:(?:iam|sts)::\d+:(?:user|assumed-role|federated-user)\/[^*?]+$/;

const known = (self: readonly Pattern[], included: readonly Pattern[] = []): CoveredPrincipals => ({
  kind: 'known',
  self,
  included,
});

const opaque = (reason: string): OpaquePrincipal => ({ kind: 'opaque', reason });

/** Principals of an account in a partition. A bare account id has one partition, which the policy does not tell. */
function account(partition: Pattern, id: string): CoveredPrincipals {
  const root = [...exactly('AWS:arn:'), ...partition, ...exactly(`:iam::${id}:root`)];
  const included = ['iam', 'sts'].map((service) => [
    ...exactly('AWS:arn:'),
    ...partition,
    ...exactly(`:${service}::${id}:`),
    ...glob('?*'),
  ]);
  return known([root], included);
}

function awsPrincipal(value: string): CoveredPrincipals | OpaquePrincipal {
  if (ACCOUNT.test(value)) return account(glob('?*', { except: ':' }), value);
  const root = ROOT.exec(value);
  if (root) return account(exactly(root[1] ?? ''), root[2] ?? '');
  const role = ROLE.exec(value);
  if (role) {
    const [, partition = '', id = '', name = ''] = role;
    const sessions = glob(`AWS:arn:${partition}:sts::${id}:assumed-role/${name}/?*`);
    return known([exactly(`AWS:${value}`)], [sessions]);
  }
  if (IDENTITY.test(value)) return known([exactly(`AWS:${value}`)]);
  return opaque(
    /[*?]/.test(value)
      ? `AWS rejects a wildcard in a principal: "${value}".`
      : `The principal "${value}" is not an ARN of an account, role, user or session.`,
  );
}

/**
 * Principals of an entry. An account includes all its principals, and a role includes its sessions:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalsOf({ type, value }: PrincipalEntry): CoveredPrincipals | OpaquePrincipal {
  // "*" and { "AWS": "*" } are equivalent, and include anonymous users and services.
  if (type === 'AWS') return value === '*' ? known([glob('*')]) : awsPrincipal(value);
  if (type === 'CanonicalUser') return opaque(`The account of the canonical user "${value}" is not known.`);
  if (/[*?]/.test(value)) return opaque(`AWS rejects a wildcard in a principal: "${value}".`);
  return known([exactly(`${type}:${value}`)]);
}
