import type { TerraformStack } from 'cdktf';
import { join } from 'node:path';
import { TokenServers } from '../../runtime/token-servers';
import { resources, synthesized, type Configuration } from '../../synth';
import { Interpreter, type Ended, type Execution, type Running } from '../cluster/orchestration/interpreter';
import { Lambda } from '../cluster/orchestration/lambda';
import { node22 } from '../cluster/orchestration/node22';
import { trustOf, variablesOf } from '../cluster/orchestration/trust';

const node = node22();
const ACCOUNT = '210987654321';
const REGION = 'eu-west-1';

/** Tests that need Node 22 and no more. */
export const withNode22 = node === undefined ? describe.skip : describe;

/** What a function is given that is not as on AWS: addresses. */
export interface Redirected {
  readonly variable: string;
  readonly bundle: string;
  /** Its setting with addresses of this machine in place of those of the clouds. */
  readonly setting: (given: never, tokens: TokenServers) => unknown;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Functions and state machines of a stack, brought to life without a cluster. */
export class Functions {
  public readonly tokens: TokenServers[] = [];
  private readonly configuration: Configuration;
  private readonly lambdas = new Map<string, Lambda>();
  private readonly interpreter = new Interpreter(node!);

  constructor(private readonly stack: TerraformStack) {
    this.configuration = synthesized(stack);
  }

  public start(): void {
    this.interpreter.start();
  }

  public async stop(): Promise<void> {
    this.interpreter.stop();
    for (const each of [...this.lambdas.values(), ...this.tokens]) await each.stop();
  }

  /** Starts a function as a process, between token services that know what the stack says of it. */
  public async deploy(
    functionName: string,
    { variable, bundle, setting, environment }: Redirected,
  ): Promise<void> {
    const given = JSON.parse(variablesOf(this.configuration, functionName)[variable]!) as never;
    const { credentials } = given as { credentials?: { audience: string } };
    const trust = trustOf(this.configuration, functionName);
    const servers = new TokenServers({ ...trust, audience: credentials?.audience ?? '', tokens: {} });
    await servers.start();
    this.tokens.push(servers);
    const lambda = new Lambda({
      node: node!,
      bundle: join(__dirname, `../../../dist/runtime/${bundle}/index.js`),
      environment: {
        [variable]: JSON.stringify(setting(given, servers)),
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: trust.caller.accessKeyId,
        AWS_SECRET_ACCESS_KEY: trust.caller.secretAccessKey,
        AWS_SESSION_TOKEN: trust.caller.sessionToken,
        AWS_ENDPOINT_URL_STS: servers.stsEndpoint,
        ...environment,
      },
    });
    await lambda.start();
    this.lambdas.set(functionName, lambda);
  }

  /** What all functions wrote into their logs. */
  public get logs(): string {
    return [...this.lambdas.values()].map(({ log }) => log).join('');
  }

  /** What the histories of all executions that have ended hold. */
  public get history(): string {
    return this.interpreter.history;
  }

  public lambda(functionName: string): Lambda {
    return this.lambdas.get(functionName)!;
  }

  /** Whether Google gave a token to some role that its federation lets in. */
  public knows(token: string): boolean {
    return this.tokens.some((servers) => servers.sessionOf(token) !== undefined);
  }

  public begin(name: string, execution: Partial<Execution> = {}): Running {
    const machine = resources(this.stack, 'aws_sfn_state_machine').find(
      (each) => String(each.name) === name,
    )!;
    const arn = (functionName: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}:live`;
    return this.interpreter.run({
      stateMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`,
      definition: JSON.parse(String(machine.definition).replaceAll('$${', '${')) as unknown,
      waitMs: 50,
      ...execution,
      functions: Object.fromEntries([...this.lambdas].map(([each, { url }]) => [arn(each), url])),
    });
  }

  public run(name: string, input: object = {}): Promise<Ended> {
    return this.begin(name, { input }).ended;
  }
}
