import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { Workload } from '../../lib/gke/workload';
import type { WorkloadProps } from '../../lib/gke/workload-props';
import type { WorkloadIdentityBinding } from '../../lib/identity/workload-identity-binding';
import { byAddress, problems, refusal, resource, resources, testStack, type Json } from '../synth';

type Props = Partial<Record<keyof WorkloadProps, unknown>>;
const image = `us-docker.pkg.dev/books/images/web@sha256:${'0'.repeat(64)}`;

function identityIn(stack: TerraformStack, more: object = {}): WorkloadIdentityBinding {
  const project = { id: 'my-project', number: '1' };
  return GkeCluster.fromAttributes(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
  }).addWorkloadIdentity('reader', {
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads the catalogue',
    kubernetesServiceAccount: 'unmanaged',
    ...more,
  });
}
function workload(props: Props = {}, stack = testStack(), identity: unknown = identityIn(stack)) {
  new Workload(stack, 'web', { name: 'web', identity, image, port: 8000, ...props } as WorkloadProps);
  return stack;
}
const deployment = (props: Props = {}) => resource(workload(props), 'kubernetes_deployment_v1').spec!;
const pod = (props: Props = {}) => deployment(props).template!.spec!;
const container = (props: Props = {}) => (pod(props).container as unknown as Json[])[0]!;

const RESTARTED = 'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]';

const POD = 'spec[0].template[0].spec[0]';
const spotTaint = { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' };

test.each<[string, Props, string[]]>([
  ['a fixed number of replicas', {}, [RESTARTED, `${POD}.toleration`]],
  [
    'an autoscaler',
    { autoscaling: { minReplicas: 2, maxReplicas: 4 } },
    [RESTARTED, `${POD}.toleration`, 'spec[0].replicas'],
  ],
  ['tolerations, which stay as given', { tolerations: [spotTaint] }, [RESTARTED]],
  [
    'resources that the cluster adjusts',
    { resources: { cpu: '10m', adjustedByCluster: true } },
    [RESTARTED, `${POD}.toleration`, `${POD}.container[0].resources`],
  ],
])('keeps what others write into the pods, with %s', (_, props, ignored) => {
  expect(resource(workload(props), 'kubernetes_deployment_v1').lifecycle).toEqual({
    ignore_changes: ignored,
  });
});

test('the pods tolerate the given taints', () => {
  const anyValue = { key: 'dedicated', operator: 'Exists' };
  expect(pod({ tolerations: [spotTaint, anyValue] }).toleration).toEqual([spotTaint, anyValue]);
  expect(pod()).not.toHaveProperty('toleration');
});

test('the adjustment of resources is no resource', () => {
  const { requests } = container({ resources: { adjustedByCluster: true } }).resources as unknown as {
    requests: object;
  };
  expect(requests).toEqual({ cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' });
});

test('the smallest workload is a Deployment, a Service and a disruption budget', () => {
  expect(byAddress(workload())).toMatchInlineSnapshot(`
   {
     "kubernetes_deployment_v1.web_deployment_C3D45A84": {
       "lifecycle": {
         "ignore_changes": [
           "spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]",
           "spec[0].template[0].spec[0].toleration",
         ],
       },
       "metadata": {
         "labels": {
           "app.kubernetes.io/name": "web",
         },
         "name": "web",
         "namespace": "books",
       },
       "spec": {
         "replicas": "2",
         "selector": {
           "match_labels": {
             "app.kubernetes.io/name": "web",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "25%",
             "max_unavailable": "0",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "labels": {
               "app.kubernetes.io/name": "web",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "env": [],
                 "image": "us-docker.pkg.dev/books/images/web@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                 "liveness_probe": {
                   "period_seconds": 10,
                   "tcp_socket": [
                     {
                       "port": "8000",
                     },
                   ],
                 },
                 "name": "web",
                 "port": [
                   {
                     "container_port": 8000,
                     "name": "main",
                     "protocol": "TCP",
                   },
                 ],
                 "readiness_probe": {
                   "period_seconds": 5,
                   "tcp_socket": [
                     {
                       "port": "8000",
                     },
                   ],
                 },
                 "resources": {
                   "limits": {
                     "cpu": "250m",
                     "ephemeral-storage": "1Gi",
                     "memory": "512Mi",
                   },
                   "requests": {
                     "cpu": "250m",
                     "ephemeral-storage": "1Gi",
                     "memory": "512Mi",
                   },
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "drop": [
                       "ALL",
                     ],
                   },
                   "privileged": false,
                   "read_only_root_filesystem": true,
                   "run_as_non_root": true,
                 },
                 "startup_probe": {
                   "failure_threshold": 12,
                   "period_seconds": 5,
                   "tcp_socket": [
                     {
                       "port": "8000",
                     },
                   ],
                 },
                 "volume_mount": [
                   {
                     "mount_path": "/tmp",
                     "name": "tmp",
                   },
                 ],
               },
             ],
             "enable_service_links": false,
             "security_context": {
               "fs_group": "10001",
               "run_as_group": "10001",
               "run_as_non_root": true,
               "run_as_user": "10001",
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "service_account_name": "reader",
             "termination_grace_period_seconds": 30,
             "topology_spread_constraint": [
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app.kubernetes.io/name": "web",
                     },
                   },
                 ],
                 "max_skew": 1,
                 "topology_key": "topology.kubernetes.io/zone",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app.kubernetes.io/name": "web",
                     },
                   },
                 ],
                 "max_skew": 1,
                 "topology_key": "kubernetes.io/hostname",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
             ],
             "volume": [
               {
                 "empty_dir": {},
                 "name": "tmp",
               },
             ],
           },
         },
       },
     },
     "kubernetes_pod_disruption_budget_v1.web_disruption-budget_FBCB8697": {
       "metadata": {
         "labels": {
           "app.kubernetes.io/name": "web",
         },
         "name": "web",
         "namespace": "books",
       },
       "spec": {
         "max_unavailable": "1",
         "selector": {
           "match_labels": {
             "app.kubernetes.io/name": "web",
           },
         },
       },
     },
     "kubernetes_service_v1.web_service_10983F6A": {
       "metadata": {
         "labels": {
           "app.kubernetes.io/name": "web",
         },
         "name": "web",
         "namespace": "books",
       },
       "spec": {
         "port": [
           {
             "name": "main",
             "port": 80,
             "protocol": "TCP",
             "target_port": "8000",
           },
         ],
         "selector": {
           "app.kubernetes.io/name": "web",
         },
         "type": "ClusterIP",
       },
     },
   }
  `);
});

test('its names are known before it is made', () => {
  const stack = testStack();
  const web = new Workload(stack, 'web', { name: 'web', identity: identityIn(stack), image, port: 8000 });
  expect([web.serviceHost, web.podLabels]).toEqual([
    'web.books.svc.cluster.local',
    { 'app.kubernetes.io/name': 'web' },
  ]);
});

describe('the pod is held to the standard "restricted"', () => {
  test('as a whole', () => {
    expect(pod().security_context).toEqual({
      run_as_non_root: true,
      run_as_user: '10001',
      run_as_group: '10001',
      fs_group: '10001',
      seccomp_profile: { type: 'RuntimeDefault' },
    });
  });

  test('and its container', () => {
    expect(container().security_context).toEqual({
      allow_privilege_escalation: false,
      privileged: false,
      read_only_root_filesystem: true,
      run_as_non_root: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test.each(['host_network', 'host_pid', 'host_ipc', 'init_container'])('without %s', (argument) => {
    expect(pod()).not.toHaveProperty(argument);
  });

  test('and no volume of the node is mounted', () => {
    expect(pod().volume).toEqual([{ name: 'tmp', empty_dir: {} }]);
  });

  test('and no token of the Kubernetes API, unless it is asked for', () => {
    expect(pod().automount_service_account_token).toBe(false);
    expect(pod({ kubernetesApiToken: true }).automount_service_account_token).toBe(true);
  });

  test('and a root file system that can be written only where that is asked for', () => {
    expect(container({ writableRootFilesystem: true }).security_context!.read_only_root_filesystem).toBe(
      false,
    );
  });

  test('and another user is one number in three places', () => {
    expect(pod({ userId: 1 }).security_context).toMatchObject({
      run_as_user: '1',
      run_as_group: '1',
      fs_group: '1',
    });
  });
});

describe('what it asks for', () => {
  test.each<[string, Props, object]>([
    ['by itself', {}, { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' }],
    ['in part', { resources: { memory: '2Gi' } }, { cpu: '250m', memory: '2Gi', 'ephemeral-storage': '1Gi' }],
  ])('%s, it may use and no more', (_, props, quantities) => {
    expect(container(props).resources).toEqual({ requests: quantities, limits: quantities });
  });

  test('a command, arguments, an environment, a name and a node reach the container', () => {
    const props = {
      containerName: 'fastapi',
      command: ['uvicorn'],
      args: ['main:app'],
      environment: { GCP_PROJECT: 'my-project' },
      nodeSelector: { 'cloud.google.com/compute-class': 'Balanced' },
      terminationGracePeriodSeconds: 0,
    };
    expect(container(props)).toMatchObject({
      name: 'fastapi',
      command: ['uvicorn'],
      args: ['main:app'],
      env: [{ name: 'GCP_PROJECT', value: 'my-project' }],
    });
    expect(pod(props)).toMatchObject({
      node_selector: { 'cloud.google.com/compute-class': 'Balanced' },
      termination_grace_period_seconds: 0,
    });
  });

  test('its labels stand on the Deployment and the pods, and select nothing', () => {
    const stack = workload({ labels: { team: 'books' } });
    const { metadata, spec } = resource(stack, 'kubernetes_deployment_v1');
    const both = { team: 'books', 'app.kubernetes.io/name': 'web' };
    expect([metadata!.labels, spec!.template!.metadata!.labels]).toEqual([both, both]);
    const selector = { 'app.kubernetes.io/name': 'web' };
    expect(spec!.selector!.match_labels).toEqual(selector);
    expect(resource(stack, 'kubernetes_service_v1').spec!.selector).toEqual(selector);
    expect(resource(stack, 'kubernetes_pod_disruption_budget_v1').spec!.selector!.match_labels).toEqual(
      selector,
    );
  });

  test('its Service listens where it is told, and calls the container', () => {
    expect(resource(workload({ servicePort: 8080 }), 'kubernetes_service_v1').spec).toMatchObject({
      type: 'ClusterIP',
      port: [{ port: 8080, target_port: '8000', protocol: 'TCP' }],
    });
  });
});

describe('probes', () => {
  test('are a connection, where no path is known', () => {
    for (const probe of ['startup_probe', 'readiness_probe', 'liveness_probe']) {
      expect(container()[probe]).toMatchObject({ tcp_socket: [{ port: '8000' }] });
    }
  });

  test('ask a path', () => {
    for (const probe of ['startup_probe', 'readiness_probe', 'liveness_probe']) {
      expect(container({ probe: { path: '/healthz' } })[probe]).toMatchObject({
        http_get: { path: '/healthz', port: '8000' },
      });
    }
  });

  test.each([
    [1, 1],
    [5, 1],
    [6, 2],
    [3600, 720],
  ])('a start of %d seconds is %d tries', (startupSeconds, tries) => {
    expect(container({ probe: { startupSeconds } }).startup_probe).toMatchObject({
      period_seconds: 5,
      failure_threshold: tries,
    });
  });

  test('a start of seconds that Terraform will know is refused, since the tries are counted from it', () => {
    const stack = testStack();
    const startupSeconds = new TerraformVariable(stack, 'seconds', { type: 'number' }).numberValue;
    expect(refusal(() => workload({ probe: { startupSeconds } }, stack)).message).toBe(
      'prod/web: probe.startupSeconds must be known at synth (got "a token"). Pass a plain value instead of a token.',
    );
  });
});

describe('scaling', () => {
  test('a fixed number of pods has no autoscaler', () => {
    const stack = workload({ replicas: 0 });
    expect(resource(stack, 'kubernetes_deployment_v1').spec!.replicas).toBe('0');
    expect(resources(stack, 'kubernetes_horizontal_pod_autoscaler_v2')).toHaveLength(0);
  });

  test('an autoscaler owns the number, and Terraform leaves it alone', () => {
    const stack = workload({ autoscaling: { minReplicas: 1, maxReplicas: 20, cpuPercent: 50 } });
    const { spec, lifecycle } = resource(stack, 'kubernetes_deployment_v1');
    expect(spec).not.toHaveProperty('replicas');
    expect(lifecycle).toEqual({ ignore_changes: [RESTARTED, `${POD}.toleration`, 'spec[0].replicas'] });
    expect(resource(stack, 'kubernetes_horizontal_pod_autoscaler_v2').spec).toEqual({
      min_replicas: 1,
      max_replicas: 20,
      scale_target_ref: { api_version: 'apps/v1', kind: 'Deployment', name: 'web' },
      metric: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', average_utilization: 50 } },
        },
      ],
    });
  });

  test('at most one pod is taken down at once', () => {
    expect(resource(workload(), 'kubernetes_pod_disruption_budget_v1').spec!.max_unavailable).toBe('1');
    expect(deployment().strategy).toEqual({
      type: 'RollingUpdate',
      rolling_update: { max_surge: '25%', max_unavailable: '0' },
    });
  });

  test('a number that Terraform will know is compared with none', () => {
    const stack = testStack();
    const maxReplicas = new TerraformVariable(stack, 'most', { type: 'number' }).numberValue;
    expect(() => workload({ autoscaling: { minReplicas: 1, maxReplicas } }, stack)).not.toThrow();
  });
});

describe('order', () => {
  test('pods wait for their account, its identity and the roles given so far', () => {
    const stack = testStack();
    const identity = identityIn(stack, { kubernetesServiceAccount: 'create', googleServiceAccount: {} });
    identity.grants.secretAccessor({ secretId: 'password' });
    workload({}, stack, identity);
    identity.grants.bucketReader({ name: 'too-late' });
    const { depends_on } = resource(stack, 'kubernetes_deployment_v1');
    expect((depends_on as unknown as string[]).map((address) => address.split('.')[0])).toEqual([
      'kubernetes_service_account_v1',
      'google_service_account_iam_member',
      'google_secret_manager_secret_iam_member',
    ]);
  });

  test.each(['before', 'after'])('all of it waits for a namespace that is made %s it', (when) => {
    const stack = testStack();
    const make = () => new IsolatedNamespace(stack, 'namespace', { name: 'books' });
    if (when === 'before') make();
    workload({ autoscaling: { minReplicas: 1, maxReplicas: 2 } }, stack);
    if (when === 'after') make();
    for (const type of [
      'deployment_v1',
      'service_v1',
      'pod_disruption_budget_v1',
      'horizontal_pod_autoscaler_v2',
    ]) {
      expect(resource(stack, `kubernetes_${type}`).depends_on).toContainEqual(
        expect.stringMatching(/^kubernetes_namespace_v1\.namespace_/),
      );
    }
  });

  test('an autoscaler waits for what it scales', () => {
    const stack = workload({ autoscaling: { minReplicas: 1, maxReplicas: 2 } });
    expect(resource(stack, 'kubernetes_horizontal_pod_autoscaler_v2').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_deployment_v1\.web_/),
    ]);
  });
});

describe('the image', () => {
  const tag = 'us-docker.pkg.dev/books/images/web:latest';

  test('by tag is refused', () => {
    expect(refusal(() => workload({ image: tag })).message).toBe(
      `prod/web: image must be an image with a digest, because a tag can point to another image later (got "${tag}"). Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.`,
    );
  });

  test('by tag is accepted when that is acknowledged, and the acknowledgement is written down', () => {
    const stack = workload({ image: tag, acknowledge: { imageByTag: 'the guide deploys latest' } });
    expect(resource(stack, 'kubernetes_deployment_v1')['//']).toEqual({
      acknowledged: { imageByTag: 'the guide deploys latest' },
    });
  });

  test.each([`web@sha256:${'0'.repeat(64)}`, `r.example.com:5000/a/b:v1.2@sha256:${'f'.repeat(64)}`])(
    '%s is accepted',
    (good) => {
      expect(container({ image: good }).image).toBe(good);
    },
  );

  test.each([`web@sha256:${'0'.repeat(63)}`, `Web@sha256:${'0'.repeat(64)}`, 'a b', ''])(
    '%j is refused',
    (bad) => {
      expect(problems(() => workload({ image: bad, acknowledge: { imageByTag: 'x' } })).image!.rule).toBe(
        'be an image with a digest, REPOSITORY@sha256:DIGEST, in lower case, with 64 hexadecimal digits',
      );
    },
  );

  test('that Terraform will know is used as it is', () => {
    const stack = testStack();
    const known = new TerraformVariable(stack, 'image', { type: 'string' }).stringValue;
    expect(JSON.stringify(resource(workload({ image: known }, stack), 'kubernetes_deployment_v1'))).toContain(
      '"image":"${var.image}"',
    );
  });
});

describe('the namespace', () => {
  test('may be any that the identity has', () => {
    const stack = testStack();
    workload({ namespace: 'shop' }, stack, identityIn(stack, { additionalNamespaces: ['shop'] }));
    expect(resource(stack, 'kubernetes_deployment_v1').metadata!.namespace).toBe('shop');
  });

  test('and no other', () => {
    expect(refusal(() => workload({ namespace: 'shop' })).message).toBe(
      'prod/web: namespace must be one of the namespaces of the identity: books (got "shop"). Add the namespace to the identity, or use one of its namespaces.',
    );
  });

  test('that Terraform will know is left to it', () => {
    const stack = testStack();
    const namespace = new TerraformVariable(stack, 'namespace', { type: 'string' }).stringValue;
    expect(() => workload({ namespace }, stack)).not.toThrow();
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a name in capitals',
      { name: 'Web' },
      'name must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and end with a letter or digit (got "Web"). Use "web".',
    ],
    ['port 0', { port: 0 }, 'port must be a whole number from 1 to 65535 (got 0).'],
    ['port 65536', { port: 65_536 }, 'port must be a whole number from 1 to 65535 (got 65536).'],
    ['root', { userId: 0 }, 'userId must be a whole number from 1 to 4294967294 (got 0).'],
    [
      'replicas and autoscaling',
      { replicas: 2, autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      'replicas must be omitted when autoscaling is set (got 2). Omit one of the two.',
    ],
    [
      'more pods at least than at most',
      { autoscaling: { minReplicas: 3, maxReplicas: 2 } },
      'autoscaling.minReplicas must not exceed maxReplicas (2) (got 3). Swap the two.',
    ],
    [
      'an autoscaler down to none',
      { autoscaling: { minReplicas: 0, maxReplicas: 2 } },
      'autoscaling.minReplicas must be a whole number from 1 to 1000 (got 0).',
    ],
    [
      'a label that is the workload’s own',
      { labels: { 'app.kubernetes.io/name': 'x' } },
      'labels must not be "app.kubernetes.io/name", which the Workload sets to its name (got {"app.kubernetes.io/name":"x"}). Omit it.',
    ],
    [
      'memory in MB',
      { resources: { memory: '512MB' } },
      'resources.memory must be a quantity, for example "250m" for CPU or "512Mi" for memory (got "512MB"). Use "512Mi".',
    ],
    [
      'an environment variable that begins with a digit',
      { environment: { '1A': 'x' } },
      'the name "1A" in environment must have only letters, digits, "_", "-" and "." (got "1A").',
    ],
    [
      'a number in the environment',
      { environment: { PORT: 80 } },
      'environment["PORT"] must be a string (got 80).',
    ],
    [
      'a path without a slash',
      { probe: { path: 'healthz' } },
      'probe.path must start with "/" (got "healthz").',
    ],
    [
      'a toleration of every value with a value',
      { tolerations: [{ key: 'dedicated', operator: 'Exists', value: 'training' }] },
      'tolerations[0].value must be omitted when operator is "Exists" (got "training"). Omit it, or use "Equal".',
    ],
    [
      'an effect as a node pool writes it',
      { tolerations: [{ key: 'dedicated', value: 'training', effect: 'NO_SCHEDULE' }] },
      'tolerations[0].effect must be one of "NoSchedule", "PreferNoSchedule", "NoExecute" (got "NO_SCHEDULE").',
    ],
    ['no command', { command: [] }, 'command must be a list of at least 1 item (got []).'],
    [
      'the name of an identity instead of the identity',
      { identity: 'reader' },
      'identity must be the identity of a Kubernetes service account, for example a WorkloadIdentityBinding (got "reader").',
    ],
    [
      'a Google service account instead of the identity',
      { identity: { email: 'a' } },
      'identity must be the identity of a Kubernetes service account, for example a WorkloadIdentityBinding (got {"email":"a"}).',
    ],
    [
      'an option of another tool',
      { hostNetwork: true },
      expect.stringContaining('hostNetwork is not a property. The properties are: name, identity,') as never,
    ],
  ] as [string, Props, string][])('%s is refused', (_, props, message) => {
    const stack = testStack();
    const found = refusal(() => workload(props, stack));
    expect(found.message.replace('prod/web: ', '')).toEqual(message);
    expect(stack.node.tryFindChild('web')).toBeUndefined();
  });

  test('an object that only looks like an identity is refused, not stumbled over', () => {
    const identity = { serviceAccountName: 'reader', namespace: 'books' };
    expect(refusal(() => workload({ identity })).path).toBe('prod/web');
  });

  test('all of it comes in one error', () => {
    const bad = { name: 'Web', image: 'web:1', port: '80', replica: 3 } as Props;
    expect(Object.keys(problems(() => workload(bad)))).toEqual(['name', 'port', 'replica', 'image']);
  });
});
