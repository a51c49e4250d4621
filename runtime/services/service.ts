import type { ServiceRequest, ServiceResult, ServiceTarget } from '../../lib/contracts/services';
import { SERVICE_ERRORS } from '../../lib/contracts/service-errors';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { callerHeaders } from '../shared/federation/caller';
import { TokenCache } from '../shared/federation/token-cache';
import { Failure } from '../shared/http/failure';
import type { Clock, Send } from '../shared/http/retry';
import type { Run } from '../shared/input/execution';
import type { Log } from '../shared/log/log';
import { serve } from '../shared/serve';
import { call } from './call';
import { fetchServiceToken } from './auth';
import { parseRequest } from './request';

/** Errors after which a token is not used again. */
const REJECTIONS: readonly string[] = [SERVICE_ERRORS.AUTH_FAILED, SERVICE_ERRORS.FORBIDDEN];

export interface ServiceSetUp {
  readonly target: ServiceTarget;
  readonly home: LambdaEnvironment;
  readonly clock: Clock;
  readonly log: Log;
}

export type CallService = (event: unknown) => Promise<ServiceResult>;

/** To get a token, retries included. */
const LONGEST_PROOF = 20_000;

/** Calls of one service. It keeps the tokens of the runs that it has served. */
export function serviceAt({ target, home, clock, log }: ServiceSetUp): CallService {
  const tokens = new TokenCache(clock.now);

  return serve({
    family: 'GKE',
    clock,
    log,
    facts: { target: target.name },
    milliseconds: LONGEST_PROOF,
    parse: (event) => parseRequest(event, target),
    factsOf: ({ step, method, path, key }) => ({ step, method, path, key }),
    act: answer,
    outcomeOf: ({ status }) => ({ status }),
    describe: where,
  });

  async function answer(request: ServiceRequest, { id }: Run, send: Send): Promise<ServiceResult> {
    const { name, reason } = target;
    const headers = callerHeaders({ family: 'services', runId: id, subject: `target=${name}`, reason });
    const token = await tokens.get(id, () => fetchServiceToken(send, home, target, id, headers));
    try {
      return await call(request, target, token, { 'user-agent': headers['user-agent'] });
    } catch (error) {
      // The next attempt sends a new token, in case the old one was the reason.
      if (error instanceof Failure && REJECTIONS.includes(error.name)) tokens.drop(id);
      throw error;
    }
  }

  function where(request: ServiceRequest | undefined, execution: string | undefined): string {
    const what = request === undefined ? '' : `${request.method} ${request.path} of the `;
    const from = execution === undefined ? '' : `, execution ${execution}`;
    return `${what === '' ? 'Target' : `${what}target`} ${target.name} at ${target.url}${from}.`;
  }
}
