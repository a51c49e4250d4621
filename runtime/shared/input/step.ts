import type { PollSchedule } from '../../../lib/contracts/jobs';
import { EXECUTION_ARN } from './execution';
import { FieldError, number, object, text, texts, type Fields, type Form } from './fields';

/** ARN of an execution. */
export const EXECUTION: Form = {
  pattern: EXECUTION_ARN,
  rule: 'must be the ARN of an execution of a Standard workflow',
};

export const UUID: Form = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  rule: 'must be a UUID',
};
const EXIT_CODE = /^(25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Fields of each request of a step that waits for a job. */
export function readStep(request: Fields) {
  return {
    step: text(request.step, 'step'),
    attempt: text(request.attempt, 'attempt', UUID),
    schedule: readSchedule(request.schedule),
    exitCodes: readExitCodes(request.exitCodes),
    timeoutSeconds: number(request.timeoutSeconds, 'timeoutSeconds', 1),
  };
}

/** Seconds until the next poll. */
export function nextWait({ initialSeconds, factor, maxSeconds }: PollSchedule, last: number): number {
  return Math.ceil(Math.min(maxSeconds, Math.max(initialSeconds, last * factor)));
}

function readSchedule(value: unknown): PollSchedule {
  const schedule = object(value, 'schedule');
  return {
    initialSeconds: number(schedule.initialSeconds, 'schedule.initialSeconds', 1),
    factor: number(schedule.factor, 'schedule.factor', 1),
    maxSeconds: number(schedule.maxSeconds, 'schedule.maxSeconds', 1),
  };
}

function readExitCodes(value: unknown): Readonly<Record<string, string>> {
  const names = texts(value, 'exitCodes');
  for (const [code, name] of Object.entries(names)) {
    if (!EXIT_CODE.test(code)) throw new FieldError('exitCodes', 'must have codes from 0 to 255');
    text(name, `exitCodes["${code}"]`);
  }
  return names;
}
