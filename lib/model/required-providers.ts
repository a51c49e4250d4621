import { isRecord, recordsOf, textOf, type JsonRecord } from './values/json-record';
import type { ModelResourceProvider } from './model';

/** Source and version of the providers of a configuration by local name. */
export type RequiredProviders = ReadonlyMap<
  string,
  Pick<ModelResourceProvider, 'source' | 'versionConstraint' | 'version'>
>;

/** Reads `terraform.required_providers`. A text in place of an object is the constraint. */
export function requiredProviders(
  terraform: readonly JsonRecord[],
  versions: Readonly<Record<string, string>>,
): RequiredProviders {
  const entries = terraform
    .flatMap(({ required_providers: required }) => recordsOf(required))
    .flatMap((required) => Object.entries(required))
    .map(([name, value]) => {
      const { source, version } = isRecord(value) ? value : { source: undefined, version: value };
      return [name, describedProvider(textOf(source) ?? name, textOf(version), versions)] as const;
    });
  return new Map(entries);
}

/** Provider of a local name, which the configuration need not declare. */
export function providerNamed(
  name: string,
  required: RequiredProviders,
  versions: Readonly<Record<string, string>>,
): ModelResourceProvider {
  return { name, ...(required.get(name) ?? describedProvider(name, undefined, versions)) };
}

/** Source, constraint and version as the model has them. */
export function describedProvider(
  source: string,
  versionConstraint: string | undefined,
  versions: Readonly<Record<string, string>>,
): Pick<ModelResourceProvider, 'source' | 'versionConstraint' | 'version'> {
  const short = shortSource(source);
  const version = versions[short] ?? exactVersion(versionConstraint);
  return {
    source: short,
    ...(versionConstraint !== undefined && { versionConstraint }),
    ...(version !== undefined && { version }),
  };
}

/** Source without the host of a public registry. `google` is `hashicorp/google`. */
export function shortSource(source: string): string {
  if (source === 'terraform') return 'terraform.io/builtin/terraform';
  const short = source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
  return short.includes('/') ? short : `hashicorp/${short}`;
}

/** The version of a constraint that allows one version. */
function exactVersion(constraint = ''): string | undefined {
  const [, version] = /^\s*=?\s*v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)\s*$/.exec(constraint) ?? [];
  return version;
}
