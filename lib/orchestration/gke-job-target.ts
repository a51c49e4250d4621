import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct, type IConstruct } from 'constructs';
import { annotationsOf, justificationOf } from '../core/justification';
import { fitName } from '../core/names';
import { waitFor, type AwaitedResource } from '../core/ordering';
import { validate } from '../core/validation';
import { dnsEndpointOf } from '../gke/gke-kubernetes-provider';
import { roleArnOf, type AwsAccount } from '../identity/aws-account';
import { CustomRole } from '../identity/custom-role';
import { FederatedAwsRole } from '../identity/federated-aws-role';
import { GoogleServiceAccount } from '../identity/google-service-account';
import { KubernetesObjects } from '../identity/kubernetes-objects';
import { arnOf } from '../identity/aws-names';
import { TARGET_VARIABLE, type BridgeTarget } from './bridge-contract';
import { BridgeFunction } from './bridge-function';
import { bridgeRole } from './bridge-role';
import { DeadLetterQueue } from './dead-letter-queue';
import { admissionBinding } from './admission-binding';
import { jobAdmissionPolicy, type JobAdmission } from './job-admission-policy';
import { taskTokenAdmissionPolicy } from './task-token-admission-policy';
import type { GkeJobTargetProps, IGkeJobTarget } from './gke-job-target-props';
import { gkeJobTargetContradictions, gkeJobTargetRules } from './gke-job-target-rules';

// A call tries for 45 seconds, and says then what it was that did not answer.
const CALL_SECONDS = 60;

/**
 * Which functions may start which pods: a function on AWS that submits Jobs of one kind, in one namespace, as one
 * service account, and can do nothing else. Steps name their target, and state machines may share it.
 *
 *   function -> role of the target (session = execution) -> Google service account -> Kubernetes user -> Jobs
 *
 * No key is stored on the way.
 */
export class GkeJobTarget extends Construct implements IGkeJobTarget {
  public readonly name: string;
  public readonly account: AwsAccount;
  public readonly namespace: string;
  public readonly serviceAccountName: string;
  public readonly images: readonly string[];
  public readonly queue?: string;
  public readonly callbacks: boolean;
  public readonly functionArn: string;
  public readonly cleanupFunctionArn: string;
  public readonly cleanupQueueName: string;
  /** Name of the AWS role that Google knows: logs of both clouds show it with the execution as its session. */
  public readonly roleName: string;
  /** ARN of that role. Known at synth. */
  public readonly roleArn: string;
  /** The Google identity of the functions, which is also the user in the cluster. */
  public readonly googleServiceAccount: GoogleServiceAccount;

  private readonly props: GkeJobTargetProps;
  private readonly ready: readonly AwaitedResource[];

  constructor(scope: Construct, id: string, props: GkeJobTargetProps) {
    super(scope, id);
    validate(this, props, gkeJobTargetRules, gkeJobTargetContradictions);
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
    this.cleanupQueueName = `${props.name}-gke-cleanup-failed`;

    this.googleServiceAccount = this.addGoogleIdentity();
    const submit = this.addFunction('function', `${props.name}-gke-jobs`);
    const cleanup = this.addCleanup();
    bridgeRole(this, { ...this.props, name: this.roleName, functions: [submit, cleanup] });
    this.ready = [...this.allowInCluster(), ...submit.dependenciesIn(this), ...cleanup.dependenciesIn(this)];
    this.functionArn = submit.aliasArn;
    this.cleanupFunctionArn = cleanup.aliasArn;
  }

  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return waitFor(scope, this.ready);
  }

  private addGoogleIdentity(): GoogleServiceAccount {
    const { cluster, googleProvider, federation } = this.props;
    const { project } = cluster;
    const account = new GoogleServiceAccount(this, 'google-service-account', {
      ...justificationOf(this.props),
      project,
      accountId: fitName(`${this.name}-gke-jobs`, 30),
      googleProvider,
    });
    // roles/container.developer would allow in all namespaces what RBAC allows in one.
    const role = new CustomRole(this, 'google-role', {
      ...justificationOf(this.props),
      project,
      title: `Reach the control plane of GKE: ${this.name}`,
      permissions: ['container.clusters.get', 'container.clusters.connect'],
      googleProvider,
    });
    account.grants.customRole(role, { reason: 'reaches the control plane; what it may do there says RBAC' });
    new FederatedAwsRole(this, 'federated-role', {
      ...justificationOf(this.props),
      federation,
      roleName: this.roleName,
      googleProvider,
    }).impersonate(account);
    return account;
  }

  private addFunction(id: string, name: string, deadLetters?: DeadLetterQueue): BridgeFunction {
    return new BridgeFunction(this, id, {
      ...justificationOf(this.props),
      name,
      account: this.account,
      bundle: 'bridge',
      environment: { [TARGET_VARIABLE]: JSON.stringify(this.configuration()) },
      statements: [
        { sid: 'ActAsTarget', actions: ['sts:AssumeRole'], resources: [this.roleArn] },
        ...(deadLetters
          ? [{ sid: 'KeepFailures', actions: ['sqs:SendMessage'], resources: [deadLetters.arn] }]
          : []),
      ],
      timeoutSeconds: CALL_SECONDS,
      memoryMb: this.props.memoryMb,
      logRetentionDays: this.props.logRetentionDays,
      kmsKeyArn: this.props.kmsKeyArn,
      reservedConcurrency: deadLetters ? undefined : this.props.reservedConcurrency,
      deadLetters,
      awsProvider: this.props.awsProvider,
    });
  }

  /** A second function of the same code: it is called by events, which are kept where it fails for good. */
  private addCleanup(): BridgeFunction {
    const name = `${this.name}-gke-cleanup`;
    const { account, kmsKeyArn, alarmActions, awsProvider } = this.props;
    const queue = new DeadLetterQueue(this, 'cleanup-dead-letters', {
      name: this.cleanupQueueName,
      account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
    return this.addFunction('cleanup', name, queue);
  }

  private configuration(): BridgeTarget {
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
      metadata,
      rule: [
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'delete'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
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
    const name = `gke-job-target-${this.name}-${this.namespace}`;
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
              `${name}-tokens`,
              taskTokenAdmissionPolicy({ ...common, name: `${name}-tokens` }),
            ),
          ]
        : []),
    ];
  }

  private addAdmissionPolicy(id: string, name: string, manifest: object): AwaitedResource {
    const provider = this.props.kubernetesProvider;
    const policy = new Manifest(this, id, { manifest: manifest as Record<string, unknown>, provider });
    return new Manifest(this, `${id}-binding`, {
      manifest: admissionBinding(name) as Record<string, unknown>,
      dependsOn: [policy],
      provider,
    });
  }
}
