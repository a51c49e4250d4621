import { PIPELINE_RUNNER_PERMISSIONS } from '../../lib/vertex/pipeline-runner';
import type { App } from 'cdktf';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stableHash } from '../../lib/core/names';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { readModel } from '../../lib/model';
import { environmentReports, guardrailLines, table, writtenStacks } from '../../stacks/report';
import type { StateBackend } from '../../stacks/state-backend';
import { synthesize } from '../../stacks/synthesize';
import { permissions, predefinedRoles, tooWide } from '../granted';
import { addresses, type Configuration, type Json, type Manifest } from '../synth';

const root = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-stacks-'));

afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = () => mkdtempSync(join(root, 'out-'));
const all = (app: App) => environments.forEach((environment) => addEnvironment(app, environment));
const outdir = folder();

synthesize(outdir, all);

const text = (stack: string, from = outdir) =>
  readFileSync(join(from, 'stacks', stack, 'cdk.tf.json'), 'utf8');

const configuration = (stack: string, from = outdir) => JSON.parse(text(stack, from)) as Configuration;
const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
const stacks = Object.keys(manifest.stacks);

/** Without what cdktf notes for itself: its version, paths, ids. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, each]) => {
    // The Workflow is read in the test of its trigger; here it is enough to see that it changed.
    if (name === 'source_contents') return [[name, `a Workflow, SHA-256 ${stableHash(String(each))}`]];
    // So does the code of a function, and its definition is read in the test of its state machine.
    if (name === 'source_code_hash' || name === 'filename') return [[name, 'the code']];
    if (name === 'definition') return [[name, `a state machine, SHA-256 ${stableHash(String(each))}`]];
    if (name !== '//') return [[name, normalized(each)]];
    const facts = Object.entries(each as object).filter(
      ([fact]) => fact !== 'metadata' && fact !== 'outputs',
    );
    return facts.length === 0 ? [] : [['//', Object.fromEntries(facts)]];
  });
  return Object.fromEntries(entries) as unknown;
}

/** Every argument of every resource of an environment, by construct path, without the names that set it apart. */
function settings(name: string): Map<string, string> {
  const { project, aws } = environments.find((environment) => environment.name === name)!;
  const found = new Map<string, string>();
  for (const stack of stacks.filter((each) => each.startsWith(`${name}-`))) {
    for (const [type, ofType] of Object.entries(configuration(stack).resource ?? {})) {
      for (const { '//': comment, ...body } of Object.values(ofType)) {
        const { path } = (comment as unknown as { metadata: { path: string } }).metadata;
        for (const [argument, value] of Object.entries(body)) {
          const words = JSON.stringify(normalized({ [argument]: value }));
          found.set(alike(`${type} ${path} ${argument}`), alike(words));
        }
      }
    }
  }
  return found;

  function alike(words: string): string {
    return words
      .replaceAll(project.id, 'PROJECT')
      .replaceAll(project.number!, 'NUMBER')
      .replaceAll(aws.id, 'ACCOUNT')
      .replace(
        new RegExp(
          `(?<![A-Za-z0-9])${name}(?=[-_](platform|vertex|workloads|orchestration|sales|nightly))`,
          'g',
        ),
        'ENVIRONMENT',
      )
      .replace(/\b\d{10}\b/g, 'ENDPOINT')
      .replace(/(?<=[-_ ])[0-9a-fA-F]{8}(?![0-9a-zA-Z])/g, 'HASH');
  }
}

/** What one has otherwise than the other, or alone. */
function differences(one: Map<string, string>, other: Map<string, string>): Record<string, unknown> {
  const keys = [...new Set([...one.keys(), ...other.keys()])].sort();
  return Object.fromEntries(
    keys.filter((key) => one.get(key) !== other.get(key)).map((key) => [key, [one.get(key), other.get(key)]]),
  );
}

describe('each environment', () => {
  test.each(['dev', 'staging'])('%s differs from prod in its settings, and in nothing else', (name) => {
    expect(differences(settings(name), settings('prod'))).toMatchSnapshot();
  });

  test('has four stacks, the platform first and the workloads last', () => {
    const dependencies = Object.entries(manifest.stacks).map(([name, stack]) => [name, stack.dependencies]);
    expect(Object.fromEntries(dependencies)).toEqual({
      'dev-orchestration': ['dev-platform'],
      'dev-platform': [],
      'dev-vertex': [],
      'dev-workloads': ['dev-platform', 'dev-vertex'],
      'staging-orchestration': ['staging-platform'],
      'staging-platform': [],
      'staging-vertex': [],
      'staging-workloads': ['staging-platform', 'staging-vertex'],
      'prod-orchestration': ['prod-platform'],
      'prod-platform': [],
      'prod-vertex': [],
      'prod-workloads': ['prod-platform', 'prod-vertex'],
    });
  });

  test('runs in its own project alone', () => {
    for (const { name, project } of environments) {
      const others = environments.filter((other) => other.name !== name).map((other) => other.project);
      for (const stack of stacks.filter((each) => each.startsWith(`${name}-`))) {
        expect(text(stack)).toContain(project.id);
        for (const other of others)
          expect(text(stack)).not.toMatch(new RegExp(`${other.id}|${other.number}`));
      }
    }
  });
});

test('addresses are a contract: what has one keeps it, or is destroyed and made again', () => {
  expect(
    Object.fromEntries(stacks.map((stack) => [stack, addresses(configuration(stack))])),
  ).toMatchSnapshot();
});

test('no stack reads the state of another or gives values to it', () => {
  for (const stack of stacks) {
    expect(text(stack)).not.toMatch(/terraform_remote_state|cross-stack-output/);
    expect(configuration(stack)).not.toHaveProperty('output');
  }
});

test('nothing makes a key, a whole policy or a script', () => {
  for (const stack of stacks) {
    const types = Object.keys(configuration(stack).resource ?? {});
    expect(
      types.filter((type) => /_iam_(binding|policy)$|account_key$|null_resource|terraform_data/.test(type)),
    ).toEqual([]);
    expect(text(stack)).not.toMatch(/TfToken|local-exec|undefined|\[object Object\]/);
  }
});

test('an environment grants these permissions and roles, and nothing wide', () => {
  for (const { name } of environments) {
    const all = ['platform', 'vertex', 'workloads', 'orchestration'].map((stack) =>
      configuration(`${name}-${stack}`),
    );
    const ofRunner = new Set(PIPELINE_RUNNER_PERMISSIONS);
    const granted = [...new Set(all.flatMap(permissions))].sort();
    expect(granted.filter((each) => ofRunner.has(each))).toEqual(PIPELINE_RUNNER_PERMISSIONS);
    expect(granted.filter((each) => !ofRunner.has(each))).toEqual([
      'aiplatform.endpoints.predict',
      'aiplatform.pipelineJobs.cancel',
      'aiplatform.pipelineJobs.create',
      'aiplatform.pipelineJobs.list',
      'compute.networkAttachments.get',
      'compute.networkAttachments.update',
      'compute.regionOperations.get',
      'container.clusters.connect',
      'container.clusters.get',
    ]);
    expect([...new Set(all.flatMap(predefinedRoles))].sort()).toEqual([
      'roles/artifactregistry.reader',
      'roles/container.defaultNodeServiceAccount',
      'roles/eventarc.eventReceiver',
      'roles/iam.serviceAccountUser',
      'roles/iam.workloadIdentityUser',
      'roles/logging.logWriter',
      'roles/pubsub.publisher',
      'roles/secretmanager.secretAccessor',
      'roles/storage.objectCreator',
      'roles/storage.objectUser',
      'roles/storage.objectViewer',
      'roles/workflows.invoker',
    ]);
    expect(all.flatMap(tooWide)).toEqual([]);
  }
});

test('no path of this machine is written', () => {
  for (const stack of stacks) expect(text(stack)).not.toContain(process.cwd());
});

describe('state', () => {
  const backendOf = (backend: StateBackend) => {
    const out = folder();
    synthesize(out, (app) => addEnvironment(app, { ...environments[0]!, backend }));
    return configuration('dev-workloads', out).terraform.backend as Json;
  };

  test('on this machine is outside the folder that may be thrown away', () => {
    expect(backendOf({ kind: 'local' })).toEqual({
      local: { path: '../../../terraform.dev-workloads.tfstate' },
    });
  });

  test('in Cloud Storage has a prefix for each stack', () => {
    expect(backendOf({ kind: 'gcs', bucket: 'books-state' })).toEqual({
      gcs: { bucket: 'books-state', prefix: 'dev-workloads' },
    });
  });

  test('in S3 is encrypted and locked in the bucket', () => {
    expect(backendOf({ kind: 's3', bucket: 'books-state', region: 'eu-west-1' })).toEqual({
      s3: {
        bucket: 'books-state',
        key: 'dev-workloads/terraform.tfstate',
        region: 'eu-west-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });
});

describe('the report', () => {
  test('counts the resources of each stack and says where it is', () => {
    const rows = writtenStacks(readModel(outdir), outdir);
    expect(Object.fromEntries(rows.map(({ stack, resources }) => [stack, resources]))).toEqual(
      Object.fromEntries(stacks.map((stack) => [stack, addresses(configuration(stack)).length])),
    );
    const order = rows.map(({ stack }) => stack);
    for (const [name, { dependencies }] of Object.entries(manifest.stacks)) {
      for (const before of dependencies) expect(order.indexOf(before)).toBeLessThan(order.indexOf(name));
    }
    expect(existsSync(rows[0]!.path)).toBe(true);
  });

  test('has one line of guardrails for each environment', () => {
    expect(guardrailLines(environmentReports(readModel(outdir), environments))).toMatch(
      /^ {2}dev {6}.*\n {2}staging {2}.*\n {2}prod {5}.*$/,
    );
  });

  test('is a table', () => {
    expect(table([{ stack: 'dev-platform', resources: 8, path: 'cdktf.out/x' }])).toBe(
      '  stack         resources  written to\n  dev-platform          8  cdktf.out/x',
    );
  });
});
