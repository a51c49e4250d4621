import { Undecided, type Relation } from '../../relation';
import { comparePolicies } from './compare';
import { readAccessPolicy } from './read-access-policy';
import { readAllowPolicy, readMemberList } from './read-allow-policy';
import { readDenyPolicy } from './read-deny-policy';
import type { GoogleRequest } from './request';
import type { GooglePolicy } from './statement';

/** A document as a value: JSON text is parsed. */
function parsed(document: unknown, path: string): unknown {
  if (typeof document !== 'string' || !/^\s*[[{]/.test(document)) return document;
  try {
    return JSON.parse(document);
  } catch {
    throw new Undecided(`${path} must be JSON.`);
  }
}

type Reader = (document: unknown, path: string) => GooglePolicy;

const decisionOf =
  (read: Reader) =>
  (a: unknown, b: unknown): Relation<GoogleRequest> =>
    comparePolicies(read(parsed(a, 'Document A'), 'Document A'), read(parsed(b, 'Document B'), 'Document B'));

/** Decides two lists of members of one role. */
export const decideMembers = decisionOf(readMemberList);

/** Decides two allow policies: roles, members and conditions. */
export const decideAllowPolicy = decisionOf(readAllowPolicy);

/** Decides two deny policies. A allows more if it denies less. */
export const decideDenyPolicy = decisionOf(readDenyPolicy);

/** Decides two access policies: rules that allow and deny. */
export const decideAccessPolicy = decisionOf(readAccessPolicy);
