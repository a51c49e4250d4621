import { argumentsOf, configurationValue } from './values/configuration-value';
import { commentOf } from './facts';
import { checkDepth, isRecord, recordOf, recordsOf, textOf, type JsonRecord } from './values/json-record';
import { literalValue } from './values/literal-value';
import type { ModelBackend, ModelModule, ModelProvider, ModelStack, ModelVariable } from './model';
import { ModelError } from './values/model-error';
import { describedProvider, providerNamed, requiredProviders } from './required-providers';
import { synthesizedResource, type ResourceContext } from './synthesized-resource';

/** Facts about a synthesized stack that its configuration does not have. */
export interface SynthesizedStackOptions {
  /**
   * Name of the stack.
   * @default - the name in the metadata of CDK for Terraform, else `stack`
   */
  readonly name?: string;
  /**
   * Names of the stacks that must exist before the plan.
   * @default - none
   */
  readonly dependencies?: readonly string[];
  /**
   * Selected versions by provider source, for example those of `.terraform.lock.hcl`.
   * @default - versions of constraints that allow one version
   */
  readonly providerVersions?: Readonly<Record<string, string>>;
}

const SECTIONS = ['data', 'locals', 'module', 'output', 'provider', 'resource', 'terraform', 'variable'];

/**
 * Reads a configuration in Terraform's JSON syntax: the content of `cdk.tf.json`, the result of `stack.toTerraform()`,
 * or the configuration of another tool.
 * @throws ModelError if the value is not a configuration
 */
export function readSynthesizedStack(
  configuration: unknown,
  options: SynthesizedStackOptions = {},
): ModelStack {
  const { dependencies = [], providerVersions: versions = {} } = options;
  const sections = recordOf(configuration);
  const name = options.name ?? nameIn(sections) ?? 'stack';
  // A stack of CDK for Terraform can be empty.
  const isStack =
    nameIn(sections) !== undefined || SECTIONS.some((section) => Object.hasOwn(sections, section));
  if (!isRecord(configuration) || !isStack) {
    const rule = 'the file must be a configuration in the JSON syntax of Terraform';
    throw new ModelError(name, `${rule}. It must have a resource, a provider or another block.`);
  }
  checkDepth(name, configuration);
  const terraform = recordsOf(sections.terraform);
  const required = requiredProviders(terraform, versions);
  const variables = labelled(sections.variable).map(([variable, body]) => variableOf(variable, body));
  const context: ResourceContext = {
    stack: name,
    required,
    versions,
    sensitiveVariables: variables.filter(({ sensitive }) => sensitive).map((variable) => variable.name),
  };
  const backend = backendOf(terraform);
  return {
    name,
    source: 'synthesized',
    dependencies,
    comment: commentOf(sections['//']).facts.comment,
    resources: [
      ...resourcesOf('managed', sections.resource, context),
      ...resourcesOf('data', sections.data, context),
    ],
    providers: labelled(sections.provider).map(([provider, body]) => providerOf(provider, body, context)),
    ...(backend && { backend }),
    variables,
    outputs: labelled(sections.output).map(([output, body]) => ({
      name: output,
      value: configurationValue(body.value),
      sensitive: body.sensitive === true,
    })),
    locals: Object.assign(
      {},
      ...recordsOf(sections.locals).map((block) => argumentsOf(block)),
    ) as ModelStack['locals'],
    modules: labelled(sections.module).map(([module, body]) => moduleOf(module, body)),
  };
}

function nameIn(sections: JsonRecord): string | undefined {
  return textOf(recordOf(recordOf(sections['//']).metadata).stackName);
}

/** Blocks of a section with their label. Tools write a block, and several of one label, as an object or a list. */
function labelled(section: unknown): [string, JsonRecord][] {
  return recordsOf(section).flatMap((labels) =>
    Object.entries(labels)
      .filter(([label]) => label !== '//')
      .flatMap(([label, bodies]) => recordsOf(bodies).map((body): [string, JsonRecord] => [label, body])),
  );
}

function resourcesOf(
  mode: 'managed' | 'data',
  section: unknown,
  context: ResourceContext,
): ModelStack['resources'] {
  return labelled(section).flatMap(([type, ofType]) =>
    labelled(ofType).map(([name, body]) => synthesizedResource(mode, type, name, body, context)),
  );
}

function providerOf(name: string, body: JsonRecord, { required, versions }: ResourceContext): ModelProvider {
  const provider = providerNamed(name, required, versions);
  // Terraform before 0.13 read the version from this block.
  const own = provider.versionConstraint ?? textOf(body.version);
  return {
    ...provider,
    ...(own !== undefined && describedProvider(provider.source, own, versions)),
    ...(typeof body.alias === 'string' && { alias: body.alias }),
    values: argumentsOf(body, ['alias', 'version']),
  };
}

function backendOf(terraform: readonly JsonRecord[]): ModelBackend | undefined {
  const [backend] = terraform.flatMap(({ backend: own }) => labelled(own));
  if (backend) return { type: backend[0], values: argumentsOf(backend[1]) };
  const [cloud] = terraform.flatMap(({ cloud: own }) => recordsOf(own));
  return cloud && { type: 'cloud', values: argumentsOf(cloud) };
}

function variableOf(name: string, body: JsonRecord): ModelVariable {
  return {
    name,
    sensitive: body.sensitive === true,
    // Terraform reads no expression in a default.
    ...(body.default !== undefined && { default: literalValue(body.default) }),
  };
}

function moduleOf(name: string, body: JsonRecord): ModelModule {
  const version = textOf(body.version);
  return {
    address: `module.${name}`,
    source: textOf(body.source) ?? '',
    ...(version !== undefined && { version }),
    values: argumentsOf(body, ['source', 'version', 'providers', 'depends_on', 'count', 'for_each']),
  };
}
