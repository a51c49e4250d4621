import type { TerraformStack } from 'cdktf';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesized, type Configuration, type Json } from '../../../synth';
import { MARKER, TokenServers } from '../../../runtime/token-servers';
import { Cluster, onCluster } from '../cluster';
import { Gateway } from './gateway';
import { Interpreter, type Execution, type Running, type TaskReport } from './interpreter';
import { Lambda } from './lambda';
import { node22 } from './node22';
import { keysOf, trustOf, variablesOf } from './trust';

const node = node22();

/** Tests that need a control plane and Node 22. */
export const onNode22 = node === undefined ? describe.skip : onCluster;

const BUNDLE = join(__dirname, '../../../../dist/runtime/jobs/index.js');

/** A function of the stack, and who it is. */
interface Deployed {
  readonly arn: string;
  readonly lambda: Lambda;
  readonly tokens: TokenServers;
}

/**
 * A stack of targets and state machines, brought to life: its Kubernetes objects in a real API server, its functions
 * as processes of the built bundle, its state machines in an interpreter. Trust between them is read from the stack:
 * who may assume which role, which roles the federation lets in, and which account they may act as.
 */
export class Orchestration {
  public readonly cluster = new Cluster();
  public readonly gateway: Gateway;
  /** Token servers by name of the AWS role that they give. */
  public readonly tokens: TokenServers[] = [];
  /** Where Vertex AI is played, for functions that train. */
  public vertexUrl?: string;
  private readonly configuration: Configuration;
  private readonly interpreter = new Interpreter(node!);
  private readonly functions = new Map<string, Deployed>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'orchestration-'));

  constructor(private readonly stack: TerraformStack) {
    this.configuration = synthesized(stack);
    this.gateway = new Gateway(() => this.cluster.controlPlane);
  }

  public async start(): Promise<void> {
    this.cluster.start(this.users());
    await this.gateway.start();
    await this.cluster.deploy(this.stack);
    for (const [address, block] of this.all('aws_lambda_function')) await this.deploy(address, block);
    this.interpreter.start();
  }

  public async stop(): Promise<void> {
    this.interpreter.stop();
    for (const { lambda } of this.functions.values()) await lambda.stop();
    for (const servers of this.tokens) await servers.stop();
    await this.gateway.stop();
    this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The definition of a state machine, as Terraform gives it to AWS. */
  public definition(name: string): unknown {
    const [, machine] = this.all('aws_sfn_state_machine').find(([, block]) => String(block.name) === name)!;
    return JSON.parse(String(machine.definition).replaceAll('$${', '${'));
  }

  /** The Job that a step of a state machine asks for. */
  public jobOf(name: string, step: string): Json {
    const { States } = this.definition(name) as { States: Record<string, { Branches: Branch[] }> };
    return States[step]!.Branches[0]!.States[`${step}: attempt`]!.Parameters.job;
  }

  /** Starts an execution of a state machine of the stack. */
  public run(name: string, execution: Partial<Execution> = {}): Running {
    return this.interpreter.run({
      stateMachineArn: `arn:aws:states:eu-west-1:210987654321:stateMachine:${name}`,
      definition: this.definition(name),
      ...execution,
      functions: {
        ...Object.fromEntries([...this.functions.values()].map(({ arn, lambda }) => [arn, lambda.url])),
        ...execution.functions,
      },
    });
  }

  /** Reports with a task token, as a pod or a person does. */
  public report(report: TaskReport): Promise<string | undefined> {
    return this.interpreter.report(report);
  }

  /** A function by its name. */
  public lambda(name: string): Lambda {
    return this.functions.get(name)!.lambda;
  }

  /** URL of the token services of a function. */
  public tokenUrl(name: string): string {
    return this.functions.get(name)!.tokens.url;
  }

  /** The ARN that state machines invoke a function by. */
  public arnOf(name: string): string {
    return this.functions.get(name)!.arn;
  }

  /** User of a target's functions in the cluster. */
  public userOf(target: string): string {
    return this.emails().find((email) => email.startsWith(`${target}-gke-jobs@`))!;
  }

  /** What all functions wrote into their logs. */
  public get logs(): string {
    return [...this.functions.values()].map(({ lambda }) => lambda.log).join('');
  }

  /** What the histories of all executions that have ended hold. */
  public get history(): string {
    return this.interpreter.history;
  }

  /** Jobs of an execution, as the administrator sees them. */
  public jobs(namespace: string): Json[] {
    const { stdout } = this.cluster.kubectl('get', 'jobs', '--namespace', namespace, '--output', 'json');
    return (JSON.parse(stdout) as { items: Json[] }).items;
  }

  /** One pass of the clean-up that EventBridge starts at the end of an execution: each of its functions is invoked. */
  public async endedBadly(execution: string): Promise<void> {
    const machines = this.all('aws_sfn_state_machine').filter(([, { name }]) =>
      String(name).endsWith('-cleanup'),
    );
    // A second ahead of the skew that the function allows for.
    const time = new Date(Date.now() + 6_000).toISOString();
    for (const { Resource, Parameters } of machines.flatMap(([, { definition }]) => firstPass(definition))) {
      const { action } = Parameters;
      const name = Resource.split(':').at(-2)!;
      const { errorMessage } = await this.lambda(name).invoke({ action, execution, createdBefore: time });
      if (errorMessage !== undefined) throw new Error(errorMessage);
    }
  }

  private all(type: string): [string, Json][] {
    return Object.entries(this.configuration.resource?.[type] ?? {});
  }

  /** Google accounts of the stack, as users of the API server. */
  private users(): Record<string, string> {
    return Object.fromEntries(this.emails().map((email) => [tokenOf(email), email]));
  }

  private emails(): string[] {
    return this.all('google_service_account').map(
      ([, { account_id: id, project }]) => `${String(id)}@${String(project)}.iam.gserviceaccount.com`,
    );
  }

  private async deploy(address: string, block: Json): Promise<void> {
    const name = String(block.function_name);
    const { JOB_TARGET: text, TRAINING_TARGET: training } = variablesOf(this.configuration, name);
    if (training !== undefined) return this.deployTraining(name, JSON.parse(training) as Target);
    if (text === undefined) return;
    // Only Google knows the address; nothing else in what the function is given is changed but where tokens are.
    const target = JSON.parse(
      text.replace(/\$\{data\.google_container_cluster[^}]*\}/, this.gateway.host),
    ) as Target;
    const caller = keysOf(name);
    const servers = this.tokenServers(name, target);
    await servers.start();
    const email = /serviceAccounts\/([^:]+):/.exec(target.credentials.service_account_impersonation_url)![1]!;
    const certificate = join(this.folder, `${name}.pem`);
    writeFileSync(certificate, this.gateway.certificate);
    const lambda = new Lambda({
      node: node!,
      bundle: BUNDLE,
      environment: {
        JOB_TARGET: JSON.stringify({ ...target, credentials: redirected(target, servers, email) }),
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: caller.accessKeyId,
        AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
        AWS_SESSION_TOKEN: caller.sessionToken,
        AWS_ENDPOINT_URL_STS: servers.stsEndpoint,
        // The DNS endpoint has a public certificate; this is how the gateway's becomes one.
        NODE_EXTRA_CA_CERTS: certificate,
      },
    });
    await lambda.start();
    const { alias } = this.aliasOf(address);
    this.functions.set(name, {
      arn: `arn:aws:lambda:eu-west-1:210987654321:function:${name}:${alias}`,
      lambda,
      tokens: servers,
    });
  }

  /** A function that trains, with Vertex AI as the tests play it. */
  private async deployTraining(name: string, target: Target): Promise<void> {
    const caller = keysOf(name);
    const servers = this.tokenServers(name, target);
    await servers.start();
    const credentials = { ...target.credentials, token_url: `${servers.url}/google-sts/v1/token` };
    const lambda = new Lambda({
      node: node!,
      bundle: BUNDLE.replace('jobs', 'training'),
      environment: {
        TRAINING_TARGET: JSON.stringify({ ...target, endpoint: this.vertexUrl, credentials }),
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: caller.accessKeyId,
        AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
        AWS_SESSION_TOKEN: caller.sessionToken,
        AWS_ENDPOINT_URL_STS: servers.stsEndpoint,
      },
    });
    await lambda.start();
    this.functions.set(name, {
      arn: `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`,
      lambda,
      tokens: servers,
    });
  }

  private aliasOf(address: string): { readonly alias: string } {
    const [, found] = this.all('aws_lambda_alias').find(([, block]) =>
      String(block.function_name).includes(`.${address}.`),
    )!;
    return { alias: String(found.name) };
  }

  /** AWS and Google for one function, with the trust that the stack sets up. */
  private tokenServers(name: string, target: Target): TokenServers {
    const servers = new TokenServers({
      ...trustOf(this.configuration, name),
      audience: target.credentials.audience,
      tokens: Object.fromEntries(this.emails().map((email) => [email, tokenOf(email)])),
    });
    this.tokens.push(servers);
    return servers;
  }
}

interface Branch {
  readonly States: Readonly<Record<string, { readonly Parameters: { readonly job: Json } }>>;
}

interface Target {
  readonly credentials: {
    readonly audience: string;
    readonly service_account_impersonation_url: string;
  };
}

interface CleanupTask {
  readonly Resource: string;
  readonly Parameters: { readonly action: string };
}

/** Tasks of the branches that delete Jobs. */
function firstPass(definition: unknown): CleanupTask[] {
  const { States } = JSON.parse(String(definition)) as {
    States: Record<string, { Branches: { States: Record<string, CleanupTask> }[] }>;
  };
  return States['Delete jobs']!.Branches.flatMap(({ States: branch }) => Object.values(branch));
}

/** The configuration of the stack with the addresses of Google replaced, and nothing else. */
function redirected(target: Target, servers: TokenServers, email: string) {
  const { token_url, service_account_impersonation_url } = servers.credentialsFor(email);
  return { ...target.credentials, token_url, service_account_impersonation_url };
}

function tokenOf(email: string): string {
  return `ya29.${MARKER}-${email.split('@')[0]}`;
}
