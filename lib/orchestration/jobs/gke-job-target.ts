import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import {
  aliasMetric,
  type CloudWatchMetric,
  type FunctionMetric,
  type MetricOptions,
} from '../../aws/metric';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct, type IConstruct } from 'constructs';
import { withName } from '../../core/names';
import { terraformJson } from '../../core/terraform-json';
import { withFederationAccount } from '../../identity/federation/federation-account';
import type { WithInherited } from '../../core/inherited';
import { annotationsOf, justificationOf } from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { validate } from '../../core/validation';
import { dnsEndpointOf } from '../../gke/gke-kubernetes-provider';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import type { GoogleServiceAccount } from '../../identity/google/google-service-account';
import { objectMetadata } from '../../kubernetes/metadata';
import { KubernetesObjects } from '../../kubernetes/objects';
import { arnOf } from '../../aws/names';
import { TARGET_VARIABLE, type JobTargetSettings } from '../../contracts/jobs';
import { ControlPlaneIdentity } from '../../gke/control-plane-identity';
import { TargetFunctions } from '../targets/target-functions';
import { admissionBinding } from '../../kubernetes/admission-policy';
import { jobAdmissionPolicy, type JobAdmission } from './job-admission-policy';
import { taskTokenAdmissionPolicy } from './task-token-admission-policy';
import type { GkeJobTargetProps, IGkeJobTarget } from './gke-job-target-props';
import { gkeJobTargetCrossChecks, gkeJobTargetRules } from './gke-job-target-rules';

/** Props with the service account of the pods. */
type PlacedProps = GkeJobTargetProps & { readonly namespace: string; readonly serviceAccountName: string };

/** Derives the service account from the identity. Without both, validation reports the missing props. */
function withServiceAccount(given: GkeJobTargetProps): PlacedProps {
  const identity = given?.identity;
  if (identity === undefined) return given as PlacedProps;
  const { namespace, serviceAccountName } = identity;
  return {
    ...given,
    namespace: given.namespace ?? namespace,
    serviceAccountName: given.serviceAccountName ?? serviceAccountName,
  };
}

/**
 * Which functions may start which pods: a function on AWS that submits Jobs of one kind, in one namespace, as one
 * service account, and can do nothing else. Steps name their target, and state machines may share it.
 *
 *   function -> role of the target (session = execution) -> Google service account -> Kubernetes user -> Jobs
 *
 * No key is stored.
 */
export class GkeJobTarget extends Construct implements IGkeJobTarget {
  /** Name of the target, part of the names of its functions. Known at synth. */
  public readonly name: string;
  /** AWS account and region of the function. */
  public readonly account: AwsAccount;
  /** Namespace of the pods. */
  public readonly namespace: string;
  /** Name of the Kubernetes service account of the pods. */
  public readonly serviceAccountName: string;
  /** Images that the Jobs may run: patterns of repositories or digests. */
  public readonly images: readonly string[];
  /** Kueue queue of the Jobs. */
  public readonly queue?: string;
  /** Whether Jobs may report results with a task token. */
  public readonly callbacks: boolean;
  /** ARN of the alias that state machines invoke. */
  public readonly functionArn: string;
  /** ARN of the alias that the clean-up of executions invokes. */
  public readonly cleanupFunctionArn: string;
  /** Name of the AWS role that Google knows: logs of both clouds show it with the execution as its session. */
  public readonly roleName: string;
  /** ARN of that role. Known at synth. */
  public readonly roleArn: string;
  /** The Google identity of the functions, which is also the user in the cluster. */
  public readonly googleServiceAccount: GoogleServiceAccount;

  private readonly props: WithInherited<PlacedProps>;
  private readonly ready: readonly AwaitedResource[];

  constructor(scope: Construct, id: string, given: GkeJobTargetProps) {
    super(scope, id);
    const props = validate<PlacedProps>(
      this,
      withName(this, withFederationAccount(withServiceAccount(given)), 40),
      gkeJobTargetRules,
      gkeJobTargetCrossChecks,
    );
    this.props = props;
    this.name = props.name;
    this.account = props.account;
    this.namespace = props.namespace;
    this.serviceAccountName = props.serviceAccountName;
    this.images = [...props.images];
    this.queue = props.queue;
    this.callbacks = props.callbacks ?? false;
    this.roleName = `${props.name}-gke`;
    this.roleArn = roleArnOf(props.account, this.roleName);
    const identity = new ControlPlaneIdentity(this, 'identity', {
      ...props,
      accountId: `${props.name}-gke-jobs`,
      roleName: this.roleName,
    });
    this.googleServiceAccount = identity.account;
    const functions = new TargetFunctions(this, 'functions', {
      ...props,
      names: {
        function: `${props.name}-gke-jobs`,
        cleanup: `${props.name}-gke-cleanup`,
        role: this.roleName,
      },
      bundle: 'jobs',
      environment: { [TARGET_VARIABLE]: terraformJson(this.configuration()) },
    });
    this.node.defaultChild = functions.node.defaultChild;
    this.functionArn = functions.functionArn;
    this.cleanupFunctionArn = functions.cleanupFunctionArn;
    this.ready = [
      ...this.allowInCluster(),
      ...functions.dependenciesIn(this),
      ...identity.dependenciesIn(this),
    ];
  }

  /** Returns a metric of the function as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    const ofPods = this.props.identity?.podDependenciesIn(this) ?? [];
    return dependenciesWithin(scope, [...this.ready, ...ofPods]);
  }

  private configuration(): JobTargetSettings {
    const { cluster, endpoint, federation, googleProvider } = this.props;
    const { host, certificateAuthority } = endpoint ?? dnsEndpointOf(this, cluster, googleProvider);
    return {
      name: this.name,
      cluster: { id: cluster.id, host, ...(certificateAuthority && { certificateAuthority }) },
      namespace: this.namespace,
      roleArn: this.roleArn,
      credentials: federation.credentialConfiguration(this.googleServiceAccount.email),
      ...justificationOf(this.props),
    };
  }

  private allowInCluster(): AwaitedResource[] {
    const policies = this.addAdmissionPolicies();
    const metadata = {
      name: `${this.name}-gke-jobs`,
      namespace: this.namespace,
      annotations: annotationsOf(this.props),
    };
    const role = new RoleV1(this, 'kubernetes-role', {
      metadata: objectMetadata(metadata),
      rule: [
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'delete'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
        // They tell why a pod cannot be created or a volume does not mount.
        { apiGroups: [''], resources: ['events'], verbs: ['list'] },
        // Which Secrets says the admission policy; none of them can be read.
        ...(this.callbacks ? [{ apiGroups: [''], resources: ['secrets'], verbs: ['create', 'update'] }] : []),
      ],
      provider: this.props.kubernetesProvider,
    });
    const binding = new RoleBindingV1(this, 'kubernetes-role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subject: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: this.googleServiceAccount.email },
      ],
      // In between, any Job could be created.
      dependsOn: [role, ...policies],
      provider: this.props.kubernetesProvider,
    });
    const objects = KubernetesObjects.of(this, this.props.kubernetesProvider);
    for (const resource of [role, binding]) objects.awaitNamespace(this.namespace, resource);
    return [binding];
  }

  private addAdmissionPolicies(): AwaitedResource[] {
    // Neither has a dot, so that no two targets of a cluster have policies of one name.
    const name = `gke-job-target-${this.name}.${this.namespace}`;
    const common = { user: this.googleServiceAccount.email, namespace: this.namespace, target: this.name };
    const jobs: JobAdmission = {
      ...common,
      name,
      serviceAccountName: this.serviceAccountName,
      images: this.images,
      secrets: this.props.secrets ?? [],
      callbacks: this.callbacks,
      queue: this.queue,
      reason: this.props.reason,
      executions: arnOf(this.account, 'states', 'execution:'),
    };
    return [
      this.addAdmissionPolicy('admission-policy', name, jobAdmissionPolicy(jobs)),
      ...(this.callbacks
        ? [
            this.addAdmissionPolicy(
              'token-admission-policy',
              `${name}.tokens`,
              taskTokenAdmissionPolicy({ ...common, name: `${name}.tokens` }),
            ),
          ]
        : []),
    ];
  }

  private addAdmissionPolicy(id: string, name: string, manifest: object): AwaitedResource {
    const provider = this.props.kubernetesProvider;
    const policy = new Manifest(this, id, { manifest: manifest as Record<string, unknown>, provider });
    return new Manifest(this, `${id}-binding`, {
      manifest: admissionBinding(name),
      dependsOn: [policy],
      provider,
    });
  }
}
