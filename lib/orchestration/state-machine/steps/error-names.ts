import { GATE_ERRORS } from '../../../contracts/gate-errors';
import { GKE_ERRORS } from '../../../contracts/job-errors';
import { SERVICE_ERRORS } from '../../../contracts/service-errors';
import { STEP_ERRORS } from '../../../contracts/step-errors';
import { VERTEX_ERRORS } from '../../../contracts/training-errors';
import { nearest } from '../../../core/names';
import { all, knownAtSynth, matching, rule, type Rule } from '../../../core/rules';

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation */
const OF_STEP_FUNCTIONS = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
];

const KNOWN: readonly string[] = [
  ...OF_STEP_FUNCTIONS,
  ...[GATE_ERRORS, GKE_ERRORS, SERVICE_ERRORS, STEP_ERRORS, VERTEX_ERRORS].flatMap((errors) =>
    Object.values(errors),
  ),
];

const RESERVED = /^(States|Step|GKE|Gate|Vertex)\./;

/**
 * Name of an error: of Step Functions, of the library, or of the user. A misspelt name with a reserved prefix would
 * never match an error. Code compares error names, so a token cannot replace one.
 */
export const errorName: Rule = knownAtSynth(
  all(
    matching(
      /^[A-Za-z][\w.:-]{0,127}$/,
      'have 1 to 128 letters, digits, ".", "_", ":" and "-", and start with a letter',
    ),
    rule(
      'be an error of Step Functions or of the library, because of its prefix',
      (value) => !RESERVED.test(value as string) || KNOWN.includes(value as string),
      (value) => {
        const meant = nearest(value as string, KNOWN);
        return meant === undefined ? 'Use a name without this prefix.' : `Did you mean "${meant}"?`;
      },
    ),
  ),
);
