import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as root from '../lib';
import * as audit from '../lib/audit';
import * as core from '../lib/core';
import * as defaults from '../lib/defaults';
import * as deploying from '../lib/deploying';
import * as gke from '../lib/gke';
import * as identity from '../lib/identity';
import * as orchestration from '../lib/orchestration';
import * as secrets from '../lib/secrets';
import * as vertex from '../lib/vertex';

const folder = join(__dirname, '..');
const { exports, peerDependencies, peerDependenciesMeta, typesVersions } = JSON.parse(
  readFileSync(join(folder, 'package.json'), 'utf8'),
) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: object;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
};

test('the root exports what the subpaths of constructs export, and nothing else', () => {
  const domains = {
    ...audit,
    ...core,
    ...defaults,
    ...deploying,
    ...gke,
    ...identity,
    ...orchestration,
    ...secrets,
    ...vertex,
  };
  expect(Object.entries(root).sort()).toEqual(Object.entries(domains).sort());
});

test('no two subpaths export the same name', () => {
  const names = [audit, core, defaults, deploying, gke, identity, orchestration, secrets, vertex].flatMap(
    (domain) => Object.keys(domain),
  );
  expect(new Set(names).size).toBe(names.length);
});

test('public names are a contract', () => {
  expect(Object.keys(root).sort()).toMatchInlineSnapshot(`
   [
     "AcceleratorQuota",
     "ApiGatewayTarget",
     "ApprovalStep",
     "AwsAuditTrail",
     "AwsToGoogleFederation",
     "ChoiceStep",
     "CustomRole",
     "DecisionStep",
     "Defaults",
     "DeployerAccess",
     "DistributedMapStep",
     "EndpointCallers",
     "EventBridgeTrigger",
     "FailStep",
     "FallibleStep",
     "FederatedAwsRole",
     "FleetWorkloadPool",
     "GATE_ERRORS",
     "GKE_DISRUPTIONS",
     "GKE_ERRORS",
     "GcsStateBackend",
     "GkeCluster",
     "GkeJobStep",
     "GkeJobTarget",
     "GkeKubernetesProvider",
     "GkeNetwork",
     "GkeNodePool",
     "GkeOidcProvider",
     "GkeServiceStep",
     "GkeServiceTarget",
     "GkeToAwsRole",
     "GoogleAuditTrail",
     "GoogleGrants",
     "GoogleProjectPrerequisites",
     "GoogleServiceAccount",
     "IamConditions",
     "IsolatedNamespace",
     "JOB_ANNOTATIONS",
     "JOB_LABELS",
     "LabelBasedRole",
     "LambdaGate",
     "LambdaStep",
     "MapStep",
     "MetricGate",
     "OrchestratorDashboard",
     "OrchestratorGrants",
     "ParallelStep",
     "PassStep",
     "PipelineIdentity",
     "PipelineSource",
     "PredictionGate",
     "PubSubTrigger",
     "ROTATION_ERRORS",
     "Retry",
     "RotatedSecret",
     "RotationHook",
     "S3ObjectTrigger",
     "S3StateBackend",
     "SECRET_ALIASES",
     "SERVICE_ERRORS",
     "STEP_ERRORS",
     "ScheduleTrigger",
     "SecretGrants",
     "ServiceAuth",
     "SqsTrigger",
     "StateMachineDefinition",
     "Step",
     "StepChain",
     "StepCondition",
     "StepFunctionsOrchestrator",
     "SucceedStep",
     "TaskStep",
     "TerminalStep",
     "TrainingTrigger",
     "TriggeredJob",
     "VERTEX_ERRORS",
     "ValidationError",
     "VerifiedEndpoint",
     "VertexAccess",
     "VertexCallback",
     "VertexEndpoint",
     "VertexJob",
     "VertexTrainingIdentity",
     "VertexTrainingStep",
     "VertexTrainingTarget",
     "WaitStep",
     "Workload",
     "WorkloadIdentityBinding",
     "estimatePollingCost",
     "movedFrom",
     "skipStackTraces",
   ]
  `);
});

test('each domain of lib is a subpath of the package', () => {
  const domains = ['index', 'analysis'].flatMap((entry) => [
    ...readFileSync(join(folder, `lib/${entry}.ts`), 'utf8').matchAll(/'\.\/(\w+)'/g),
  ]);
  const subpaths = domains.map(([, name]) => `/${name}`);
  expect(Object.keys(exports).sort()).toEqual(
    ['.', './package.json', './runtime/*', ...subpaths.map((path) => `.${path}`)]
      .concat('./cdktn', ...subpaths.map((path) => `./cdktn${path}`))
      .sort(),
  );
});

test('each subpath for cdktn has the files of the subpath for cdktf, in the build for cdktn', () => {
  const forCdktf = Object.entries(exports).filter(
    ([subpath, target]) => typeof target !== 'string' && !subpath.startsWith('./cdktn'),
  );
  for (const [subpath, target] of forCdktf)
    expect(exports[`./cdktn${subpath.slice(1)}`]).toEqual(
      JSON.parse(JSON.stringify(target).replaceAll('/dist/lib/', '/dist/cdktn/')),
    );
});

test('every peer but constructs is optional, and each package of cdktf has its counterpart of cdktn', () => {
  const { constructs, ...peers } = peerDependencies;
  expect(constructs).toBe('^10.4.2');
  expect(peerDependenciesMeta).toEqual(
    Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
  );
  const [cdktf, cdktn] = ['cdktf', 'cdktn'].map((core) =>
    Object.keys(peers).filter((name) => name.includes(core)),
  );
  expect(cdktn).toEqual(cdktf!.map((name) => name.replace('cdktf', 'cdktn')));
});

test('each subpath has types for resolvers that do not read "exports"', () => {
  const subpaths = Object.entries(exports).flatMap(([subpath, target]) =>
    typeof target === 'string' || subpath === '.' ? [] : [[subpath.slice(2), [target.types]]],
  );
  expect(typesVersions).toEqual({ '*': Object.fromEntries(subpaths) });
});

test('the workflow on GitHub runs every lane but those whose tools are not public', () => {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: object };
  const workflow = readFileSync(join(folder, '.github/workflows/ci.yml'), 'utf8');
  const named = [...workflow.matchAll(/npm run test:(\w+)/g)].map(([, lane]) => lane);
  const inMatrix = /lane: \[(.*)\]/.exec(workflow)?.[1]?.split(', ') ?? [];
  const lanes = Object.keys(scripts).filter((name) => name.startsWith('test:'));
  expect(lanes.sort()).toEqual(
    [...named, ...inMatrix, 'aws', 'cluster', 'secrets'].map((lane) => `test:${lane}`).sort(),
  );
});

const built = existsSync(join(folder, 'dist/lib/index.js'));

// The root is rewritten after it is compiled: `npm run build` first.
(built ? describe : describe.skip)(
  `the package as built${built ? '' : ' (skipped: dist is not built)'}`,
  () => {
    const node = (script: string) =>
      JSON.parse(
        execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }),
      ) as unknown;
    const providers = `Object.keys(require.cache).filter((path) => path.includes('@cdktf/provider-')).length`;

    test('loads no provider with its root, nor with its core', () => {
      expect(node(`require('cdktf-multicloud'); console.log(${providers})`)).toBe(0);
      expect(node(`require('cdktf-multicloud/core'); console.log(${providers})`)).toBe(0);
    });

    test('loads a provider when something of it is used', () => {
      expect(node(`require('cdktf-multicloud').GkeCluster; console.log(${providers})`)).toBeGreaterThan(0);
    });

    test.each(['core', 'gke', 'identity', 'vertex'])(
      'loads "%s" where the AWS bindings are absent',
      (domain) => {
        const script = `
        const Module = require('node:module');
        const resolve = Module._resolveFilename;
        Module._resolveFilename = function (request, ...rest) {
          if (request.startsWith('@cdktf/provider-aws')) throw new Error('absent');
          return resolve.call(this, request, ...rest);
        };
        const domain = require('cdktf-multicloud/${domain}');
        const isLoaded = (name) => { try { return domain[name] !== undefined; } catch { return false; } };
        console.log(JSON.stringify(Object.keys(domain).filter((name) => !isLoaded(name)).sort()));`;
        expect(node(script)).toEqual(
          domain === 'identity'
            ? ['GkeOidcProvider', 'GkeToAwsRole', 'PipelineIdentity', 'S3StateBackend']
            : [],
        );
      },
    );

    test('has the names of its source at the root', () => {
      expect(node(`console.log(JSON.stringify(Object.keys(require('cdktf-multicloud')).sort()))`)).toEqual(
        Object.keys(root).sort(),
      );
    });

    test('gives the same classes by the root and by a subpath', () => {
      const same = `require('cdktf-multicloud').GkeCluster === require('cdktf-multicloud/gke').GkeCluster`;
      expect(node(`console.log(${same})`)).toBe(true);
    });
  },
);
