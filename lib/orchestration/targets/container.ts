import { matching } from '../../core/rules';

export const exitCode = matching(
  /^([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/,
  'be an exit code from 1 to 255',
  (value) => (value === '0' ? 'Exit code 0 means success; return other outcomes in the result.' : undefined),
);

export const variableName = matching(
  /^[A-Za-z_][A-Za-z0-9_]*(\.\$)?$/,
  'have letters, digits and "_"; ".$" at the end marks the value as a path',
);

/** A key that ends in ".$" holds a path, here as in the language of the states. */
export function environmentVariables(environment: Readonly<Record<string, string>>): object[] {
  return Object.entries(environment).map(([name, value]) =>
    name.endsWith('.$') ? { name: name.slice(0, -2), 'value.$': value } : { name, value },
  );
}
