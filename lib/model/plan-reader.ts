import { checkDepth, isRecord, recordOf, recordsOf, textOf, type JsonRecord } from './values/json-record';
import { literalValue } from './values/literal-value';
import type { ModelOutput, ModelResource, ModelStack, ModelVariable } from './model';
import { ModelError } from './values/model-error';
import type { OutputChange, PlanChange, PlanDetails } from './plan';
import { outputChange, planCheck, type ChangeConfiguration } from './plan-change';
import { PlanModule } from './plan-configuration';
import { planModules, planProviders } from './plan-providers';
import { configuredChange, plannedResource, type PlanContext } from './plan-resource';

/** Facts about a plan that its JSON does not have. */
export interface PlanOptions {
  /**
   * Name of the stack.
   * @default stack
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

/** Commands that write the JSON of a plan. */
export const PLAN_COMMANDS = 'Run "terraform plan -out=plan" and "terraform show -json plan > plan.json".';

/**
 * Reads the JSON that `terraform show -json` or `tofu show -json` prints for a plan, of format version 1.
 * https://developer.hashicorp.com/terraform/internals/json-format
 * @throws ModelError if the value is not a plan
 */
export function readPlan(json: unknown, options: PlanOptions = {}): ModelStack {
  const { name = 'stack', dependencies = [], providerVersions: versions = {} } = options;
  checkIsPlan(name, json);
  const configuration = recordOf(json.configuration);
  const rootModule = recordOf(configuration.root_module);
  const root = new PlanModule(rootModule);
  const context: PlanContext = { stack: name, configuration, root, versions };
  const plan = detailsOf(json, context);
  return {
    name,
    source: 'plan',
    dependencies,
    resources: resourcesOf(json, plan.changes, context),
    providers: planProviders(configuration, root, versions),
    variables: variablesOf(rootModule, recordOf(json.variables)),
    outputs: outputsOf(recordOf(recordOf(json.planned_values).outputs), plan.outputs),
    locals: {},
    comment: {},
    modules: planModules(rootModule, root),
    plan,
  };
}

function checkIsPlan(name: string, json: unknown): asserts json is JsonRecord {
  const record = recordOf(json);
  const version = record.format_version;
  if (!isRecord(json) || typeof version !== 'string') {
    throw new ModelError(name, `the file must be the JSON of a plan. ${PLAN_COMMANDS}`);
  }
  if (!/^1(\.|$)/.test(version)) {
    throw new ModelError(
      name,
      `format_version must have the major version 1 (got ${JSON.stringify(version)}). Use Terraform 1.1 to 1.17 or OpenTofu, or update cdktf-multicloud.`,
    );
  }
  if (!('planned_values' in record) && !('resource_changes' in record) && !('configuration' in record)) {
    const kind = 'values' in record ? 'a state' : 'another JSON document';
    throw new ModelError(name, `the file must be the JSON of a plan (got ${kind}). ${PLAN_COMMANDS}`);
  }
  checkDepth(name, json);
}

function detailsOf(json: JsonRecord, context: PlanContext): PlanDetails {
  const { terraform_version: terraformVersion, complete, applyable, errored } = json;
  const changes = (list: unknown) => recordsOf(list).map((each) => configuredChange(each, context));
  return {
    formatVersion: textOf(json.format_version) ?? '',
    ...(typeof terraformVersion === 'string' && { terraformVersion }),
    ...(typeof complete === 'boolean' && { complete }),
    ...(typeof applyable === 'boolean' && { applyable }),
    ...(typeof errored === 'boolean' && { errored }),
    changes: changes(json.resource_changes),
    drift: changes(json.resource_drift),
    deferred: recordsOf(json.deferred_changes).map(({ reason, resource_change: change }) => ({
      reason: textOf(reason) ?? 'unknown',
      ...(isRecord(change) && { change: configuredChange(change, context) }),
    })),
    checks: recordsOf(json.checks).map(planCheck),
    outputs: Object.entries(recordOf(json.output_changes)).map(([name, change]) =>
      outputChange(name, change, outputConfiguration(name, context)),
    ),
    actionInvocations: [
      ...recordsOf(json.action_invocations),
      ...recordsOf(json.deferred_action_invocations).map(({ action_invocation: own }) => recordOf(own)),
    ].map(({ address }) => textOf(address) ?? 'unknown'),
  };
}

function outputConfiguration(name: string, { configuration, root }: PlanContext): ChangeConfiguration {
  const outputs = recordOf(recordOf(configuration.root_module).outputs);
  return {
    expressions: recordOf(outputs[name]).expression,
    references: (expression) => root.referencesOf(expression, {}),
  };
}

/** Planned resources, and the data sources that Terraform read while planning. */
function resourcesOf(
  json: JsonRecord,
  changes: readonly PlanChange[],
  context: PlanContext,
): ModelResource[] {
  const current = new Map(
    changes.filter(({ deposed }) => deposed === undefined).map((change) => [change.address, change]),
  );
  const found = new Map<string, ModelResource>();
  const add = (resource: JsonRecord, module: string) => {
    const address = textOf(resource.address);
    // Terraform lists an object that it forgets as planned, without values.
    const isGone = current.has(address ?? '') && current.get(address ?? '')?.after === undefined;
    if (address === undefined || found.has(address) || isGone) return;
    found.set(address, plannedResource(resource, module, current.get(address), context));
  };
  inModules(recordOf(json.planned_values).root_module, add);
  // Some tools remove planned_values to make the file smaller.
  for (const change of recordsOf(json.resource_changes)) {
    if (current.get(textOf(change.address) ?? '')?.after) add(change, textOf(change.module_address) ?? '');
  }
  inModules(recordOf(recordOf(json.prior_state).values).root_module, (resource, module) => {
    if (resource.mode === 'data') add(resource, module);
  });
  return [...found.values()];
}

function inModules(module: unknown, visit: (resource: JsonRecord, module: string) => void): void {
  const { address, resources, child_modules: children } = recordOf(module);
  recordsOf(resources).forEach((resource) => visit(resource, textOf(address) ?? ''));
  recordsOf(children).forEach((child) => inModules(child, visit));
}

function variablesOf(rootModule: JsonRecord, given: JsonRecord): ModelVariable[] {
  const declared = recordOf(rootModule.variables);
  return [...new Set([...Object.keys(declared), ...Object.keys(given)])].map((name) => {
    const { sensitive, default: fallback } = recordOf(declared[name]);
    const { value } = recordOf(given[name]);
    return {
      name,
      sensitive: sensitive === true,
      ...(fallback !== undefined && { default: literalValue(fallback) }),
      ...(value !== undefined && { value: literalValue(value) }),
    };
  });
}

function outputsOf(outputs: JsonRecord, changes: readonly OutputChange[]): ModelOutput[] {
  const after = new Map(changes.map((change) => [change.name, change]));
  return Object.entries(outputs).map(([name, json]) => {
    const { value, sensitive } = recordOf(json);
    return {
      name,
      value: after.get(name)?.after ?? literalValue(value),
      sensitive: sensitive === true || after.get(name)?.sensitive === true,
    };
  });
}
