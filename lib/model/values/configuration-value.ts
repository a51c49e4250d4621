import { objectOf } from './expression';
import { isRecord, recordsOf } from './json-record';
import { templateValue } from './template';
import type { DynamicBlocks, ModelObject, ModelValue } from './value';

/**
 * Value of an argument or a block in Terraform's JSON syntax.
 * @param bound names that the configuration declares around the value
 */
export function configurationValue(json: unknown, bound: readonly string[] = []): ModelValue {
  if (typeof json === 'string') return templateValue(json, bound);
  if (Array.isArray(json)) return json.map((each) => configurationValue(each, bound));
  if (isRecord(json)) return objectOf(entriesOf(json, bound));
  return typeof json === 'number' || typeof json === 'boolean' ? json : null;
}

/** Arguments of a block. The names in `omitted` are not arguments. */
export function argumentsOf(
  block: Readonly<Record<string, unknown>>,
  omitted: readonly string[] = [],
): ModelObject {
  return Object.fromEntries(entriesOf(block, [], [...omitted, '$kind']));
}

/** A `null` is an omitted argument, and `//` is a comment. */
function entriesOf(
  block: Readonly<Record<string, unknown>>,
  bound: readonly string[],
  omitted: readonly string[] = [],
): [string, ModelValue][] {
  const generated = Object.hasOwn(block, 'dynamic') ? dynamicBlocks(block.dynamic, bound) : undefined;
  const plain: [string, ModelValue][] = [];
  for (const [name, value] of Object.entries(block)) {
    const isOmitted = value === null || value === undefined || name === '//' || omitted.includes(name);
    if (isOmitted || (generated && name === 'dynamic')) continue;
    plain.push([name, configurationValue(value, bound)]);
  }
  return generated ? withGenerated(plain, generated) : plain;
}

function withGenerated(
  plain: readonly (readonly [string, ModelValue])[],
  generated: readonly (readonly [string, DynamicBlocks])[],
): [string, ModelValue][] {
  const merged = new Map(plain);
  for (const [name, blocks] of generated) merged.set(name, [merged.get(name) ?? [], blocks].flat());
  return [...merged];
}

/** Blocks of `dynamic` by name; `undefined` if an argument only has that name. */
function dynamicBlocks(
  dynamic: unknown,
  bound: readonly string[],
): readonly (readonly [string, DynamicBlocks])[] | undefined {
  const all = recordsOf(dynamic).flatMap((labels) =>
    Object.entries(labels).flatMap(([name, bodies]) => recordsOf(bodies).map((body) => ({ name, body }))),
  );
  if (all.length === 0 || !all.every(({ body }) => 'for_each' in body && 'content' in body)) return undefined;
  return all.map(({ name, body }) => {
    const iterator = typeof body.iterator === 'string' ? body.iterator : name;
    const content = recordsOf(body.content)[0] ?? {};
    return [
      name,
      {
        $kind: 'dynamic',
        forEach: configurationValue(body.for_each, bound),
        content: configurationValue(content, [...bound, iterator]),
      },
    ] as const;
  });
}
