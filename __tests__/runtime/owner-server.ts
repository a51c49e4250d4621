import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RotationHookRequest } from '../../lib/contracts/rotation';

interface Execution {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly name: string;
  readonly input: string;
}

type MaybeLater<T> = T | Promise<T>;

/** What the function or the state machine of a user does. */
export type Behaviour = 'work' | 'fail' | 'hang' | 'refuse';

/**
 * Stands in for AWS Lambda and Step Functions with the functions and state machines of a user, and for what they set
 * values at: a database that takes two passwords, the one before and the new one.
 */
export class OwnerServer {
  public readonly asked: RotationHookRequest[] = [];
  public readonly accepted = new Set<string>();
  public behaviour: (request: RotationHookRequest) => Behaviour = () => 'work';
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
      if (operation === undefined) return void this.answer(text, request.url, response);
      void this.execution(operation, JSON.parse(text) as Execution, response);
    });
  });
  /** Executions by ARN: how they ended, or that they run. */
  public readonly executions = new Map<string, string>();
  public readonly paths: string[] = [];

  /** @param read gives the value of a version, by the identity of the user's function */
  constructor(private readonly read: (version: string) => MaybeLater<string | undefined>) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(text: string, path = '', response: ServerResponse): Promise<void> {
    const asked = JSON.parse(text) as RotationHookRequest;
    this.paths.push(path);
    this.asked.push(asked);
    const behaviour = this.behaviour(asked);
    if (behaviour === 'hang') return;
    if (behaviour === 'refuse') {
      response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"Message":"no"}');
    } else if (behaviour === 'fail' || !(await this.works(asked))) {
      // As careless as a function can be.
      const errorMessage = `password ${await this.read(asked.version)} was not accepted`;
      response
        .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
        .end(JSON.stringify({ errorType: 'OwnerError', errorMessage }));
    } else {
      response.writeHead(200).end('null');
    }
  }

  private async execution(operation: string, request: Execution, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (operation === 'StartExecution') {
      const asked = JSON.parse(request.input) as RotationHookRequest;
      this.asked.push(asked);
      const behaviour = this.behaviour(asked);
      const __type = 'com.amazonaws.states#StateMachineDoesNotExist';
      if (behaviour === 'refuse') return void send(400, { __type, message: 'no' });
      const machine = request.stateMachineArn.split(':')[6];
      const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:${machine}:${request.name}`;
      const worked = behaviour === 'work' && (await this.works(asked));
      this.executions.set(executionArn, behaviour === 'hang' ? 'RUNNING' : worked ? 'SUCCEEDED' : 'FAILED');
      send(200, { executionArn, startDate: 1 });
    } else if (operation === 'DescribeExecution') {
      const status = this.executions.get(request.executionArn)!;
      const cause = `passwords ${[...this.accepted].join()}`;
      send(200, { status, ...(status === 'FAILED' && { error: 'GKE.JobFailed', cause }) });
    } else {
      this.executions.set(request.executionArn, 'ABORTED');
      send(200, { stopDate: 2 });
    }
  }

  private async works({ step, version, previousVersion }: RotationHookRequest): Promise<boolean> {
    const value = await this.read(version);
    if (value === undefined) return false;
    if (step === 'testSecret') return this.accepted.has(value);
    const before = previousVersion === null ? undefined : await this.read(previousVersion);
    this.accepted.clear();
    for (const each of [before, value]) if (each !== undefined) this.accepted.add(each);
    return true;
  }
}
