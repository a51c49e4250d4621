import { Token } from 'cdktf';
import type { Report } from '../core/rules';

/** A key and the location that it must have. */
export interface LocatedKey {
  /** Property of the key. */
  readonly property: string;
  /** Name of the key. */
  readonly key: string | undefined;
  /** Location of the data that the key encrypts: a region, or `global`. */
  readonly location: string;
}

/**
 * Reports a key of another location than the data. Tokens are not compared. Each service states the rule:
 * https://cloud.google.com/kms/docs/cmek#cmek_integrations
 */
export function checkKeyLocation({ property, key, location }: LocatedKey, report: Report): void {
  if (typeof key !== 'string' || Token.isUnresolved(key) || Token.isUnresolved(location)) return;
  const found = /^projects\/[^/]+\/locations\/([^/]+)\//.exec(key)?.[1];
  if (found === undefined || found === location) return;
  report({
    property,
    value: key,
    rule: `be a key in the location of what it encrypts (${location})`,
    fix: `Use a key of a key ring in ${location}.`,
  });
}
