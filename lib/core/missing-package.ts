/** Other core that a project can have, and the import of this library for it. */
const OTHER: Readonly<Record<string, string>> = {
  cdktf: 'In a project of cdktn, import from "cdktf-multicloud/cdktn".',
  cdktn: 'In a project of CDK for Terraform, import from "cdktf-multicloud".',
};

/**
 * Loads a module of the library. The peer packages are optional, because a project has one core and the bindings of
 * its clouds. An error about a missing one names the package to install.
 */
export function withPackages<Module>(load: () => Module): Module {
  try {
    return load();
  } catch (error) {
    const missing = missingPackage(error);
    if (missing === undefined) throw error;
    const [name, core] = missing;
    const message = `The package "${name}" is not installed. Run "npm install ${name}". ${OTHER[core]}`;
    throw Object.assign(new Error(message, { cause: error }), { code: 'MODULE_NOT_FOUND' });
  }
}

/** Name of the missing package and of its core. */
function missingPackage(error: unknown): readonly [name: string, core: string] | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') return undefined;
  const [, name, scoped, plain] =
    /^Cannot find module '(@(cdkt[fn])\/[\w-]+|(cdkt[fn]))['/]/.exec(error.message) ?? [];
  const core = scoped ?? plain;
  return name === undefined || core === undefined ? undefined : [name, core];
}
