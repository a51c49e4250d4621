import { randomUUID } from 'node:crypto';
import type { RotationHookRequest, HookStateMachine } from '../../lib/contracts/rotation';
import { endpointOf } from '../shared/federation/lambda-environment';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import type { HttpResponse } from '../shared/http/http';
import type { Clock, Send } from '../shared/http/retry';
import { signed } from '../shared/federation/signed';

/** How an execution ended. */
export type Ended =
  | { readonly status: 'SUCCEEDED' | 'TIMED_OUT' | 'ABORTED' | 'not in time' }
  | { readonly status: 'FAILED'; readonly error: unknown }
  | { readonly status: 'not started'; readonly reply: HttpResponse };

const BETWEEN_LOOKS = 3_000;

/** Runs state machines of a user and waits for their end. */
export class Executions {
  constructor(
    private readonly send: Send,
    private readonly clock: Clock,
    private readonly home: LambdaEnvironment,
    private readonly endpoint: string | undefined,
  ) {}

  /** A new execution each time: one that was broken off may have done its work by half. */
  async run(
    { stateMachineArn, timeoutSeconds }: HookStateMachine,
    request: RotationHookRequest,
  ): Promise<Ended> {
    const [, , , region = ''] = stateMachineArn.split(':');
    const end = this.clock.now() + timeoutSeconds * 1000;
    const started = await this.call(region, 'StartExecution', {
      stateMachineArn,
      name: `${request.step}-${randomUUID()}`,
      input: JSON.stringify(request),
    });
    if (started.status !== 200) return { status: 'not started', reply: started };
    const { executionArn } = JSON.parse(started.body) as { executionArn: string };
    while (this.clock.now() + BETWEEN_LOOKS < end) {
      await this.clock.sleep(BETWEEN_LOOKS);
      const ended = endOf(await this.call(region, 'DescribeExecution', { executionArn }));
      if (ended !== undefined) return ended;
    }
    // What sets a value late may set it over that of another rotation.
    await this.call(region, 'StopExecution', { executionArn, error: 'Rotation.NotInTime' });
    return { status: 'not in time' };
  }

  private async call(region: string, operation: string, fields: object): Promise<HttpResponse> {
    const request = await signed(this.home, 'states', region, {
      url: `${this.endpoint ?? endpointOf('states', region)}/`,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AWSStepFunctions.${operation}`,
      },
      body: JSON.stringify(fields),
    });
    return this.send('Step Functions', request);
  }
}

/** DescribeExecution is eventually consistent, and a poll that failed is followed by the next. */
function endOf({ status, body }: HttpResponse): Ended | undefined {
  if (status !== 200) return undefined;
  const { status: now, error } = JSON.parse(body) as { status: string; error?: unknown };
  switch (now) {
    case 'SUCCEEDED':
    case 'TIMED_OUT':
    case 'ABORTED':
      return { status: now };
    case 'FAILED':
      return { status: now, error };
  }
  return undefined;
}
