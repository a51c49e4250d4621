/** Format of a string as `ajv` knows it: a pattern, a function, or an object with either. */
export type Format = unknown;

/** Formats by name, as the validator registers them. The compiled schemas read them when they are loaded. */
export const formats: Record<string, Format> = {};
