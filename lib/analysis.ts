/*
 * Entry of the API report for the parts that read resources. Users import the subpaths, so that the names of constructs
 * at the root stay few.
 */
export * from './access';
export * from './guardrails';
export * from './model';
export * from './review';
export * from './testing';
