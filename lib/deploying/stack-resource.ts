import { isObject } from '../core/is-object';
import type { Block, SynthesizedStack } from './synthesized-stack';

/** One resource or data source of a stack. */
export interface StackResource {
  readonly stack: SynthesizedStack;
  readonly mode: 'resource' | 'data';
  readonly type: string;
  readonly body: Block;
}

/** Resources and data sources of a stack. */
export function resourcesOf(stack: SynthesizedStack): StackResource[] {
  return (['resource', 'data'] as const).flatMap((mode) =>
    Object.entries(stack.configuration[mode] ?? {}).flatMap(([type, ofType]) =>
      Object.values(ofType).map((body) => ({ stack, mode, type, body })),
    ),
  );
}

/** Values at a path such as `target.role_arn`. A block is an object or a list of objects. */
export function valuesAt(block: unknown, path: string): unknown[] {
  let found: unknown[] = [block];
  for (const name of path.split('.')) {
    found = found.flat().flatMap((each) => {
      const value = isObject(each) ? each[name] : undefined;
      return value === undefined || value === null ? [] : [value];
    });
  }
  return found.flat();
}

/** Whether an attribute has an effect: it is there, and neither `false` nor an empty list. */
export function isSet(block: Block, path: string): boolean {
  return valuesAt(block, path).some((value) => value !== false);
}

/** A provider block of a stack: that of the `provider` argument, else the one without an alias. */
export function providerOf({ stack, type, body }: StackResource): Block {
  const [name = '', alias] = (typeof body.provider === 'string' ? body.provider : localName(type)).split('.');
  const blocks = stack.configuration.provider?.[name] ?? [];
  return blocks.find((block) => block.alias === alias) ?? blocks[0] ?? {};
}

function localName(type: string): string {
  return type.split('_')[0] ?? type;
}

const REFERENCE = /^\$\{([a-z][a-z0-9_]*)\.([\w-]+)\.([a-z_]+)\}$/;

/** A resource of the same stack that an expression such as `${aws_iam_role.x.id}` refers to, and the attribute. */
export function referredBy(
  { stack }: StackResource,
  value: unknown,
): { readonly resource: StackResource; readonly attribute: string } | undefined {
  const [, type, name, attribute] = (typeof value === 'string' && REFERENCE.exec(value)) || [];
  if (type === undefined || name === undefined || attribute === undefined) return undefined;
  const body = stack.configuration.resource?.[type]?.[name];
  return body && { resource: { stack, mode: 'resource', type, body }, attribute };
}

/** A text that is known at synth, also through a reference to an argument of another resource. */
export function knownText(resource: StackResource, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (!value.includes('${')) return value;
  const target = referredBy(resource, value);
  return target && knownText(target.resource, target.resource.body[target.attribute]);
}
