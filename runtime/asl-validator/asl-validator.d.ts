declare module 'asl-validator' {
  const validate: (definition: unknown) => unknown;
  export = validate;
}
