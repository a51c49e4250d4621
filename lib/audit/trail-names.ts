import type { Construct } from 'constructs';
import { oncePer } from '../core/registry';
import { refuse } from '../core/validation';

/**
 * Default name of a trail. It does not contain the construct path: a new name replaces the stores, and the records are
 * lost.
 */
export const DEFAULT_NAME = 'audit';

/**
 * Reserves the name of a trail in a project or an account. Trails of one name replace each other's resources.
 * @param owner noun and id, for example `project my-project`
 */
export function reserveName(trail: Construct, owner: string, name: string): void {
  const names = oncePer(trail.node.root, 'audit-trails', () => new Map<string, string>());
  const key = `${owner} ${name}`;
  const first = names.get(key);
  if (first === undefined) {
    names.set(key, trail.node.path);
    return;
  }
  trail.node.scope?.node.tryRemoveChild(trail.node.id);
  refuse(trail, {
    property: 'name',
    value: name,
    rule: `be unique among the trails of the ${owner}: ${first} has this name`,
    fix: 'Use the existing trail, or set another name.',
  });
}
