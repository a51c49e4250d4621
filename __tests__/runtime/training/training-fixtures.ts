import type { TrainingTarget } from '../../../lib/contracts/training';
import { VertexServer } from '../../lanes/steps/vertex-server';
import { tokenServers, trainingRequest, trainingTarget } from '../first-calls';
import { type Line } from '../harness';

/* What becomes of trainings in a state machine is the matter of the lane `test:steps`. */

export const tokens = tokenServers();
export const vertex = new VertexServer((token) => tokens.sessionOf(token) !== undefined);
export const lines: Line[] = [];

export const target = (overrides: Partial<TrainingTarget> = {}) => ({
  ...trainingTarget(vertex.url, tokens),
  ...overrides,
});

export const poll = (status: unknown, overrides: object = {}) =>
  trainingRequest({ action: 'poll', job: undefined, status, ...overrides });

export const page = (status: number) => ({ status, body: '<html>Not Found</html>' });
