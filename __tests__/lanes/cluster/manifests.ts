import type { Configuration } from '../../synth';
import { ACRONYMS, KINDS, LISTS, MAPS, NOT_SENT, NUMBERS, OCTALS } from './provider-tables';

/** An object as the Kubernetes API takes it. */
export interface KubernetesManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the Terraform provider would send for the Kubernetes resources of a stack, namespaces first. */
export function manifestsOf({ resource = {} }: Configuration): KubernetesManifest[] {
  const found = Object.entries(resource)
    .filter(([type]) => type.startsWith('kubernetes_'))
    .flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]) => manifestOf(type, block, `${type}.${name}`)),
    );
  const isNamespace = ({ kind }: KubernetesManifest) => kind === 'Namespace';
  return [...found.filter(isNamespace), ...found.filter((each) => !isNamespace(each))];
}

function manifestOf(type: string, block: Fields, address: string): KubernetesManifest {
  if (type === 'kubernetes_manifest')
    return literal(block.manifest, `${address}.manifest`) as KubernetesManifest;
  // The provider has the older names without the version too.
  const kind = KINDS[type] ?? KINDS[`${type}_v1`];
  if (!kind) throw new Error(`${address}: what ${type} is to the API is not known; add it to KINDS`);
  const sent = Object.entries(block).filter(([name]) => !NOT_SENT.has(name));
  return { ...kind, ...object(Object.fromEntries(sent), address) } as KubernetesManifest;
}

function object(block: Fields, path: string): Fields {
  return Object.fromEntries(
    Object.entries(block)
      .filter(([name, value]) => !hasNoBlock(name, value))
      .map(([name, value]) => argument(name, value, `${path}.${name}`)),
  );
}

/** Terraform cannot tell an empty list of blocks from none, and sends none. */
function hasNoBlock(name: string, value: unknown): boolean {
  return name in LISTS && Array.isArray(value) && value.length === 0;
}

function argument(name: string, value: unknown, path: string): [string, unknown] {
  const list = LISTS[name];
  if (list !== undefined && isBlocks(value)) {
    return [list, [value].flat().map((each, index) => object(each as Fields, `${path}[${index}]`))];
  }
  return [ACRONYMS[name] ?? camelCase(name), single(name, value, path)];
}

function single(name: string, value: unknown, path: string): unknown {
  if (isObject(value)) {
    const isMap = MAPS.has(name) && !Object.values(value).some(isBlocks);
    return isMap ? literal(value, path) : object(value, path);
  }
  if (Array.isArray(value) && value.some(isObject)) {
    const [only, ...more] = value as Fields[];
    if (more.length > 0) {
      throw new Error(
        `${path}: the API has one object, not ${value.length}; if it has a list, add it to LISTS`,
      );
    }
    return object(only!, path);
  }
  const sent = literal(value, path);
  if (OCTALS.has(name) && typeof sent === 'string') return Number.parseInt(sent, 8);
  return NUMBERS.has(name) && typeof sent === 'string' && /^\d+$/.test(sent) ? Number(sent) : sent;
}

/** A value as it is, but for the escapes of Terraform's templates. */
function literal(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((each, index) => literal(each, `${path}[${index}]`));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, literal(each, `${path}.${name}`)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(value)) throw new Error(`${path}: only Terraform knows "${value}"`);
  return value.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlocks(value: unknown): boolean {
  return isObject(value) || (Array.isArray(value) && value.every(isObject));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
