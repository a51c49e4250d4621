import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ValidationProblem } from './errors';

/** Package and version of a core, for example `cdktn 0.24.0`. */
type Core = string;

/** Name under which jsii keeps the package of a class, also for subclasses of users. */
const RTTI = Symbol.for('jsii.rtti');

const CLASS_OF_CORE = /^(cdktf|cdktn)\.(App|TerraformStack)$/;

// A class has one core and many constructs.
const cores = new WeakMap<object, Core | ''>();

/**
 * Problem of a construct whose app or stack comes from another core than the library: cdktf and cdktn have the same
 * types, and their mix fails deep in the synthesis without a reason.
 */
export function mixedCores(construct: IConstruct): ValidationProblem | undefined {
  const own = coreOf(TerraformStack);
  for (const scope of construct.node.scopes) {
    const core = coreOf(scope.constructor);
    if (core !== '' && packageOf(core) !== packageOf(own)) return problem(core, own);
  }
  return undefined;
}

function problem(core: Core, own: Core): ValidationProblem {
  const subpath = packageOf(core) === 'cdktn' ? 'cdktf-multicloud/cdktn' : 'cdktf-multicloud';
  return {
    property: 'scope',
    value: core,
    rule: `come from ${own}, the core of this import of the library`,
    fix: `Import this class from "${subpath}" or a subpath of it, for example "${subpath}/gke".`,
  };
}

const packageOf = (core: Core) => core.split(' ')[0];

function coreOf(type: object): Core | '' {
  let found = cores.get(type);
  if (found === undefined) cores.set(type, (found = searchCore(type)));
  return found;
}

/** Searches the class and its superclasses, because a class of another jsii library has the name of that library. */
function searchCore(type: object): Core | '' {
  for (let each: object | null = type; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    const { fqn, version } = (each as { [RTTI]?: { fqn?: string; version?: string } })[RTTI] ?? {};
    const [, name] = CLASS_OF_CORE.exec(fqn ?? '') ?? [];
    if (name !== undefined) return `${name} ${version}`;
  }
  return '';
}
