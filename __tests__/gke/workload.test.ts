import { TerraformVariable } from 'cdktf';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { Workload } from '../../lib/gke/workload';
import { byAddress, refusal, resource, testStack } from '../synth';
import { container, identityIn, image, workload } from './workload-fixtures';

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

describe('order', () => {
  test('pods wait for their account, its identity and its roles, also those of later calls', () => {
    const stack = testStack();
    const identity = identityIn(stack, { kubernetesServiceAccount: 'create', googleServiceAccount: {} });
    identity.grants.secretAccessor({ secretId: 'password' });
    workload({}, stack, identity);
    identity.grants.bucketReader({ name: 'later' });
    const { depends_on } = resource(stack, 'kubernetes_deployment_v1');
    expect((depends_on as unknown as string[]).map((address) => address.split('.')[0])).toEqual([
      'kubernetes_service_account_v1',
      'google_service_account_iam_member',
      'google_secret_manager_secret_iam_member',
      'google_storage_bucket_iam_member',
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
