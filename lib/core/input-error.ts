/** A problem of what a user gave: a file, a name, a question. Its message is complete, and needs no stack trace. */
export class InputError extends Error {}
