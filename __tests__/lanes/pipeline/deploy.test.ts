import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoopbackHost, TOKEN } from '../../cli/comment/loopback-host';
import { packed } from '../package/consumer';
import { labProviders, noLab, repository, run, temporaryFolder, testUnless } from '../terraform/lab';
import { ProviderProcesses } from '../terraform/provider-processes';
import { ALL_STACKS, copyOfApp, CoreCli, stacksOf } from './app';
import { atlantisCommands, gitlabScript } from './page-files';
import { actionStep, runStep, workflowStep, type StepRun } from './workflow-steps';

/*
 * A pull request and its deployment: the commands of the workflows and of the action, over the sample application and
 * the providers of the Terraform lab. The tests are one story, so each continues where the one before ended.
 */

const scratch = temporaryFolder();
const temporary = join(scratch, 'runner');
const host = new LoopbackHost();
host.author = 'github-actions[bot]';
beforeAll(() => host.start());
afterAll(() => host.stop());

let app: string;
let env: NodeJS.ProcessEnv;
/** Variables for plans one after another. The CLI runs stacks at once, and a provider has one configuration. */
let planEnv: NodeJS.ProcessEnv;
const cli = () => new CoreCli(['npx', '--no', '--', 'cdktf'], app, env);
/** The released version: the content of the tarball, since npm extracts a tarball three times for each command. */
const release = join(scratch, 'release');
const reviewOf = (environment: string) => join(temporary, `review-${environment}`, 'review.json');

/**
 * The step of the action that plans and reviews one environment, with the default gate.
 * @param more variables of the providers
 */
function review(environment: string, more?: NodeJS.ProcessEnv): Promise<StepRun> {
  return runStep(actionStep('Plan and review'), {
    cwd: app,
    env: more === undefined ? planEnv : { ...env, ...more },
    temporary,
    expressions: {
      'inputs.stacks': `${environment}-*`,
      'inputs.synthesized': 'cdktf.out',
      'runner.temp': temporary,
      'inputs.artifact': `review-${environment}`,
      "inputs.lock == 'true' && '1' || ''": '1',
      'inputs.profile': environment,
      'inputs.fail-on': 'error',
      'github.server_url': 'https://github.com',
      'github.repository': 'o/r',
      'github.run_id': '1',
    },
  });
}

/** Keeps the review as the approved one; the action downloads it into the same folder. */
function approve(environment: string): void {
  cpSync(join(temporary, `review-${environment}`), join(temporary, 'approved'), { recursive: true });
}

function compare(environment: string): Promise<StepRun> {
  return runStep(actionStep('Compare with the approved review'), {
    cwd: app,
    env,
    temporary,
    expressions: { 'inputs.artifact': `review-${environment}` },
  });
}

/** The command of a job that posts to the pull request, with the packed content in place of the released version. */
function comment(environment: string): Promise<StepRun> {
  return runStep(workflowStep('plan.yml', 'comment', ' comment '), {
    cwd: join(temporary, `review-${environment}`),
    env: {
      RELEASE: `file:${release}/package`,
      npm_config_cache: join(scratch, 'npm'),
      GITHUB_API_URL: host.url,
      GITHUB_REPOSITORY: 'o/r',
    },
    temporary,
    expressions: {
      'matrix.environment': environment,
      'github.event.pull_request.number': '7',
      'github.token': TOKEN,
    },
  });
}

(noLab === undefined ? describe : describe.skip)('a pull request and its deployment', () => {
  beforeAll(() => {
    app = copyOfApp(scratch);
    mkdirSync(temporary);
    mkdirSync(release);
    run('tar', ['xzf', packed(), '-C', release]);
    env = labProviders();
  });

  test('the workflow synthesizes the application', async () => {
    const context = { cwd: app, env: { ...env, CI: '1' }, temporary, expressions: {} };
    expect(await runStep(workflowStep('plan.yml', 'plan', 'cdktf synth'), context)).toMatchObject({
      status: 0,
    });
    const stack = join(scratch, 'every-provider');
    cpSync(join(app, 'cdktf.out/stacks/prod-workloads'), stack, { recursive: true });
    run('terraform', ['init', '-backend=false'], { cwd: stack, env });
    const processes = new ProviderProcesses(stack, scratch, ['google', 'google-beta', 'kubernetes'], env);
    planEnv = { ...env, ...processes.environment };
  });

  test.each(['staging', 'prod'])(
    'the action plans and reviews %s, and leaves no plan',
    async (environment) => {
      const { status, outputs, summary, output } = await review(environment);
      expect([status, output]).toEqual([
        0,
        stacksOf(environment)
          .sort()
          .map((name) => `${name}: planned\n`)
          .join(''),
      ]);
      expect(outputs).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), changed: 'true' });
      expect(summary).toMatch(/^## Plan review: 161 create/);
      const artifact = readdirSync(join(temporary, `review-${environment}`)).sort();
      expect(artifact).toEqual(['review.json', 'review.md', 'review.sarif']);
      expect(readdirSync(app).filter((name) => name.endsWith('.tfstate'))).toEqual([]);
    },
  );

  test('the review is posted by the packed command, and updated at the next run', async () => {
    expect(await comment('prod')).toMatchObject({ status: 0, output: 'The comment was created.\n' });
    expect(await comment('prod')).toMatchObject({ status: 0, output: 'The comment was updated.\n' });
    expect(host.comments.map(({ body }) => body.split('\n')[1])).toEqual([
      expect.stringMatching(/^## Plan review: 161 create/),
    ]);
  });

  test('the pipeline for GitLab plans, comments, compares and deploys dev', async () => {
    const context = {
      cwd: app,
      env: {
        ...env,
        CI: '1',
        ENVIRONMENT: 'dev',
        // The repository is not installed in itself.
        SCRIPTS: 'scripts/pipeline',
        RELEASE: `file:${release}/package`,
        npm_config_cache: join(scratch, 'npm'),
        CI_API_V4_URL: host.url,
        CI_PROJECT_PATH: 'o/r',
        CI_MERGE_REQUEST_IID: '7',
        GITLAB_TOKEN: TOKEN,
      },
      temporary,
      expressions: {},
    };
    const runAll = (commands: readonly string[]) => runStep({ run: commands.join('\n') }, context);
    expect((await runAll(gitlabScript('plan'))).status).toBe(0);
    expect(await runAll(gitlabScript('comment'))).toMatchObject({ output: 'The comment was created.\n' });
    expect(host.requests.at(-1)).toBe('POST /projects/o%2Fr/merge_requests/7/notes');
    const deploy = gitlabScript('.deploy').map((command) =>
      command.includes('cdktf deploy') ? `${command} --skip-provider-lock` : command,
    );
    expect((await runAll(deploy)).status).toBe(0);
    for (const stack of stacksOf('dev')) expect(cli().resourcesIn(stack)).toBeGreaterThan(0);
  });

  test('the steps for Atlantis plan a stack, and show its review alone', async () => {
    const stack = join(app, 'cdktf.out/stacks/prod-platform');
    const { status, output } = await runStep(
      { run: atlantisCommands().join('\n') },
      {
        cwd: stack,
        env: {
          ...planEnv,
          DIR: stack,
          PLANFILE: join(scratch, 'planfile'),
          SHOWFILE: join(scratch, 'showfile'),
        },
        temporary,
        expressions: {},
      },
    );
    expect([status, output]).toEqual([0, expect.stringContaining('prod-platform')]);
    expect(output).toMatch(/^Plan review: 8 create/m);
  });

  test('a deployment stops if a value moved since the approval', async () => {
    approve('staging');
    const file = join(app, 'cdktf.out/stacks/staging-workloads/cdk.tf.json');
    const approved = readFileSync(file, 'utf8');
    writeFileSync(file, approved.replace('"max_replicas": 4', '"max_replicas": 40'));
    await review('staging');
    const { status, output, summary } = await compare('staging');
    expect([status, output]).toEqual([
      2,
      expect.stringContaining('The same resources change, with other values'),
    ]);
    expect(summary).toMatch(/^\*\*Stopped\.\*\* The plan must be the approved one/);
    writeFileSync(file, approved);
  });

  test('a deployment of the approved plan passes, and applies', async () => {
    await review('staging');
    expect(await compare('staging')).toMatchObject({ status: 0 });
    const deploy = workflowStep('deploy.yml', 'staging', 'cdktf deploy');
    const ran = await runStep(
      // The lab has no checksums of the public registry.
      { ...deploy, run: `${deploy.run} --skip-provider-lock` },
      {
        cwd: app,
        env: { ...env, CI: '1' },
        temporary,
        expressions: {
          'github.server_url': 'https://github.com',
          'github.repository': 'o/r',
          'github.run_id': '1',
        },
      },
    );
    expect(ran.status).toBe(0);
    for (const stack of stacksOf('staging')) expect(cli().resourcesIn(stack)).toBeGreaterThan(0);
  });

  test('the plan of what was deployed is empty, and not the approved one', async () => {
    expect((await review('staging')).outputs.changed).toBe('false');
    const { status, output } = await compare('staging');
    expect([status, output]).toEqual([
      2,
      expect.stringContaining('approved, not planned: "staging-platform: create '),
    ]);
  });

  test('a change outside of Terraform is drift', async () => {
    const drift = join(scratch, 'drift.json');
    writeFileSync(
      drift,
      JSON.stringify({ 'google_project_iam_custom_role.*': { title: 'changed by hand' } }),
    );
    const { outputs } = await review('staging', { LAB_DRIFT: drift });
    expect(outputs.changed).toBe('true');
    const { stacks } = JSON.parse(readFileSync(reviewOf('staging'), 'utf8')) as {
      stacks: { drift: object[] }[];
    };
    expect(stacks.flatMap(({ drift: found }) => found)).not.toEqual([]);
  });

  test('the CLI deploys prod too, finds no difference, and destroys all', () => {
    cli().run('deploy', 'prod-*', '--auto-approve');
    expect(cli().changed(stacksOf('prod'))).toEqual([]);
    cli().destroyAll('dist/stacks/main.js');
    expect(ALL_STACKS.filter((stack) => cli().resourcesIn(stack) > 0)).toEqual([]);
  });
});

// One skipped test with the reason, where the lab is absent.
testUnless(noLab)('the Terraform lab is there', () => expect(repository).toBeDefined());
