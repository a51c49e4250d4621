import { isRecord, recordOf, textOf, type JsonRecord } from './values/json-record';
import type { ModelModule, ModelProvider, ModelResourceProvider } from './model';
import type { PlanModule } from './plan-configuration';
import { expressionValue, isLeaf } from './plan-value';
import { describedProvider } from './required-providers';
import type { ModelObject, ModelValue } from './values/value';

/** Versions by provider source. */
export type ProviderVersions = Readonly<Record<string, string>>;

/** Provider configurations of a plan, those of modules too. */
export function planProviders(
  configuration: JsonRecord,
  root: PlanModule,
  versions: ProviderVersions,
): ModelProvider[] {
  return Object.values(recordOf(configuration.provider_config))
    .filter(isRecord)
    .map((json) => ({
      ...configuredProvider(json, textOf(json.full_name), versions),
      values: expressionValues(json.expressions, root.moduleAt(textOf(json.module_address) ?? '')),
    }));
}

/** Provider of a resource. `provider_config_key` is, for example, `google.eu` or `module.network:google`. */
export function providerOfPlan(
  key: string | undefined,
  source: string | undefined,
  configuration: JsonRecord,
  versions: ProviderVersions,
): ModelResourceProvider {
  const configs = recordOf(configuration.provider_config);
  const json = key !== undefined && Object.hasOwn(configs, key) ? recordOf(configs[key]) : {};
  const [name, alias] = (key ?? source ?? '').replace(/^.*[:/]/, '').split('.');
  return configuredProvider({ name, ...(key !== undefined && { alias }), ...json }, source, versions);
}

function configuredProvider(
  json: JsonRecord,
  source: string | undefined,
  versions: ProviderVersions,
): ModelResourceProvider {
  const name = textOf(json.name) ?? '';
  return {
    name,
    ...(typeof json.alias === 'string' && { alias: json.alias }),
    ...describedProvider(source ?? name, textOf(json.version_constraint), versions),
  };
}

/** Calls of modules in the configuration of a plan. */
export function planModules(json: JsonRecord, module: PlanModule, parent = ''): ModelModule[] {
  return Object.entries(recordOf(json.module_calls)).flatMap(([name, body]) => {
    const call = recordOf(body);
    const address = parent === '' ? `module.${name}` : `${parent}.module.${name}`;
    const version = textOf(call.version_constraint);
    return [
      {
        address,
        source: textOf(call.source) ?? '',
        ...(version !== undefined && { version }),
        values: expressionValues(call.expressions, module),
      },
      ...planModules(recordOf(call.module), module.moduleAt(`module.${name}`), address),
    ];
  });
}

/** Arguments of expressions. The plan has the value of a constant, else the references. */
function expressionValues(expressions: unknown, module: PlanModule): ModelObject {
  const valueOf = (expression: unknown): ModelValue => {
    if (Array.isArray(expression)) return expression.map(valueOf);
    if (!isRecord(expression)) return null;
    if (isLeaf(expression) || Object.keys(expression).length === 0) {
      return (
        expressionValue(expression) ?? { $kind: 'unknown', references: module.referencesOf(expression, {}) }
      );
    }
    return objectValue(expression);
  };
  const objectValue = (record: JsonRecord): ModelObject =>
    Object.fromEntries(
      Object.entries(record)
        .filter(([name]) => name !== '$kind')
        .map(([name, each]) => [name, valueOf(each)]),
    );
  return objectValue(recordOf(expressions));
}
