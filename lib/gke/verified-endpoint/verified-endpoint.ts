import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { annotationsOf, addMetadataComment } from '../../core/justification';
import { stableHash, withName } from '../../core/names';
import { undefinedIfEmpty } from '../../core/ordering';
import type { Report } from '../../core/rules';
import { validate } from '../../core/validation';
import { ignoredChanges } from '../ignored-changes';
import { KubernetesObjects } from '../../kubernetes/objects';
import { bootstrap } from './envoy/bootstrap';
import { CERTIFICATE_FILE, certificateResource } from './envoy/certificate';
import { LISTEN_PORT } from './envoy/listener';
import { CONFIGURATION_FILE, endpointPod } from './verified-endpoint-pod';
import { openWays } from './verified-endpoint-policies';
import type { VerifiedEndpointProps } from './verified-endpoint-props';
import { verifiedEndpointCrossChecks, verifiedEndpointRules } from './verified-endpoint-rules';

/**
 * Envoy proxy for a service of the cluster. It forwards a request with a token of an accepted issuer, audience and
 * caller, and denies every other request. The service receives
 * the caller in the header `x-verified-caller`, and no token.
 */
export class VerifiedEndpoint extends Construct {
  /** Name of the Deployment and the Service. */
  public readonly serviceName: string;
  /** URL for callers; known after apply if Google assigns the address. */
  public readonly url: string;
  /** Audiences that tokens must have, in the order of the callers. Known at synth. */
  public readonly audiences: readonly string[];
  /** Address of the load balancer, known after the apply; undefined with the exposure `cluster`. */
  public readonly address?: string;
  /** Labels of the pods of the endpoint, for network policies. */
  public readonly podLabels: Readonly<Record<string, string>>;

  private readonly props: WithInherited<VerifiedEndpointProps>;

  constructor(scope: Construct, id: string, given: VerifiedEndpointProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 40), verifiedEndpointRules, (values, report) => {
      verifiedEndpointCrossChecks(values, report);
      this.isNamedOnce(values, report);
    });
    this.props = props;
    this.serviceName = props.name;
    this.podLabels = { 'app.kubernetes.io/name': props.name };
    this.audiences = props.callers.map(({ audience }) => audience);

    const configuration = this.addConfiguration();
    this.addDeployment(configuration, this.addServiceAccount());
    this.addDisruptionBudget();
    const service = this.addService();
    openWays(this, props, this.podLabels);

    if (props.exposure !== 'cluster') {
      this.address = service.status.get(0).loadBalancer.get(0).ingress.get(0).ip;
    }
    this.url = this.urlOf();
  }

  private isNamedOnce({ name, namespace }: WithInherited<VerifiedEndpointProps>, report: Report): void {
    const { workloads } = KubernetesObjects.of(this, namespace.kubernetesProvider);
    if (!workloads.has(namespace.name, name)) return;
    const rule = `be unique among the workloads of the namespace ${namespace.name} in this stack`;
    report({
      property: 'name',
      value: name,
      rule,
      fix: 'Choose another name, for example with the suffix "-verified".',
    });
  }

  private get inCluster() {
    const { namespace } = this.props;
    return {
      dependsOn: undefinedIfEmpty(namespace.dependenciesIn(this)),
      provider: namespace.kubernetesProvider,
    };
  }

  private get metadata() {
    return { name: this.serviceName, namespace: this.props.namespace.name, labels: { ...this.podLabels } };
  }

  /** Name of the ConfigMap and of the service account. */
  private get envoyName(): string {
    return `${this.serviceName}-envoy`;
  }

  private get port(): number {
    return this.props.port ?? (this.props.tlsSecretName === undefined ? 80 : 443);
  }

  private addConfiguration(): ConfigMapV1 {
    const file = (content: object) => terraformJson(content, 2);
    return new ConfigMapV1(this, 'configuration', {
      metadata: {
        ...this.metadata,
        name: this.envoyName,
        annotations: annotationsOf(this.props),
      },
      // JSON is YAML.
      data: {
        [CONFIGURATION_FILE]: file(bootstrap(this.props)),
        ...(this.props.tlsSecretName !== undefined && { [CERTIFICATE_FILE]: file(certificateResource()) }),
      },
      ...this.inCluster,
    });
  }

  /** Account without access. The account `default` would share its access with other pods of the namespace. */
  private addServiceAccount(): ServiceAccountV1 {
    return new ServiceAccountV1(this, 'service-account', {
      metadata: { ...this.metadata, name: this.envoyName, annotations: annotationsOf(this.props) },
      automountServiceAccountToken: false,
      ...this.inCluster,
    });
  }

  private addDeployment(configuration: ConfigMapV1, account: ServiceAccountV1): void {
    const { name, namespace, replicas, acknowledge, tolerations, resources } = this.props;
    const labels = { ...this.podLabels };
    const deployment = new DeploymentV1(this, 'deployment', {
      metadata: { ...this.metadata, annotations: annotationsOf(this.props) },
      spec: {
        replicas: String(replicas ?? 2),
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
        template: {
          metadata: {
            labels,
            annotations: {
              // Envoy reads its configuration once: a change makes new pods.
              'cdktf-multicloud.dev/configuration': stableHash(JSON.stringify(bootstrap(this.props)), 16),
            },
          },
          spec: endpointPod(
            this.props,
            { configMapName: this.envoyName, serviceAccountName: this.envoyName },
            labels,
          ),
        },
      },
      lifecycle: { ignoreChanges: ignoredChanges({ tolerations, resources: resources?.adjustedByCluster }) },
      ...this.inCluster,
      dependsOn: [configuration, account, ...namespace.dependenciesIn(this)],
    });
    this.node.defaultChild = deployment;
    if (acknowledge?.plainHttp)
      addMetadataComment(deployment, { acknowledged: { plainHttp: acknowledge.plainHttp } });
    const objects = KubernetesObjects.of(this, namespace.kubernetesProvider);
    objects.workloads.add({ namespace: namespace.name, name, labels });
  }

  private addDisruptionBudget(): void {
    new PodDisruptionBudgetV1(this, 'disruption-budget', {
      metadata: this.metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: { ...this.podLabels } } },
      ...this.inCluster,
    });
  }

  private addService(): ServiceV1 {
    const { exposure, allowedRanges = [], loadBalancerIp } = this.props;
    const loadBalancer = exposure !== 'cluster' && {
      // Keeps the caller's address, by which the NetworkPolicy admits it.
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: [...allowedRanges],
      loadBalancerIp,
    };
    return new ServiceV1(this, 'service', {
      metadata: {
        ...this.metadata,
        annotations: { ...annotationsOf(this.props), ...this.loadBalancerAnnotations() },
      },
      spec: {
        type: loadBalancer ? 'LoadBalancer' : 'ClusterIP',
        ...loadBalancer,
        selector: { ...this.podLabels },
        port: [{ name: 'main', port: this.port, targetPort: String(LISTEN_PORT), protocol: 'TCP' }],
      },
      ...this.inCluster,
    });
  }

  /** https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters */
  private loadBalancerAnnotations(): Record<string, string> {
    const { exposure, globalAccess } = this.props;
    if (exposure === 'cluster') return {};
    if (exposure === 'external') return { 'cloud.google.com/l4-rbs': 'enabled' };
    return {
      'networking.gke.io/load-balancer-type': 'Internal',
      ...(globalAccess && { 'networking.gke.io/internal-load-balancer-allow-global-access': 'true' }),
    };
  }

  private urlOf(): string {
    const { namespace, tlsSecretName, hostName, loadBalancerIp } = this.props;
    const [scheme, usual] = tlsSecretName === undefined ? ['http', 80] : ['https', 443];
    const inCluster = `${this.serviceName}.${namespace.name}.svc.cluster.local`;
    const host = hostName ?? loadBalancerIp ?? this.address ?? inCluster;
    return `${scheme}://${host}${this.port === usual ? '' : `:${this.port}`}`;
  }
}
