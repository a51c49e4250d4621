/** A value from outside that is not what its field holds. It does not repeat the value, which may be a secret. */
export class FieldError extends Error {
  constructor(
    /** Path of the field. */
    public readonly field: string,
    rule: string,
  ) {
    super(`${field} ${rule}.`);
    this.name = 'FieldError';
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** A form of a text, and the rule for messages. */
export interface Form {
  readonly pattern: RegExp;
  readonly rule: string;
}

export const DNS_LABEL: Form = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  rule: 'must be a DNS label: a-z, 0-9 and "-", at most 63 characters',
};

const ANYTHING: Form = { pattern: /./s, rule: 'must not be empty' };

export function object(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldError(field, value === undefined ? 'is required' : 'must be an object');
  }
  return value as Fields;
}

export function text(value: unknown, field: string, form = ANYTHING): string {
  if (typeof value !== 'string')
    throw new FieldError(field, value === undefined ? 'is required' : 'must be a text');
  if (!form.pattern.test(value)) throw new FieldError(field, form.rule);
  return value;
}

export function number(value: unknown, field: string, least: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
    throw new FieldError(
      field,
      value === undefined ? 'is required' : `must be a number of at least ${least}`,
    );
  }
  return value;
}

export function texts(value: unknown, field: string): Readonly<Record<string, string>> {
  const fields = object(value, field);
  for (const [name, part] of Object.entries(fields)) {
    if (typeof part !== 'string') throw new FieldError(`${field}["${name.slice(0, 80)}"]`, 'must be a text');
  }
  return fields as Readonly<Record<string, string>>;
}

export function optional<T>(
  read: (value: unknown, field: string) => T,
  value: unknown,
  field: string,
): T | undefined {
  return value === undefined ? undefined : read(value, field);
}
