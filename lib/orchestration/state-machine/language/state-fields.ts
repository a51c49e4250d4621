/*
 * Fields of each type of state by query language, and the kind of value of each field.
 * https://states-language.net/spec.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */

export type QueryLanguage = 'JSONPath' | 'JSONata';

/**
 * Kind of a field: `data` is passed on without evaluation, `template` is a payload template, `path` a path into the input,
 * `reference` a path to one field, `expression` a path or an intrinsic function. `plain` fields have no data of the user.
 */
export type FieldKind = 'data' | 'template' | 'path' | 'reference' | 'expression' | 'plain';

export type Fields = Readonly<Record<string, FieldKind>>;

const ALL: Fields = { Type: 'plain', Comment: 'plain', QueryLanguage: 'plain' };
const FLOW: Fields = { Next: 'plain', End: 'plain' };
const ERRORS: Fields = { Retry: 'plain', Catch: 'plain' };
const TIMEOUTS: Fields = { TimeoutSeconds: 'plain', HeartbeatSeconds: 'plain' };
const MAP: Fields = {
  ItemProcessor: 'plain',
  Iterator: 'plain',
  ItemReader: 'plain',
  ItemBatcher: 'plain',
  ResultWriter: 'plain',
  MaxConcurrency: 'plain',
  ToleratedFailureCount: 'plain',
  ToleratedFailurePercentage: 'plain',
  Label: 'plain',
};
const PATHS: Fields = { InputPath: 'path', OutputPath: 'path' };
const RESULT: Fields = { ResultSelector: 'template', ResultPath: 'reference' };
const ASSIGN: Fields = { Assign: 'template' };

const JSON_PATH: Readonly<Record<string, Fields>> = {
  Task: {
    ...{ ...ALL, ...FLOW, ...ERRORS, ...TIMEOUTS, ...PATHS, ...RESULT, ...ASSIGN },
    Resource: 'plain',
    Parameters: 'template',
    Credentials: 'template',
    TimeoutSecondsPath: 'reference',
    HeartbeatSecondsPath: 'reference',
  },
  Parallel: {
    ...{ ...ALL, ...FLOW, ...ERRORS, ...PATHS, ...RESULT, ...ASSIGN },
    Branches: 'plain',
    Parameters: 'template',
  },
  Map: {
    ...{ ...ALL, ...FLOW, ...ERRORS, ...MAP, ...PATHS, ...RESULT, ...ASSIGN },
    ItemsPath: 'path',
    ItemSelector: 'template',
    Parameters: 'template',
    MaxConcurrencyPath: 'reference',
    ToleratedFailureCountPath: 'reference',
    ToleratedFailurePercentagePath: 'reference',
  },
  Pass: {
    ...{ ...ALL, ...FLOW, ...PATHS, ...ASSIGN },
    Result: 'data',
    ResultPath: 'reference',
    Parameters: 'template',
  },
  Choice: { ...ALL, ...PATHS, ...ASSIGN, Choices: 'plain', Default: 'plain' },
  Wait: {
    ...{ ...ALL, ...FLOW, ...PATHS, ...ASSIGN },
    Seconds: 'plain',
    Timestamp: 'plain',
    SecondsPath: 'reference',
    TimestampPath: 'reference',
  },
  Succeed: { ...ALL, ...PATHS },
  Fail: { ...ALL, Error: 'plain', Cause: 'plain', ErrorPath: 'expression', CausePath: 'expression' },
};

const OUTPUT: Fields = { Output: 'data', Assign: 'data' };

const JSONATA: Readonly<Record<string, Fields>> = {
  Task: {
    ...{ ...ALL, ...FLOW, ...ERRORS, ...TIMEOUTS, ...OUTPUT },
    Resource: 'plain',
    Arguments: 'data',
    Credentials: 'data',
  },
  Parallel: { ...ALL, ...FLOW, ...ERRORS, ...OUTPUT, Branches: 'plain', Arguments: 'data' },
  Map: { ...ALL, ...FLOW, ...ERRORS, ...MAP, ...OUTPUT, Items: 'data', ItemSelector: 'data' },
  Pass: { ...ALL, ...FLOW, ...OUTPUT },
  Choice: { ...ALL, ...OUTPUT, Choices: 'plain', Default: 'plain' },
  Wait: { ...ALL, ...FLOW, ...OUTPUT, Seconds: 'plain', Timestamp: 'plain' },
  Succeed: { ...ALL, Output: 'data' },
  Fail: { ...ALL, Error: 'plain', Cause: 'plain' },
};

/** Types of states. */
export const STATE_TYPES = Object.keys(JSON_PATH);

/** Fields of a state, or `undefined` if the type is unknown. */
export function fieldsOf(type: unknown, language: QueryLanguage): Fields | undefined {
  const fields = language === 'JSONata' ? JSONATA : JSON_PATH;
  return typeof type === 'string' && Object.hasOwn(fields, type) ? fields[type] : undefined;
}

/** Data inside of a plain field: `Parameters` of an `ItemReader`, `Assign` of a catcher. */
export const NESTED_DATA: Fields = {
  Parameters: 'template',
  BatchInput: 'template',
  Assign: 'template',
  Arguments: 'data',
  Output: 'data',
};

/** Paths inside of a plain field: of an `ItemReader`, a catcher or the rule of a Choice. */
export const NESTED_PATH: Readonly<Record<string, FieldKind>> = {
  ResultPath: 'reference',
  MaxItemsPath: 'reference',
  MaxItemsPerBatchPath: 'reference',
  MaxInputBytesPerBatchPath: 'reference',
  Variable: 'path',
};

/** Comparison of a Choice rule with another field of the input. */
export const COMPARISON_PATH = /^(String|Numeric|Boolean|Timestamp)\w*Path$/;
