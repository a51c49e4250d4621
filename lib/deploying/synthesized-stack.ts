import type { TerraformStack } from 'cdktf';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of Terraform JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** Configuration of one stack, as `cdk.tf.json` has it. */
export interface StackConfiguration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: Block;
}

/** A stack that an app wrote. */
export interface SynthesizedStack {
  readonly name: string;
  /** Names of the stacks that must exist before the plan of this stack. */
  readonly dependencies: readonly string[];
  readonly configuration: StackConfiguration;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>
  >;
}

/** The stacks in an output folder of CDK for Terraform, each after its dependencies. */
export function stacksIn(outdir: string): SynthesizedStack[] {
  const { stacks } = readJson<Manifest>(outdir, 'manifest.json');
  const order = new Set<string>();
  const add = (name: string) => {
    stacks[name]?.dependencies.forEach(add);
    order.add(name);
  };
  Object.keys(stacks).forEach(add);
  return [...order].flatMap((name) => {
    const stack = stacks[name];
    if (stack === undefined) return [];
    const configuration = readJson<StackConfiguration>(outdir, stack.synthesizedStackPath);
    return [{ name, dependencies: stack.dependencies, configuration }];
  });
}

/** The stacks of an app that is not synthesized yet, with the resources that they have now. */
export function stacksOf(stacks: readonly TerraformStack[]): SynthesizedStack[] {
  return stacks.map((stack) => ({
    name: stack.node.id,
    dependencies: stack.dependencies.map(({ node }) => node.id),
    configuration: JSON.parse(JSON.stringify(stack.toTerraform())) as StackConfiguration,
  }));
}

function readJson<T>(outdir: string, file: string): T {
  try {
    return JSON.parse(readFileSync(join(outdir, file), 'utf8')) as T;
  } catch (cause) {
    throw new Error(
      `outdir must be the output folder of a synthesized app (got "${outdir}"). Reading ${file} failed. Run the synth first.`,
      { cause },
    );
  }
}
