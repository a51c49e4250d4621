import { isObject } from '../../../core/is-object';
import { Undecided } from '../relation';

/** Values of an element, or everything but these values (`NotAction` and its like). */
export interface Listed<T> {
  readonly negated: boolean;
  readonly values: readonly T[];
}

/** One entry of `Principal`: `{ "AWS": "arn:…" }`. */
export interface PrincipalEntry {
  readonly type: string;
  readonly value: string;
}

/** One key of one operator of a condition block. */
export interface ConditionEntry {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy, with lists in place of single values. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Absent in policies of identities. */
  readonly principals: Listed<PrincipalEntry> | undefined;
  readonly actions: Listed<string>;
  /** Absent in trust policies. */
  readonly resources: Listed<string> | undefined;
  readonly conditions: readonly ConditionEntry[];
  /** Whether `${…}` is a variable. It is text in policies of the version 2008-10-17, which is the default. */
  readonly readsVariables: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** An object with no other properties than these. */
function objectWith(value: unknown, path: string, properties: readonly string[]): Json {
  if (!isObject(value)) throw new Undecided(`${path} must be an object.`);
  const other = Object.keys(value).find((each) => !properties.includes(each));
  if (other !== undefined) throw new Undecided(`${path}: ${other} is not a property.`);
  return value;
}

function texts(value: unknown, path: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Undecided(`${path} must not be empty.`);
  return list.map((each) => {
    if (typeof each === 'string') return each;
    throw new Undecided(`${path} must be a string or a list of strings.`);
  });
}

/** One of an element and its negation. */
function listed<T>(
  statement: Json,
  path: string,
  name: string,
  read: (value: unknown, path: string) => readonly T[],
): Listed<T> | undefined {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) {
    throw new Undecided(`${path}: ${name} must be omitted when Not${name} is set.`);
  }
  if (plain !== undefined) return { negated: false, values: read(plain, `${path}: ${name}`) };
  return negated === undefined ? undefined : { negated: true, values: read(negated, `${path}: Not${name}`) };
}

function principals(value: unknown, path: string): readonly PrincipalEntry[] {
  if (value === '*') return [{ type: 'AWS', value: '*' }];
  const entries = objectWith(value, path, ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  if (Object.keys(entries).length === 0) throw new Undecided(`${path} must not be empty.`);
  return Object.entries(entries).flatMap(([type, each]) =>
    texts(each, `${path}.${type}`).map((text) => ({ type, value: text })),
  );
}

function conditions(value: unknown, path: string): readonly ConditionEntry[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new Undecided(`${path} must be an object.`);
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new Undecided(`${path}.${operator} must be an object.`);
    return Object.entries(keys).map(([key, given]) => {
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      const values = list.map((each) =>
        typeof each === 'boolean' || typeof each === 'number' ? String(each) : each,
      );
      // AWS accepts true and 5 for "true" and "5".
      return {
        operator,
        key,
        values: values.length === 0 ? [] : texts(values, `${path}.${operator}.${key}`),
      };
    });
  });
}

const ELEMENTS = [
  'Sid',
  'Effect',
  ...['Principal', 'Action', 'Resource'].flatMap((each) => [each, `Not${each}`]),
  'Condition',
];

function statement(value: unknown, path: string, readsVariables: boolean): Statement {
  const object = objectWith(value, path, ELEMENTS);
  const effect = object.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new Undecided(`${path}: Effect must be "Allow" or "Deny" (got ${JSON.stringify(effect)}).`);
  }
  const actions = listed(object, path, 'Action', texts);
  if (!actions) throw new Undecided(`${path}: Action is required.`);
  return {
    effect,
    principals: listed(object, path, 'Principal', principals),
    actions,
    resources: listed(object, path, 'Resource', texts),
    conditions: conditions(object.Condition, `${path}: Condition`),
    readsVariables,
  };
}

/** A document as an object: JSON text is parsed. */
export function parseDocument(document: unknown, name: string): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    throw new Undecided(`Document ${name} must be JSON.`);
  }
}

/**
 * Reads a policy. The grammar is that of
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws Undecided when AWS would reject the policy.
 */
export function readPolicy(document: unknown, name: string): readonly Statement[] {
  const policy = objectWith(document, `Document ${name}`, ['Version', 'Id', 'Statement']);
  const version = policy.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new Undecided(
      `Document ${name}: Version must be "2012-10-17" or "2008-10-17" (got ${JSON.stringify(version)}).`,
    );
  }
  if (policy.Statement === undefined) throw new Undecided(`Document ${name}: Statement is required.`);
  const statements: readonly unknown[] = Array.isArray(policy.Statement)
    ? policy.Statement
    : [policy.Statement];
  return statements.map((each, index) =>
    statement(each, `Document ${name}, statement ${index + 1}`, version === '2012-10-17'),
  );
}
