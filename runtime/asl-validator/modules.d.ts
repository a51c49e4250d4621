declare module 'asl-validator' {
  const validate: (definition: unknown) => unknown;
  export = validate;
}

/** Written by scripts/compiled-schemas.mjs. */
declare module 'compiled:state-machine' {
  const check: { (definition: unknown): boolean; errors: readonly unknown[] | null };
  export = check;
}
