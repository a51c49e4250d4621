import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>
  >;
}

interface Written {
  readonly stack: string;
  readonly resources: number;
  readonly path: string;
}

function countResources(path: string): number {
  const { resource = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
    resource?: Record<string, Record<string, unknown>>;
  };
  return Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
}

/** The stacks that an app wrote, each after those that it is deployed after. */
export function writtenStacks(outdir: string): Written[] {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  const order = new Set<string>();
  const add = (stack: string) => {
    stacks[stack]?.dependencies.forEach(add);
    order.add(stack);
  };
  Object.keys(stacks).forEach(add);
  return [...order].map((stack) => {
    const path = join(outdir, stacks[stack]?.synthesizedStackPath ?? '');
    return { stack, resources: countResources(path), path: relative(process.cwd(), path) };
  });
}

/** A table of stacks, for the screen. */
export function table(rows: readonly Written[]): string {
  const width = Math.max(5, ...rows.map(({ stack }) => stack.length));
  const line = (stack: string, resources: string, path: string) =>
    `  ${stack.padEnd(width)}  ${resources.padStart(9)}  ${path}`;
  return [
    line('stack', 'resources', 'written to'),
    ...rows.map(({ stack, resources, path }) => line(stack, String(resources), path)),
  ].join('\n');
}
