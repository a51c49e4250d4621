import { decideAwsPolicy, decideAwsTrust } from './aws/decide-aws';
import { decideCondition } from './google/decide-condition';
import { decideCustomRole } from './google/decide-custom-role';
import {
  decideAccessPolicy,
  decideAllowPolicy,
  decideDenyPolicy,
  decideMembers,
} from './google/policy/decide-google-policy';
import { decideRbac } from './kubernetes/decide-rbac';
import { unknown, Undecided, type Relation } from './relation';

/** Decides for two documents of one kind whether B allows everything that A allows. */
export type Decision = (a: unknown, b: unknown) => Relation;

/** Kind of the documents that `decide` compares. */
export type DocumentKind =
  | 'aws-policy'
  | 'aws-trust'
  | 'gcp-access-policy'
  | 'gcp-condition'
  | 'gcp-custom-role'
  | 'gcp-deny-policy'
  | 'gcp-members'
  | 'gcp-policy'
  | 'rbac';

const DECISIONS: Readonly<Record<DocumentKind, Decision>> = {
  'aws-policy': decideAwsPolicy,
  'aws-trust': decideAwsTrust,
  'gcp-access-policy': decideAccessPolicy,
  'gcp-condition': decideCondition,
  'gcp-custom-role': decideCustomRole,
  'gcp-deny-policy': decideDenyPolicy,
  'gcp-members': decideMembers,
  'gcp-policy': decideAllowPolicy,
  rbac: decideRbac,
};

/** Names of all kinds, sorted. */
export const documentKinds = Object.keys(DECISIONS).sort() as readonly DocumentKind[];

/**
 * Decides whether document B allows everything that document A allows. The answer is exact: what the decision does
 * not understand is `unknown`, with the reason.
 */
export function decide(kind: DocumentKind, a: unknown, b: unknown): Relation {
  const decision: Decision | undefined = DECISIONS[kind];
  if (!decision) return unknown(`"${String(kind)}" is not a kind of document.`);
  try {
    return decision(a, b);
  } catch (error) {
    if (error instanceof Undecided) return unknown(error.message);
    throw error;
  }
}
