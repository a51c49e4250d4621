import { Construct, type IConstruct } from 'constructs';

// A registered symbol is the same in two copies of the package, so that both share the values of one scope.
const REGISTRY = Symbol.for('cdktf-multicloud.registry');

interface RegistryOwner {
  [REGISTRY]?: Map<string, unknown>;
}

/**
 * Returns the one value of a scope under a key. The first call creates the value; later calls return the same value,
 * and so do calls from a second copy of the package.
 * @param scope construct that owns the value: the stack, or the root of the app
 * @param key name of the value, unique within the library
 * @param create creates the value; when it throws, nothing is stored
 */
export function oncePer<T>(scope: IConstruct, key: string, create: () => T): T {
  const values = registryOf(scope);
  if (!values.has(key)) values.set(key, create());
  return values.get(key) as T;
}

/** Parent of resources that constructs of a scope share. Its id is fixed, so that no user decides on the addresses. */
export function sharedParent(scope: Construct, id: string): Construct {
  return oncePer(scope, id, () => new Construct(scope, id));
}

/** The property is not enumerable, so that a construct prints and compares as before. */
function registryOf(scope: IConstruct & RegistryOwner): Map<string, unknown> {
  const found = scope[REGISTRY];
  if (found) return found;
  const values = new Map<string, unknown>();
  Object.defineProperty(scope, REGISTRY, { value: values });
  return values;
}
