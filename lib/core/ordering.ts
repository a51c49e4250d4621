import { TerraformStack, type ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';

/** `dependsOn`, or nothing where there is nothing to wait for. */
export function undefinedIfEmpty<T>(resources: T[]): T[] | undefined {
  return resources.length > 0 ? resources : undefined;
}

/** A resource that others can wait for. */
export type AwaitedResource = ITerraformDependable & IConstruct;

/**
 * Entries of `dependsOn` that order a resource in the stack of `waiter` after `resources`. Those of the same
 * stack are returned; for those of another the stacks are ordered (`cdktf deploy` applies them in turn),
 * because `depends_on` ends at the border of a stack and a reference would read its remote state.
 */
export function dependenciesWithin(
  waiter: IConstruct,
  resources: readonly AwaitedResource[],
): AwaitedResource[] {
  if (resources.length === 0) return [];
  const stack = TerraformStack.of(waiter);
  return resources.filter((resource) => {
    const other = TerraformStack.of(resource);
    if (other === stack) return true;
    stack.addDependency(other);
    return false;
  });
}
