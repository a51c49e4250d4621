import {
  ROTATION_ERRORS,
  type HookCall,
  type HookFunction,
  type RotationHookRequest,
  type HookStateMachine,
  type Rotation,
} from '../../lib/contracts/rotation';
import { endpointOf } from '../shared/federation/lambda-environment';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { Failure } from '../shared/http/failure';
import { sendOnce, type HttpResponse } from '../shared/http/http';
import type { Executions } from './execution';
import type { RotationLog } from './log';
import { signed } from '../shared/federation/signed';

/** Hooks of the owner: functions or state machines of the user that set and test a value. */
export class RotationHooks {
  constructor(
    private readonly rotation: Rotation,
    private readonly home: LambdaEnvironment,
    private readonly lambdaEndpoint: string | undefined,
    private readonly executions: Executions,
    private readonly log: RotationLog,
  ) {}

  /** Sets a value; does nothing without a hook. */
  async set(request: Omit<RotationHookRequest, 'step'>): Promise<void> {
    await this.ask(this.rotation.setSecret, { step: 'setSecret', ...request }, ROTATION_ERRORS.SET_FAILED);
  }

  /** Tests a value; does nothing without a hook. */
  async test(request: Omit<RotationHookRequest, 'step'>): Promise<void> {
    await this.ask(this.rotation.testSecret, { step: 'testSecret', ...request }, ROTATION_ERRORS.TEST_FAILED);
  }

  private async ask(hook: HookCall | undefined, request: RotationHookRequest, error: string): Promise<void> {
    if (hook === undefined) return;
    const problem =
      'functionArn' in hook ? await this.call(hook, request) : await this.execute(hook, request);
    if (problem !== undefined) throw new Failure(error, `${problem}.`);
    this.log.step(request.step, { version: request.version });
  }

  private async call(hook: HookFunction, request: RotationHookRequest): Promise<string | undefined> {
    const name = `The function ${hook.functionArn.split(':').slice(6).join(':')}`;
    try {
      const problem = problemOf(await this.invoke(hook, request));
      return problem && `${name} ${problem}`;
    } catch (cause) {
      if (cause instanceof TypeError) throw cause;
      const { name: kind, code } = cause as NodeJS.ErrnoException;
      return `${name} did not answer ${kind === 'AbortError' ? `in ${hook.timeoutSeconds} s` : `(${code ?? kind})`}`;
    }
  }

  private async execute(hook: HookStateMachine, request: RotationHookRequest): Promise<string | undefined> {
    const name = `The state machine ${hook.stateMachineArn.split(':').slice(6).join(':')}`;
    const ended = await this.executions.run(hook, request);
    switch (ended.status) {
      case 'SUCCEEDED':
        return undefined;
      case 'FAILED':
        return `${name} failed with ${typeOf(ended.error) || 'an error without a name'}; see its history`;
      case 'not started':
        return `${name} was not started: HTTP ${ended.reply.status} ${typeIn(ended.reply)}`.trimEnd();
      case 'not in time':
        return `${name} did not end in ${hook.timeoutSeconds} s and was stopped`;
      default:
        return `${name} ended as ${ended.status}; see its history`;
    }
  }

  /** Sent once: the function may take minutes, and the next rotation invokes it again. */
  private async invoke(
    { functionArn, timeoutSeconds }: HookFunction,
    hookRequest: RotationHookRequest,
  ): Promise<HttpResponse> {
    const parts = functionArn.split(':');
    const [, , , region = ''] = parts;
    const base = this.lambdaEndpoint ?? endpointOf('lambda', region);
    const path = `/2015-03-31/functions/${encodeURIComponent(parts.slice(0, 7).join(':'))}/invocations`;
    const request = await signed(this.home, 'lambda', region, {
      url: `${base}${path}?Qualifier=${parts[7]}`,
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': 'RequestResponse' },
      body: JSON.stringify(hookRequest),
    });
    return sendOnce({ ...request, idempotent: false }, timeoutSeconds * 1000);
  }
}

/** The type of an error, never its message: who reads a value may quote it. */
function problemOf({ status, headers, body }: HttpResponse): string | undefined {
  if (status !== 200)
    return `was not called: HTTP ${status} ${typeOf(headers['x-amzn-errortype'])}`.trimEnd();
  if (headers['x-amz-function-error'] === undefined) return undefined;
  return `failed with ${typeOf(fieldOf(body, 'errorType')) || 'an error without a type'}; see its log`;
}

function typeIn({ body }: HttpResponse): string {
  return typeOf(String(fieldOf(body, '__type') ?? '').replace(/^.*#/, ''));
}

function fieldOf(body: string, name: string): unknown {
  try {
    return (JSON.parse(body) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function typeOf(type: unknown): string {
  return /^[A-Za-z][\w.]{0,79}/.exec(String(type ?? ''))?.[0] ?? '';
}
