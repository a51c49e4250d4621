import { Undecided, type Relation } from '../relation';
import { comparePolicies, type ReadDocument } from './compare';
import { parseDocument, readPolicy, type Statement } from './document';
import type { AwsRequest } from './request';

function read(
  document: unknown,
  name: string,
  check: (statement: Statement, path: string) => void,
): ReadDocument {
  const parsed = parseDocument(document, name);
  const statements = readPolicy(parsed, name);
  statements.forEach((statement, index) => check(statement, `Document ${name}, statement ${index + 1}`));
  return { document: parsed, statements };
}

function checkPolicy(statement: Statement, path: string): void {
  if (!statement.resources && !statement.principals) throw new Undecided(`${path}: Resource is required.`);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html for NotPrincipal. */
function checkTrust(statement: Statement, path: string): void {
  if (statement.resources) throw new Undecided(`${path}: Resource must be omitted in a trust policy.`);
  if (!statement.principals) throw new Undecided(`${path}: Principal is required in a trust policy.`);
  if (statement.principals.negated)
    throw new Undecided(`${path}: NotPrincipal must be omitted in a trust policy.`);
}

/** Decides two policies of identities, or two policies of resources. */
export function decideAwsPolicy(a: unknown, b: unknown): Relation<AwsRequest> {
  const [left, right] = [read(a, 'A', checkPolicy), read(b, 'B', checkPolicy)];
  const names = new Set(
    [...left.statements, ...right.statements].map((each) => each.principals !== undefined),
  );
  if (names.size > 1) {
    throw new Undecided(
      'Some statements have a principal and others have none, so the policies are of two types.',
    );
  }
  return comparePolicies(left, right);
}

/** Decides two trust policies of a role. */
export function decideAwsTrust(a: unknown, b: unknown): Relation<AwsRequest> {
  return comparePolicies(read(a, 'A', checkTrust), read(b, 'B', checkTrust));
}
