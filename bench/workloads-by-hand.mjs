import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const {
  SecretManagerSecretIamMember,
} = require('@cdktf/provider-google/lib/secret-manager-secret-iam-member');
const { ServiceAccount } = require('@cdktf/provider-google/lib/service-account');
const { ServiceAccountIamMember } = require('@cdktf/provider-google/lib/service-account-iam-member');
const { DeploymentV1 } = require('@cdktf/provider-kubernetes/lib/deployment-v1');
const { PodDisruptionBudgetV1 } = require('@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1');
const { ServiceAccountV1 } = require('@cdktf/provider-kubernetes/lib/service-account-v1');
const { ServiceV1 } = require('@cdktf/provider-kubernetes/lib/service-v1');

const PROJECT = 'books-dev';
const NAMESPACE = 'books';

/** The very same resources as workloads.mjs makes, as someone writes them who has no library. */
export function addWorkloads(stack, image, count) {
  for (let i = 0; i < count; i += 1) {
    const name = `service-${i}`;
    deployment(stack, i, name, image, access(stack, i, name));
    const metadata = { name, namespace: NAMESPACE, labels: labels(name) };
    new ServiceV1(stack, `service-${i}`, {
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: labels(name),
        port: [{ name: 'main', port: 80, targetPort: '8000', protocol: 'TCP' }],
      },
    });
    new PodDisruptionBudgetV1(stack, `disruption-budget-${i}`, {
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: labels(name) } },
    });
  }
}

const labels = (name) => ({ 'app.kubernetes.io/name': name });

function access(stack, i, name) {
  const email = `${name}@${PROJECT}.iam.gserviceaccount.com`;
  const account = new ServiceAccount(stack, `account-${i}`, {
    project: PROJECT,
    accountId: name,
    displayName: name,
    description: 'serves books (owner: team-books)',
  });
  account.addOverride('//', { reason: 'serves books', owner: 'team-books' });
  const kubernetesAccount = new ServiceAccountV1(stack, `service-account-${i}`, {
    metadata: {
      name,
      namespace: NAMESPACE,
      annotations: {
        'iam.gke.io/gcp-service-account': email,
        'cdktf-multicloud.dev/reason': 'serves books',
        'cdktf-multicloud.dev/owner': 'team-books',
      },
    },
    automountServiceAccountToken: false,
  });
  const impersonation = new ServiceAccountIamMember(stack, `impersonation-${i}`, {
    serviceAccountId: `projects/${PROJECT}/serviceAccounts/${email}`,
    role: 'roles/iam.workloadIdentityUser',
    member: `serviceAccount:${PROJECT}.svc.id.goog[${NAMESPACE}/${name}]`,
    dependsOn: [account, kubernetesAccount],
  });
  impersonation.addOverride('//', { reason: 'serves books', owner: 'team-books' });
  const grant = new SecretManagerSecretIamMember(stack, `secret-accessor-${i}`, {
    project: PROJECT,
    secretId: `password-${i}`,
    role: 'roles/secretmanager.secretAccessor',
    member: `serviceAccount:${email}`,
    dependsOn: [account],
  });
  grant.addOverride('//', { reason: 'reads its password', owner: 'team-books' });
  return [kubernetesAccount, impersonation, grant];
}

function deployment(stack, i, name, image, dependsOn) {
  const quantities = { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' };
  const check = { tcpSocket: [{ port: '8000' }] };
  new DeploymentV1(stack, `deployment-${i}`, {
    metadata: { name, namespace: NAMESPACE, labels: labels(name) },
    spec: {
      replicas: '2',
      selector: { matchLabels: labels(name) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
      template: {
        metadata: { labels: labels(name) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: '10001',
            runAsGroup: '10001',
            fsGroup: '10001',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
            (topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: [{ matchLabels: labels(name) }],
            }),
          ),
          container: [
            {
              name,
              image,
              port: [{ name: 'main', containerPort: 8000, protocol: 'TCP' }],
              env: [],
              resources: { requests: quantities, limits: quantities },
              startupProbe: { ...check, periodSeconds: 5, failureThreshold: 12 },
              readinessProbe: { ...check, periodSeconds: 5 },
              livenessProbe: { ...check, periodSeconds: 10 },
              securityContext: {
                allowPrivilegeEscalation: false,
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMount: [{ name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volume: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
    dependsOn,
  });
}
