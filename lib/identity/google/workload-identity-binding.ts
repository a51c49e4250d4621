import { Annotations } from '@cdktf/provider-kubernetes/lib/annotations';
import { Labels } from '@cdktf/provider-kubernetes/lib/labels';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Token, type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { annotationsOf, addMetadataComment, justificationOf } from '../../core/justification';
import { undefinedIfEmpty, dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import type { Report } from '../../core/rules';
import { CREATE_BEFORE_DESTROY } from '../../core/replacement';
import { validate } from '../../core/validation';
import {
  GoogleServiceAccount,
  type GoogleServiceAccountOptions,
  type IGoogleServiceAccount,
} from './google-service-account';
import { numberOf } from '../../google/project';
import { GoogleGrants } from './grants';
import { canAwait, MemberGrants } from './member-grants';
import { KubernetesObjects } from '../../kubernetes/objects';
import { impersonatingMember, kubernetesPrincipal } from './members';
import type { IWorkloadPool } from './principal';
import { bindingCrossChecks, bindingRules } from './workload-identity-binding-rules';
import type { IWorkloadIdentity, WorkloadIdentityBindingProps } from './workload-identity-binding-props';

/**
 * Gives the pods of one Kubernetes service account an identity in Google Cloud without a key: the account itself
 * (the direct principal), or a Google service account that it impersonates.
 *
 * Sameness: the pool belongs to the project, not to the cluster. An account of the same namespace and name in
 * any other cluster of the project is the same identity and has the same roles.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness
 */
export class WorkloadIdentityBinding extends Construct implements IWorkloadIdentity {
  /** Namespace of the pods. */
  public readonly namespace: string;
  /** Namespaces of the Kubernetes service accounts. */
  public readonly namespaces: readonly string[];
  /** Name of the Kubernetes service account of the pods. */
  public readonly serviceAccountName: string;
  /** The Google service account, unless the binding is a direct principal. */
  public readonly googleServiceAccount?: IGoogleServiceAccount;
  /** First of `members`. Known at synth. */
  public readonly member: string;
  /** IAM members of the identity. Known at synth. */
  public readonly members: readonly string[];
  /** Annotations of the Kubernetes service account, for a chart that makes it. */
  public readonly annotations: Readonly<Record<string, string>>;
  /** Roles of the identity: `binding.grants.secretAccessor(secret, { reason })`. */
  public readonly grants: GoogleGrants;

  private readonly cluster: IWorkloadPool;
  private readonly kubernetesAccounts: TerraformResource[] = [];
  private readonly impersonations: TerraformResource[] = [];

  constructor(scope: Construct, id: string, given: WorkloadIdentityBindingProps) {
    super(scope, id);
    const props = validate(this, given, bindingRules, (values, report) => {
      bindingCrossChecks(values, report);
      this.isBoundOnce(values, report);
    });
    this.cluster = props.cluster;
    this.namespace = props.namespace;
    this.namespaces = [props.namespace, ...(props.additionalNamespaces ?? [])];
    this.serviceAccountName = props.serviceAccountName;
    this.googleServiceAccount = this.accountOf(props);
    this.members =
      this.googleServiceAccount?.members ?? this.namespaces.map((each) => this.directPrincipal(each));
    this.member = this.googleServiceAccount?.member ?? this.directPrincipal(this.namespace);
    this.annotations = allAnnotations(props, this.googleServiceAccount?.email);
    this.manageServiceAccounts(props);
    this.node.addValidation({ validate: () => this.accountExistsInTime(props) });
    this.allowImpersonation(props);
    this.grants = new GoogleGrants(this, this, props, props.googleProvider);
  }

  /** E-mail that logs show, unless the binding is a direct principal. Known at synth. */
  public get email(): string | undefined {
    return this.googleServiceAccount?.email;
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return this.googleServiceAccount
      ? this.googleServiceAccount.dependenciesIn(scope)
      : [...this.cluster.dependenciesIn(scope), ...dependenciesWithin(scope, this.kubernetesAccounts)];
  }

  /** Resources that pods in the stack of `scope` must wait for. */
  public podDependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [
      ...this.kubernetesAccounts,
      ...this.impersonations,
      ...MemberGrants.of(this)
        .grantsOf(this.members)
        .filter((grant) => canAwait(scope, grant)),
    ]);
  }

  private accountOf(props: WithInherited<WorkloadIdentityBindingProps>): IGoogleServiceAccount | undefined {
    const given = props.googleServiceAccount;
    if (given === undefined || isServiceAccount(given)) return given;
    return new GoogleServiceAccount(this, 'google-service-account', {
      ...given,
      ...justificationOf(props),
      project: given.project ?? this.cluster.workloadPoolProject,
      googleProvider: props.googleProvider,
    });
  }

  private directPrincipal(namespace: string): string {
    const { workloadPool, workloadPoolProject } = this.cluster;
    return kubernetesPrincipal(
      numberOf(workloadPoolProject),
      workloadPool,
      namespace,
      this.serviceAccountName,
    );
  }

  private manageServiceAccounts(props: WithInherited<WorkloadIdentityBindingProps>): void {
    const mode = props.kubernetesServiceAccount ?? 'create';
    const objects = KubernetesObjects.of(this, props.kubernetesProvider);
    this.namespaces.forEach((namespace, index) => {
      objects.serviceAccounts.add({
        namespace,
        name: this.serviceAccountName,
        labels: props.labels ?? {},
      });
      const suffix = this.suffixOf(index);
      const made =
        mode === 'create'
          ? [this.createServiceAccount(suffix, namespace, props)]
          : mode === 'annotate'
            ? this.annotateServiceAccount(suffix, namespace, props)
            : [];
      for (const resource of made) {
        objects.awaitNamespace(namespace, resource);
        this.kubernetesAccounts.push(resource);
      }
    });
  }

  /** Part of the construct ids: the namespace, or its place where only Terraform will know the name. */
  private suffixOf(index: number): string {
    if (index === 0) return '';
    const namespace = this.namespaces[index];
    return `-${Token.isUnresolved(namespace) ? index : namespace}`;
  }

  private createServiceAccount(
    suffix: string,
    namespace: string,
    props: WithInherited<WorkloadIdentityBindingProps>,
  ): TerraformResource {
    return new ServiceAccountV1(this, `service-account${suffix}`, {
      metadata: {
        name: this.serviceAccountName,
        namespace,
        labels: props.labels,
        annotations: this.annotations,
      },
      // GKE's metadata server asks for tokens by itself; pods that talk to the Kubernetes API mount one by choice.
      automountServiceAccountToken: false,
      // The API server of the cluster must be there, also when both are destroyed in one go.
      dependsOn: undefinedIfEmpty(this.cluster.dependenciesIn(this)),
      provider: props.kubernetesProvider,
    });
  }

  private annotateServiceAccount(
    suffix: string,
    namespace: string,
    props: WithInherited<WorkloadIdentityBindingProps>,
  ): TerraformResource[] {
    // An apply removes the fields that its field manager no longer sends, so each resource has a separate one.
    // https://kubernetes.io/docs/reference/using-api/server-side-apply/
    const managerOf = (kind: string) => `cdktf-multicloud-${kind}-${this.node.addr}`;
    const target = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: this.serviceAccountName, namespace },
      // The account was applied by another field manager; the binding takes over these keys alone.
      force: true,
      dependsOn: undefinedIfEmpty<ITerraformDependable>([
        ...this.cluster.dependenciesIn(this),
        ...(props.serviceAccountCreatedBy ?? []),
      ]),
      provider: props.kubernetesProvider,
    };
    const annotations = new Annotations(this, `annotations${suffix}`, {
      ...target,
      fieldManager: managerOf('annotations'),
      annotations: this.annotations,
    });
    const { labels = {} } = props;
    if (Object.keys(labels).length === 0) return [annotations];
    const ownLabels = new Labels(this, `labels${suffix}`, {
      ...target,
      fieldManager: managerOf('labels'),
      labels,
    });
    return [annotations, ownLabels];
  }

  private allowImpersonation(props: WithInherited<WorkloadIdentityBindingProps>): void {
    const account = this.googleServiceAccount;
    if (!account) return;
    // The pool is created with the first cluster. IAM rejects earlier members ("Identity Pool does not exist").
    const dependsOn = [
      ...this.cluster.dependenciesIn(this),
      ...account.dependenciesIn(this),
      ...this.kubernetesAccounts,
    ];
    this.namespaces.forEach((namespace, index) => {
      const resource = new ServiceAccountIamMember(this, `impersonation${this.suffixOf(index)}`, {
        serviceAccountId: account.resourceName,
        role: 'roles/iam.workloadIdentityUser',
        member: impersonatingMember(this.cluster.workloadPool, namespace, this.serviceAccountName),
        condition: props.condition,
        dependsOn: undefinedIfEmpty(dependsOn),
        lifecycle: CREATE_BEFORE_DESTROY,
        provider: props.googleProvider,
      });
      addMetadataComment(resource, {
        ...justificationOf(props),
        ...(props.acknowledge && { acknowledged: props.acknowledge }),
      });
      this.impersonations.push(resource);
    });
  }

  /**
   * The provider does not wait for an object that it annotates: "The resource "helm-sa" does not exist". The namespace
   * can be created after the binding, so the validation runs at synth.
   */
  private accountExistsInTime(props: WithInherited<WorkloadIdentityBindingProps>): string[] {
    if (props.kubernetesServiceAccount !== 'annotate' || props.serviceAccountCreatedBy !== undefined)
      return [];
    const objects = KubernetesObjects.of(this, props.kubernetesProvider);
    return this.namespaces
      .filter((namespace) => objects.hasNamespace(namespace))
      .map(
        (namespace) =>
          `${this.node.path}: serviceAccountCreatedBy is required, because this stack creates the namespace ${namespace} and the service account ${this.serviceAccountName} does not exist before. Pass the resource that creates the account, for example the Helm release, or set kubernetesServiceAccount to "create".`,
      );
  }

  /** Two bindings of one account would write its annotations in turn. */
  private isBoundOnce(props: WithInherited<WorkloadIdentityBindingProps>, report: Report): void {
    const { serviceAccounts } = KubernetesObjects.of(this, props.kubernetesProvider);
    for (const namespace of [props.namespace, ...(props.additionalNamespaces ?? [])]) {
      if (!serviceAccounts.has(namespace, props.serviceAccountName)) continue;
      report({
        property: 'serviceAccountName',
        value: `${namespace}/${props.serviceAccountName}`,
        rule: 'be unique among the bindings of this stack, because a service account has one identity',
        fix: 'Use the existing binding, or choose another service account.',
      });
    }
  }
}

/** Whether the account exists, or is only described. */
function isServiceAccount(
  given: IGoogleServiceAccount | GoogleServiceAccountOptions,
): given is IGoogleServiceAccount {
  return 'resourceName' in given;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam */
function allAnnotations(
  props: WithInherited<WorkloadIdentityBindingProps>,
  email: string | undefined,
): Record<string, string> {
  return {
    ...props.annotations,
    ...(email !== undefined && { 'iam.gke.io/gcp-service-account': email }),
    ...annotationsOf(props),
  };
}
