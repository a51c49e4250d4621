import type { TrainingStatus, TrainingTarget } from '../../../lib/contracts/training';
import { trainingOn } from '../../../runtime/training/training';
import { trainingRequest } from '../first-calls';
import { CALLER, type Line } from '../harness';
import { lines, target, tokens, vertex } from './training-fixtures';

/* The function between the token servers and Vertex AI. Importing this file starts both for the tests of a file. */

/** Milliseconds that the clock of the function is ahead. */
export const clock = { ahead: 0 };

beforeAll(() => Promise.all([tokens.start(), vertex.start()]));

afterAll(() => Promise.all([tokens.stop(), vertex.stop()]));

beforeEach(() => {
  lines.length = 0;
  vertex.jobs.clear();
  vertex.seen.length = 0;
  vertex.refusals.length = 0;
  vertex.progress = (job) => (job.state = 'RUNNING');
  clock.ahead = 0;
});

export function training(overrides: Partial<TrainingTarget> = {}) {
  const note = (level: Line['level']) => (message: string, facts: object) =>
    void lines.push({ level, message, ...facts });
  return trainingOn({
    target: target(overrides),
    home: {
      region: 'eu-west-1',
      stsEndpoint: tokens.stsEndpoint,
      credentials: { ...CALLER, token: CALLER.sessionToken },
    },
    clock: {
      now: () => Date.now() + clock.ahead,
      sleep: (milliseconds) => Promise.resolve(void (clock.ahead += milliseconds)),
      random: () => 0.5,
    },
    log: { info: note('info'), warn: note('warn') },
  });
}

export const submitted = async () => (await training()(trainingRequest())) as TrainingStatus;
