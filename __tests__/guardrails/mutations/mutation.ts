/** Arguments of a resource. */
export type Block = Record<string, unknown>;

/** A dangerous change of one block in the stacks of production. */
export interface Mutation {
  readonly title: string;
  /**
   * Section of the configuration.
   * @default 'resource'
   */
  readonly section?: 'resource' | 'provider';
  /** Type of the first resource that is changed, or name of the provider. */
  readonly type: string;
  /** Whether a resource of the type is the one to change. */
  readonly where?: (block: Block) => boolean;
  /** Changes a copy of the block. */
  readonly change: (block: Block) => void;
  /** Rule that must find it. */
  readonly rule: string;
}

export const set =
  (path: string, value: unknown) =>
  (block: Block): void => {
    const names = path.split('.');
    const last = names.pop() as string;
    let target = block;
    for (const name of names) target = (target[name] ??= {}) as Block;
    if (value === undefined) delete target[last];
    else target[last] = value;
  };
export const text = (property: string, from: string | RegExp, to: string) => (block: Block) => {
  const before = String(block[property]);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${property} must contain ${String(from)}.`);
  block[property] = after;
};
export const contains = (property: string, part: string) => (block: Block) =>
  String(block[property]).includes(part);
