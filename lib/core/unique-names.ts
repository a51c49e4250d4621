import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { oncePer } from './registry';
import type { Report } from './rules';
import { refuse } from './validation';

/** A physical name that a cloud accepts once. */
export interface UniqueName {
  /** Property of the name. */
  readonly property: string;
  /** The name. */
  readonly name: string;
  /**
   * Value of the property, if the name derives from it.
   * @default - the name
   */
  readonly value?: string;
  /** Names that it must differ from, in the plural: `service accounts of the project my-project`. */
  readonly among: string;
}

/**
 * Reports a name that another construct of the app has, in any stack. Without the check, the second apply fails with
 * "already exists", or two stacks overwrite one resource in turn. Names with tokens are not compared.
 */
export function checkUniqueName(construct: IConstruct, unique: UniqueName, report: Report): void {
  const { property, name, value = name, among } = unique;
  if (typeof name !== 'string' || Token.isUnresolved(name) || Token.isUnresolved(among)) return;
  const owners = oncePer(construct.node.root, 'unique names', () => new Map<string, IConstruct>());
  const key = JSON.stringify([among, name]);
  const owner = owners.get(key);
  if (owner === undefined || owner === construct || !isInTree(owner)) {
    owners.set(key, construct);
    return;
  }
  report({
    property,
    value,
    rule: `be unique among the ${among}, in all stacks of the app`,
    fix: `The construct ${owner.node.path} has this name. Choose another name.`,
  });
}

/** The same check, for a construct without other rules. */
export function requireUniqueName(construct: IConstruct, unique: UniqueName): void {
  checkUniqueName(construct, unique, (problem) => refuse(construct, problem));
}

/** A construct that its validation rejected is no longer in the tree, and its name is free. */
function isInTree(construct: IConstruct): boolean {
  return construct.node.scopes.every(
    ({ node }, index, scopes) => index === 0 || scopes[index - 1]?.node.tryFindChild(node.id)?.node === node,
  );
}
