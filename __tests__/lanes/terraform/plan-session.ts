import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labProviders, run } from './lab';
import type { Plan } from './plan';
import { ProviderProcesses } from './provider-processes';

/** A block of Terraform's JSON that a change edits. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema is that of each resource type
export type Block = any;

/** The JSON of a stack, which a change edits. */
export class EditableStack {
  constructor(
    /** Content of `cdk.tf.json`. */
    public json: Block,
  ) {}

  /** Name and block of the one resource of a type whose name contains a text. */
  public find(type: string, part = ''): [string, Block] {
    const found = Object.entries<Block>(this.json.resource[type] ?? {}).filter(([name]) =>
      name.includes(part),
    );
    if (found.length !== 1)
      throw new Error(`${found.length} resources of type ${type} have "${part}", not 1`);
    return found[0]!;
  }

  /** Edits one resource. */
  public edit(type: string, part: string, change: (body: Block) => void): void {
    change(this.find(type, part)[1]);
  }

  /** Edits a document in an argument. */
  public editDocument(type: string, part: string, argument: string, change: (document: Block) => void): void {
    this.edit(type, part, (body) => {
      const document = JSON.parse(body[argument]);
      change(document);
      body[argument] = JSON.stringify(document);
    });
  }

  /** Adds a resource with the name `added`. */
  public add(type: string, body: object, name = 'added'): void {
    this.json.resource[type] = { ...this.json.resource[type], [name]: body };
  }

  /** Removes a resource, and what depends on it by `depends_on`. Returns its address. */
  public remove(type: string, part = ''): string {
    const [name] = this.find(type, part);
    delete this.json.resource[type][name];
    // Terraform rejects a type without a resource.
    if (Object.keys(this.json.resource[type]).length === 0) delete this.json.resource[type];
    const address = `${type}.${name}`;
    for (const ofType of Object.values<Block>(this.json.resource)) {
      for (const body of Object.values<Block>(ofType)) {
        body.depends_on = (body.depends_on ?? []).filter((each: string) => each !== address);
      }
    }
    return address;
  }
}

/** Options of one plan. */
export interface PlanOptions {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Options of a session. */
export interface SessionOptions {
  /** File that a change replaces. */
  readonly file?: string;
  /** `terraform`, or `tofu`. */
  readonly program?: string;
  /** Folder of another mirror of providers. */
  readonly mirror?: string;
  /** Variables of the providers. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A configuration that is applied once, and planned after each change over the same state. */
export class PlanSession {
  /** File with the last plan, in the folder of the configuration. */
  public static readonly PLAN = 'plan';

  private readonly env: NodeJS.ProcessEnv;
  private readonly folder: string;
  private readonly file: string;
  private readonly program: string;
  private original = '';
  private providers?: ProviderProcesses;

  constructor(
    private readonly scratch: string,
    source: string,
    { file = 'cdk.tf.json', program = 'terraform', mirror, env }: SessionOptions = {},
  ) {
    this.file = file;
    this.program = program;
    const root = join(scratch, `session-${Math.random().toString(36).slice(2)}`);
    this.folder = join(root, 'stack');
    mkdirSync(this.folder, { recursive: true });
    const backend = { terraform: { backend: { local: { path: join(root, 'terraform.tfstate') } } } };
    writeFileSync(join(this.folder, 'backend_override.tf.json'), JSON.stringify(backend));
    this.env = { ...labProviders(mirror), LAB_CLUSTER: join(root, 'cluster'), ...env };
    this.become(source);
  }

  /** Replaces the configuration by another one, over the same state. */
  public become(source: string): void {
    this.stop();
    // Providers of the configuration before, and the lock on their versions.
    for (const each of ['.terraform', '.terraform.lock.hcl'])
      rmSync(join(this.folder, each), { recursive: true, force: true });
    cpSync(source, this.folder, { recursive: true });
    this.original = readFileSync(join(this.folder, this.file), 'utf8');
    this.run(['init']);
    const names = this.file.endsWith('.json') ? providersOfOneConfiguration(this.original) : [];
    this.providers = new ProviderProcesses(this.folder, this.scratch, names, this.env);
  }

  /** Ends the processes of the session. The next command starts its own. */
  public stop(): void {
    this.providers?.stop();
    this.providers = undefined;
  }

  /** Applies the configuration as it is. */
  public apply(): void {
    this.run(['apply', '-auto-approve']);
  }

  /** Expects that the next plan is empty, destroys everything, and expects a state without a resource. */
  public end(): void {
    // With changes the exit code is 2.
    this.run(['plan', '-detailed-exitcode']);
    this.run(['destroy', '-auto-approve']);
    expect(JSON.parse(this.run(['show', '-json']))).not.toHaveProperty('values');
    this.stop();
  }

  /**
   * Runs a command in the folder.
   * @param env variables of the providers for this command
   */
  public run(args: readonly string[], env?: NodeJS.ProcessEnv): string {
    const [command = '', ...rest] = args;
    // The running providers keep the variables that they were started with.
    const shared = env === undefined ? this.providers?.environment : env;
    return run(this.program, [command, '-no-color', ...rest], {
      cwd: this.folder,
      env: { ...this.env, ...shared },
    });
  }

  /** JSON of the plan of a changed text of the file. The next plan begins with the text that is applied. */
  public plan(text = this.original, { args = [], env }: PlanOptions = {}): unknown {
    const path = join(this.folder, this.file);
    writeFileSync(path, text);
    try {
      this.run(['plan', `-out=${PlanSession.PLAN}`, ...args], env);
      return JSON.parse(this.run(['show', '-json', PlanSession.PLAN], env)) as unknown;
    } finally {
      writeFileSync(path, this.original);
    }
  }

  /** Text of the file after a change of its JSON. */
  public changed(change: (stack: EditableStack) => void): string {
    const stack = new EditableStack(JSON.parse(this.original));
    change(stack);
    return JSON.stringify(stack.json);
  }
}

/** Names of the providers with one configuration. */
function providersOfOneConfiguration(text: string): string[] {
  const { provider = {} } = JSON.parse(text) as { provider?: Record<string, unknown> };
  return Object.entries(provider).flatMap(([name, each]) =>
    Array.isArray(each) && each.length > 1 ? [] : [name],
  );
}

/** Plan of a stack over the state of an earlier version of it. */
export function upgradePlan(scratch: string, before: string, after: string, options?: SessionOptions): Plan {
  const session = new PlanSession(scratch, before, options);
  session.apply();
  session.become(after);
  const plan = session.plan() as Plan;
  session.stop();
  return plan;
}
