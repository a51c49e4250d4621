import { GATE_ERRORS } from '../../lib/contracts/gate-errors';
import {
  GKE_ERRORS,
  NON_RETRYABLE_ERRORS,
  GKE_DISRUPTIONS,
  UNDECIDED_ERRORS,
} from '../../lib/contracts/job-errors';
import { ROTATION_ERRORS } from '../../lib/contracts/rotation';
import { SERVICE_ERRORS, RETRYABLE_SERVICE_ERRORS } from '../../lib/contracts/service-errors';
import { STEP_ERRORS } from '../../lib/contracts/step-errors';
import {
  VERTEX_ERRORS,
  NON_RETRYABLE_VERTEX_ERRORS,
  RETRYABLE_VERTEX_CALL_ERRORS,
} from '../../lib/contracts/training-errors';
import { cleanupStates } from '../../lib/orchestration/state-machine/asl/cleanup-states';
import { starterStates } from '../../lib/orchestration/triggers/starter-states';
import { textOf } from './pages';

/** Cells of the rows that begin with the name of an error, by section and name. */
function rowsOf(section: string): Map<string, string[]> {
  const text = textOf('troubleshooting.md').split(`## ${section}\n`)[1]!.split('\n## ')[0]!;
  return new Map(
    [...text.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)].map(([, name, rest]) => [
      name!,
      rest!.split('|').map((cell) => cell.trim()),
    ]),
  );
}

test.each<[string, object]>([
  ['Errors of Jobs', GKE_ERRORS],
  ['Errors of service calls', SERVICE_ERRORS],
  ['Errors of gates', GATE_ERRORS],
  ['Errors of other steps', STEP_ERRORS],
  ['Errors of training jobs', VERTEX_ERRORS],
  ['Errors of rotations', ROTATION_ERRORS],
])('"%s" has a row with cause and remedy for each error, and no other', (section, errors) => {
  const rows = rowsOf(section);
  expect([...rows.keys()]).toEqual(expect.arrayContaining(Object.values(errors)));
  expect(rows.size).toBe(Object.values(errors).length);
  expect([...rows.values()].flat().filter((cell) => cell === '')).toEqual([]);
});

const withStep = (section: string, step: string) =>
  [...rowsOf(section)].filter(([, [, cell]]) => cell === step).map(([name]) => name);

test.each<[string, string, readonly string[]]>([
  ['Errors of Jobs', 'fails, no retry', NON_RETRYABLE_ERRORS],
  ['Errors of Jobs', '3 retries', GKE_DISRUPTIONS],
  ['Errors of Jobs', 'repeated call', UNDECIDED_ERRORS],
  ['Errors of Jobs', '5 retries', [GKE_ERRORS.QUOTA_EXCEEDED]],
  ['Errors of service calls', '3 retries', RETRYABLE_SERVICE_ERRORS],
  ['Errors of gates', '3 retries', [GATE_ERRORS.API_UNAVAILABLE, GATE_ERRORS.API_THROTTLED]],
  ['Errors of training jobs', 'fails, no retry', NON_RETRYABLE_VERTEX_ERRORS],
  ['Errors of training jobs', '3 retries', [VERTEX_ERRORS.UNSCHEDULABLE]],
  ['Errors of training jobs', 'repeated call', RETRYABLE_VERTEX_CALL_ERRORS],
])('"%s" has "%s" for the errors that the step treats so', (section, step, errors) => {
  expect(withStep(section, step).sort()).toEqual([...errors].sort());
});

test('"Errors of starters and clean-ups" has a row for each error of their state machines', () => {
  const starter = starterStates({
    partition: 'aws',
    trigger: 'orders',
    aliasArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly:live',
    deduplicationPaths: ['$.id'],
    listed: false,
  });
  const cleanup = cleanupStates({
    partition: 'aws',
    deadLetterUrl: 'https://q',
    childExecutions: true,
    targets: [],
  });
  const errors = [starter, cleanup]
    .flatMap(({ States }) => Object.values(States))
    .flatMap(({ Type, Error: name }) => (Type === 'Fail' ? [name] : []));
  expect([...rowsOf('Errors of starters and clean-ups').keys()].sort()).toEqual([...new Set(errors)].sort());
});
