import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { addMetadataComment } from '../core/justification';
import { undefinedIfEmpty } from '../core/ordering';
import type { Report } from '../core/rules';
import { validate } from '../core/validation';
import { MemberGrants } from '../identity/google/member-grants';
import { ignoredChanges } from './ignored-changes';
import { KubernetesObjects } from '../kubernetes/objects';
import { podOf } from './workload-pod';
import type { WorkloadAutoscaling, WorkloadProps } from './workload-props';
import { workloadCrossChecks, workloadRules } from './workload-rules';

/**
 * Pods that run one container as one identity, and the Service in front of them. They start when their identity
 * and its roles are there, spread over zones, and are never all taken down at once.
 */
export class Workload extends Construct {
  /** Name of the Deployment and the Service. */
  public readonly name: string;
  /** Namespace of the Deployment and the Service. */
  public readonly namespace: string;
  /** Name of the Service within the cluster, `NAME.NAMESPACE.svc.cluster.local`. Known at synth. */
  public readonly serviceHost: string;
  /** Labels by which the pods are selected, for network policies. */
  public readonly podLabels: Readonly<Record<string, string>>;

  private readonly provider: WorkloadProps['kubernetesProvider'];

  constructor(scope: Construct, id: string, given: WorkloadProps) {
    super(scope, id);
    const props = validate(this, given, workloadRules, (values, report) => {
      workloadCrossChecks(values, report);
      this.isNamedOnce(values, report);
    });
    this.name = props.name;
    this.namespace = props.namespace ?? props.identity.namespace;
    this.serviceHost = `${this.name}.${this.namespace}.svc.cluster.local`;
    this.podLabels = { 'app.kubernetes.io/name': this.name };
    this.provider = props.kubernetesProvider;

    const deployment = this.addDeployment(props);
    const service = this.addService(props);
    const budget = this.addDisruptionBudget();
    const scaler = props.autoscaling ? [this.addAutoscaler(props.autoscaling, deployment)] : [];

    const objects = KubernetesObjects.of(this, this.provider);
    objects.workloads.add({
      namespace: this.namespace,
      name: this.name,
      labels: { ...props.labels, ...this.podLabels },
    });
    for (const resource of [deployment, service, budget, ...scaler]) {
      objects.awaitNamespace(this.namespace, resource);
    }
  }

  private isNamedOnce(props: WorkloadProps, report: Report): void {
    const namespace = props.namespace ?? props.identity.namespace;
    const { workloads } = KubernetesObjects.of(this, props.kubernetesProvider);
    if (!workloads.has(namespace, props.name)) return;
    const rule = `be unique among the workloads of the namespace ${namespace} in this stack`;
    report({ property: 'name', value: props.name, rule, fix: 'Choose another name.' });
  }

  private get metadata() {
    return { name: this.name, namespace: this.namespace, labels: { ...this.podLabels } };
  }

  private addDeployment(props: WorkloadProps): DeploymentV1 {
    const labels = { ...props.labels, ...this.podLabels };
    // Without their access the first pods would fail and be restarted until it comes.
    const access = undefinedIfEmpty([
      ...props.identity.podDependenciesIn(this),
      ...(props.awsRole?.podDependenciesIn(this) ?? []),
    ]);
    const deployment = new DeploymentV1(this, 'deployment', {
      metadata: { ...this.metadata, labels },
      spec: {
        // The autoscaler owns the number, if there is one.
        replicas: props.autoscaling ? undefined : String(props.replicas ?? 2),
        selector: { matchLabels: { ...this.podLabels } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
        template: { metadata: { labels }, spec: podOf(props, { ...this.podLabels }) },
      },
      lifecycle: {
        ignoreChanges: ignoredChanges({
          tolerations: props.tolerations,
          resources: props.resources?.adjustedByCluster,
          replicas: props.autoscaling !== undefined,
        }),
      },
      dependsOn: access,
      provider: this.provider,
    });
    const { members } = props.identity;
    const awsRoleArn = props.awsRole?.environment.AWS_ROLE_ARN;
    MemberGrants.of(this).awaitLater([...members, ...(awsRoleArn ? [awsRoleArn] : [])], deployment);
    this.node.defaultChild = deployment;
    if (props.acknowledge) addMetadataComment(deployment, { acknowledged: props.acknowledge });
    return deployment;
  }

  private addService({ port, servicePort }: WorkloadProps): ServiceV1 {
    return new ServiceV1(this, 'service', {
      metadata: this.metadata,
      spec: {
        type: 'ClusterIP',
        selector: { ...this.podLabels },
        port: [{ name: 'main', port: servicePort ?? 80, targetPort: String(port), protocol: 'TCP' }],
      },
      provider: this.provider,
    });
  }

  private addDisruptionBudget(): PodDisruptionBudgetV1 {
    return new PodDisruptionBudgetV1(this, 'disruption-budget', {
      metadata: this.metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: { ...this.podLabels } } },
      provider: this.provider,
    });
  }

  private addAutoscaler(scaling: WorkloadAutoscaling, deployment: DeploymentV1): HorizontalPodAutoscalerV2 {
    return new HorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.metadata,
      spec: {
        minReplicas: scaling.minReplicas,
        maxReplicas: scaling.maxReplicas,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: this.name },
        metric: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: scaling.cpuPercent ?? 70 },
            },
          },
        ],
      },
      dependsOn: [deployment],
      provider: this.provider,
    });
  }
}
