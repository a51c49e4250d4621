import { TerraformVariable } from 'cdktf';
import { problems, refusal, resource, testStack } from '../synth';
import { POD, type Props, RESTARTED, container, pod, workload } from './workload-fixtures';

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

  test('ask another path for liveness than for readiness', () => {
    const made = container({ probe: { path: '/ready', livenessPath: '/alive' } });
    for (const [probe, path] of Object.entries({
      startup_probe: '/ready',
      readiness_probe: '/ready',
      liveness_probe: '/alive',
    })) {
      expect(made[probe]).toMatchObject({ http_get: { path, port: '8000' } });
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
