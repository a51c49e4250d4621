import { isObject } from '../../../../core/is-object';
import { Undecided } from '../../relation';
import { canonicalMember } from './member';

/** Fields of an object by their names in the API. */
export type Fields = Readonly<Record<string, unknown>>;

const apiName = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** An object, or a block of Terraform, which is a list of one object. */
function objectOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/**
 * Fields of an object of the API or of the provider.
 * @throws Undecided for a value of another type, and for a field that is not known
 */
export function readFields(value: unknown, known: readonly string[], path: string): Fields {
  const object = objectOf(value);
  if (!isObject(object)) throw new Undecided(`${path} must be an object.`);
  const fields = Object.entries(object).map(([name, each]) => [apiName(name), each] as const);
  for (const [name] of fields) {
    if (!known.includes(name)) throw new Undecided(`${path}: ${name} is not a known field.`);
  }
  return Object.fromEntries(fields.filter(([, each]) => each !== null && each !== undefined));
}

/** Items of a list, or one block of Terraform. No list is an empty one. */
export function readList(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (isObject(value)) return [value];
  if (!Array.isArray(value)) throw new Undecided(`${path} must be a list.`);
  return value as readonly unknown[];
}

/** Canonical members of a list, without those that are deleted. */
export function readMembers(value: unknown, path: string): readonly string[] {
  return readList(value, path).flatMap((each) => canonicalMember(each, path) ?? []);
}

/** A condition, where an empty list is none. */
export function conditionField(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? undefined : objectOf(value);
}
