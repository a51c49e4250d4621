import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import {
  App,
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValidationError, type ValidationProblem } from '../lib/core/errors';

/** A value of Terraform's JSON, open to look into by name. */
export interface Json {
  readonly [name: string]: Json | undefined;
}

/** Configuration of one stack as Terraform reads it. */
export interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly provider?: Readonly<Record<string, readonly Json[]>>;
  readonly terraform: Json;
  readonly [section: string]: unknown;
}

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

function withProviders(stack: TerraformStack): TerraformStack {
  new GoogleProvider(stack, 'google', { project: 'my-project' });
  new KubernetesProvider(stack, 'kubernetes', { configPath: '~/.kube/config' });
  return stack;
}

/** What the cdktf CLI reads: the stacks and their order. */
export interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** A stack, with providers, of an app of its own. */
export function testStack(name = 'prod'): TerraformStack {
  return withProviders(new TerraformStack(new App({ outdir }), name));
}

/** A second stack of the same app. */
export function sibling(stack: TerraformStack, name: string): TerraformStack {
  return withProviders(new TerraformStack(stack.node.root, name));
}

/** The same stack, with an AWS provider too. */
export function withAws(stack: TerraformStack): TerraformStack {
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
  return stack;
}

/** Adds outputs and data sources for references between stacks. Only an app of more than one stack has them. */
function prepare(stack: TerraformStack): void {
  const stacks = stack.node.root.node.findAll().filter((each) => TerraformStack.isStack(each));
  if (stacks.length > 1) stack.prepareStack();
}

/** What `cdktf synth` writes for a stack, after all validations of the tree. */
export function synthesized(stack: TerraformStack): Configuration {
  prepare(stack);
  return withoutReferences(stack);
}

/** What `cdktf synth` writes for a stack, with the pass that looks for references to other stacks. */
export function prepared(stack: TerraformStack): Configuration {
  stack.prepareStack();
  return withoutReferences(stack);
}

/**
 * What `cdktf synth` writes for a stack without references to other stacks. The pass of cdktf that looks for them
 * resolves the whole stack a second time.
 */
export function withoutReferences(stack: TerraformStack): Configuration {
  stack.ensureBackendExists();
  stack.runAllValidations();
  return JSON.parse(JSON.stringify(stack.toTerraform())) as Configuration;
}

/** The expression that encodes a value inside of a text in JSON. */
export function inJson(expression: string): string {
  const json = `jsonencode(substr(${expression}, 0, -1))`;
  return `\${substr(${json}, 1, length(${json}) - 2)}`;
}

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * JSON of the elements of a stack, each resolved once, after all validations of the tree. `toTerraform` of the stack
 * merges the same blocks and resolves the whole a second time, which takes most of the time of a test.
 */
export function blocks(
  stack: TerraformStack,
  isIncluded: (element: TerraformElement) => boolean = () => true,
): Configuration[] {
  stack.runAllValidations();
  return stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    .filter(isIncluded)
    .map((element) =>
      Tokenization.resolve(element.toTerraform(), { scope: stack, resolver, preparing: false }),
    );
}

/** The resources of a type, without what cdktf notes for itself. */
export function resources(stack: TerraformStack, type: string): Json[] {
  prepare(stack);
  const ofType = (element: TerraformElement) =>
    TerraformResource.isTerraformResource(element) && element.terraformResourceType === type;
  return blocks(stack, ofType).flatMap(({ resource = {} }) => Object.values(resource[type] ?? {}).map(plain));
}

/** The one resource of a type. */
export function resource(stack: TerraformStack, type: string): Json {
  const found = resources(stack, type);
  if (found.length !== 1) throw new Error(`${found.length} resources are of the type ${type}, not 1`);
  return found[0]!;
}

/** Addresses of all resources, in order. */
export function addresses(configuration: Configuration): string[] {
  return Object.entries(configuration.resource ?? {})
    .flatMap(([type, ofType]) => Object.keys(ofType).map((name) => `${type}.${name}`))
    .sort();
}

/** The resources of a stack by address, without what cdktf notes for itself. */
export function byAddress(stack: TerraformStack): Record<string, Json> {
  prepare(stack);
  const entries = blocks(stack, (element) => TerraformResource.isTerraformResource(element))
    .flatMap(({ resource = {} }) => Object.entries(resource))
    .flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, value]): [string, Json] => [`${type}.${name}`, plain(value)]),
    );
  return Object.fromEntries(entries);
}

/** A block without the path and id that cdktf writes into its comment; the comment of the library stays. */
export function plain(block: Json): Json {
  const { '//': comment, ...rest } = block;
  const facts = Object.entries(comment ?? {}).filter(([name]) => name !== 'metadata');
  return facts.length === 0 ? rest : { '//': Object.fromEntries(facts), ...rest };
}

/** Everything that the app of a stack writes to disk. */
export function written(stack: TerraformStack): { readonly manifest: Manifest; readonly text: string } {
  rmSync(join(outdir, 'stacks'), { recursive: true, force: true });
  mkdirSync(join(outdir, 'stacks'), { recursive: true });
  (stack.node.root as App).synth();
  const read = (path: string) => readFileSync(join(outdir, path), 'utf8');
  const manifest = JSON.parse(read('manifest.json')) as Manifest;
  const text = Object.keys(manifest.stacks).map((name) => read(`stacks/${name}/cdk.tf.json`));
  return { manifest, text: text.join('\n') };
}

/** The error of an action that must be refused by the library. */
export function refusal(action: () => unknown): ValidationError {
  try {
    action();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The problems of an action that must be refused, by property. */
export function problems(action: () => unknown): Record<string, ValidationProblem> {
  return Object.fromEntries(refusal(action).problems.map((problem) => [problem.property, problem]));
}
