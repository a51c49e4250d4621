import { Failure } from './http/failure';
import { reportedError } from './http/reported-error';
import { httpClient, type Clock, type Send } from './http/retry';
import { executionIn, runOf, type Run } from './input/execution';
import { CallLog } from './log/call-log';
import type { Facts, Log } from './log/log';

/** A deployed function that a state machine invokes. */
export interface Service<Request extends { readonly execution: string }, Answer> {
  /** Prefix of the names of common errors: `GKE` in `GKE.AuthFailed`. */
  readonly family: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Facts of each log line, such as the name of the target. */
  readonly facts: Facts;
  /** Limit for all requests to the clouds, retries included. */
  readonly milliseconds: number;
  /** Throws a `Failure` for an invalid event. */
  readonly parse: (event: unknown) => Request;
  /** Facts of the request, for each log line after it is parsed. */
  readonly factsOf: (request: Request) => Facts;
  readonly act: (request: Request, run: Run, send: Send) => Promise<Answer>;
  /** Facts of the answer, for the last log line. */
  readonly outcomeOf: (answer: Answer) => Facts;
  /** A sentence about the object and the execution of an error. */
  readonly describe: (request: Request | undefined, execution: string | undefined) => string;
}

/** Answers events: parses the event, acts, writes one log line at the end, and reports an error by its name. */
export function serve<Request extends { readonly execution: string }, Answer>(
  service: Service<Request, Answer>,
): (event: unknown) => Promise<Answer> {
  const { clock, log } = service;
  return async (event) => {
    const deadline = clock.now() + service.milliseconds;
    const execution = executionIn(event);
    const entry = new CallLog(log, clock, { ...service.facts, execution });
    let request: Request | undefined;
    try {
      request = service.parse(event);
      const run = runOf(request.execution);
      entry.about({ run: run.id, ...service.factsOf(request) });
      const answer = await service.act(request, run, httpClient(clock, deadline, entry.retry));
      entry.answered(service.outcomeOf(answer));
      return answer;
    } catch (error) {
      const where = service.describe(request, execution);
      // A container writes what it likes. Its words are data of the execution, which logs do not hold by default.
      const logged = error instanceof Failure ? error.withoutQuotes() : error;
      entry.failed(reportedError(logged, service.family, where));
      throw reportedError(error, service.family, where);
    }
  };
}
