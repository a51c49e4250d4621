import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../lib/core/input-error';

interface Graphviz {
  readonly dot: (text: string) => string;
}

/** Picture of a graph. Graphviz is a separate package, which is loaded only for a picture. */
export async function svgOf(dot: string): Promise<string> {
  const { Graphviz } = await graphvizPackage();
  return (await Graphviz.load()).dot(dot);
}

/** The package of the project, else the one beside this program. */
async function graphvizPackage(): Promise<{ readonly Graphviz: { load(): Promise<Graphviz> } }> {
  const name = '@hpcc-js/wasm-graphviz';
  for (const place of [join(process.cwd(), 'package.json'), __filename]) {
    try {
      const path = createRequire(place).resolve(name);
      return (await import(pathToFileURL(path).href)) as { readonly Graphviz: { load(): Promise<Graphviz> } };
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  throw new InputError(
    `The picture needs the package ${name}. Run "npm install --save-dev ${name}", or use --no-picture.`,
  );
}

function isMissing(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}
