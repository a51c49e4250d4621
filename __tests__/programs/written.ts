import { plain, type Configuration, type Json } from '../synth';

/** All resources of a type. */
export function all({ resource }: Configuration, type: string): Json[] {
  return Object.values(resource?.[type] ?? {}).map(plain);
}

/** The only resource of a type. */
export function only(configuration: Configuration, type: string): Json {
  const found = all(configuration, type);
  expect(found).toHaveLength(1);
  return found[0] as Json;
}

/** The resource of a type with this value of a member. */
export function named(configuration: Configuration, type: string, member: string, value: string): Json {
  const found = all(configuration, type).filter((each) => String(each[member]) === value);
  expect(found).toHaveLength(1);
  return found[0] as Json;
}

/** Values of one member of all resources of a type, sorted. */
export function values(configuration: Configuration, type: string, member: string): string[] {
  return all(configuration, type)
    .map((each) => String(each[member]))
    .sort();
}

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** Statements of an inline policy. */
export function statementsOf(policy: Json): Statement[] {
  return (JSON.parse(String(policy.policy)) as { Statement: Statement[] }).Statement;
}
