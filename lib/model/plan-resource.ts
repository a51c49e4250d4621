import { addressIn, configurationAddress } from './values/address';
import { NO_COMMENT } from './facts';
import { filledFrom } from './fill';
import { isRecord, textOf, textsOf, type JsonRecord } from './values/json-record';
import type { ModelResource } from './model';
import type { PlanChange } from './plan';
import { planChange, type ChangeConfiguration } from './plan-change';
import type { PlanModule } from './plan-configuration';
import { providerOfPlan, type ProviderVersions } from './plan-providers';
import { expressionObject, plannedObject } from './plan-value';
import { markedPaths } from './values/sensitive';

/** Parts of a plan that its resources refer to. */
export interface PlanContext {
  readonly stack: string;
  readonly configuration: JsonRecord;
  readonly root: PlanModule;
  readonly versions: ProviderVersions;
}

/** A change with the expressions, or at least the references, of its unknown values. */
export function configuredChange(json: JsonRecord, { root }: PlanContext): PlanChange {
  const configuration = configurationOf(json, root);
  const change = planChange(json, configuration);
  // Addresses in an expression of a module would need the address of the module.
  if (change.after === undefined || textOf(json.module_address) !== undefined) return change;
  const { values, filled } = filledFrom(change.after, expressionObject(configuration.expressions));
  return { ...change, after: values, afterFilled: filled };
}

/** A resource of the planned values, or a data source of the prior state. */
export function plannedResource(
  json: JsonRecord,
  module: string,
  change: PlanChange | undefined,
  { stack, configuration, root, versions }: PlanContext,
): ModelResource {
  const address = textOf(json.address) ?? '';
  const { index } = json;
  const type = textOf(json.type) ?? '';
  const own = configuredResource(address, module, root);
  const values = change?.after ?? plannedObject(json.values, {}, undefined, () => []);
  const { expressions } = own;
  const marks = [...(change?.afterSensitive ?? []), ...markedPaths(json.sensitive_values)];
  return {
    stack,
    address,
    mode: json.mode === 'data' ? 'data' : 'managed',
    type,
    name: textOf(json.name) ?? '',
    ...((typeof index === 'string' || typeof index === 'number') && { index }),
    ...(module !== '' && { module }),
    provider: providerOfPlan(
      textOf(own.provider_config_key),
      textOf(json.provider_name) ?? type.split('_')[0],
      configuration,
      versions,
    ),
    values,
    sensitive: [...new Set(marks)],
    filled: change?.afterFilled ?? [],
    ...(isRecord(expressions) && {
      computed: Object.keys(values).filter(
        (name) => !Object.hasOwn(expressions, name) && isKept(name, change),
      ),
    }),
    stackTrace: NO_COMMENT.stackTrace,
    facts: NO_COMMENT.facts,
    dependsOn: textsOf(own.depends_on).map((each) => addressIn(module, each)),
    lifecycle: {},
    provisioners: [],
  };
}

function isKept(name: string, change: PlanChange | undefined): boolean {
  if (change === undefined) return true;
  const { before, after } = change;
  return before !== undefined && JSON.stringify(before[name]) === JSON.stringify(after?.[name]);
}

function configurationOf(json: JsonRecord, root: PlanModule): ChangeConfiguration {
  const module = textOf(json.module_address) ?? '';
  const own = configuredResource(textOf(json.address) ?? '', module, root);
  const scope = root.moduleAt(module);
  return { expressions: own.expressions, references: (expression) => scope.referencesOf(expression, own) };
}

function configuredResource(address: string, module: string, root: PlanModule): JsonRecord {
  const inModule = module === '' ? address : address.slice(module.length + 1);
  return root.moduleAt(module).resource(configurationAddress(inModule));
}
