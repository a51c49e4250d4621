import { argumentsOf, configurationValue } from './values/configuration-value';
import { commentOf } from './facts';
import { recordsOf, textsOf, type JsonRecord } from './values/json-record';
import type { ModelResource, ModelResourceProvider } from './model';
import { providerNamed, type RequiredProviders } from './required-providers';
import { sensitivePaths } from './values/sensitive';

/** Arguments that Terraform itself reads. https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ARGUMENTS = [
  'connection',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
];

/** Parts of the stack that a resource refers to. */
export interface ResourceContext {
  readonly stack: string;
  readonly required: RequiredProviders;
  readonly versions: Readonly<Record<string, string>>;
  readonly sensitiveVariables: readonly string[];
}

/** A resource or data source of a synthesized stack. */
export function synthesizedResource(
  mode: ModelResource['mode'],
  type: string,
  name: string,
  body: JsonRecord,
  { stack, required, versions, sensitiveVariables }: ResourceContext,
): ModelResource {
  const { facts, constructPath, stackTrace } = commentOf(body['//']);
  const values = argumentsOf(body, META_ARGUMENTS);
  return {
    stack,
    address: mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`,
    mode,
    type,
    name,
    provider: providerOf(type, body.provider, required, versions),
    values,
    sensitive: sensitivePaths(values, sensitiveVariables),
    filled: [],
    ...(constructPath !== undefined && { constructPath }),
    stackTrace,
    facts,
    dependsOn: textsOf(body.depends_on).map(bare),
    lifecycle: argumentsOf(recordsOf(body.lifecycle)[0] ?? {}),
    ...('count' in body && { count: configurationValue(body.count) }),
    ...('for_each' in body && { forEach: configurationValue(body.for_each) }),
    provisioners: recordsOf(body.provisioner).map((each) => argumentsOf(each)),
  };
}

/** Local name and alias of a `provider` argument; without one, the first word of the type is the name. */
function providerOf(
  type: string,
  argument: unknown,
  required: RequiredProviders,
  versions: Readonly<Record<string, string>>,
): ModelResourceProvider {
  const [name = '', alias] = typeof argument === 'string' ? bare(argument).split('.') : type.split('_');
  const provider = providerNamed(name, required, versions);
  return typeof argument === 'string' && alias !== undefined ? { ...provider, alias } : provider;
}

/** An address; some tools write it as an expression. */
function bare(address: string): string {
  const [, inner] = /^\$\{\s*(.*?)\s*\}$/s.exec(address) ?? [];
  return inner ?? address;
}
