import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetworkAttachment } from '@cdktf/provider-google/lib/compute-network-attachment';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  justificationRules,
} from '../core/justification';
import { fitName } from '../core/names';
import { undefinedIfEmpty } from '../core/ordering';
import {
  integer,
  knownAtSynth,
  matching,
  oneOf,
  optional,
  shape,
  type Report,
  type Shape,
} from '../core/rules';
import { validate } from '../core/validation';
import { region } from '../google/locations';
import { cidrOf } from '../core/cidr';
import { namespaceRule } from '../gke/namespace';
import { CustomRole, roleIdFrom } from '../identity/google/custom-role';
import { GoogleServiceAccount } from '../identity/google/google-service-account';
import { serviceAccountEmail } from '../google/names';
import { serviceName } from '../kubernetes/names';
import { shortName } from '../core/short-name';
import { project as projectRule } from '../google/project';
import { runAs as runAsRule } from './training-identity-rules';
import type { PrivateCallbackPath, PublicCallbackPath, VertexCallbackProps } from './vertex-callback-props';
import { googleProviderRules } from '../google/options';

/** https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges */
const GOOGLE_FRONT_ENDS = ['35.191.0.0/16', '130.211.0.0/22'];

const rules: Shape<VertexCallbackProps> = {
  ...justificationRules,
  project: projectRule,
  location: region,
  name: knownAtSynth(shortName),
  runAs: runAsRule,
  audience: matching(
    /^https:\/\/[^\s/]+(\/\S*)?$/,
    'be an https URL, for example "https://books.example.com"',
    (value) => (value.startsWith('http://') ? `Use "https://${value.slice(7)}".` : undefined),
  ),
  namespace: namespaceRule,
  workloadName: knownAtSynth(serviceName),
  port: knownAtSynth(integer(1, 65_535)),
  servicePort: optional(integer(1, 65_535)),
  privatePath: optional(
    shape<PrivateCallbackPath>({
      network: matching(
        /^([a-z][-a-z0-9]*|projects\/[^/]+\/global\/networks\/[a-z][-a-z0-9]*)$/,
        'be a VPC of the form NAME or projects/PROJECT/global/networks/NAME',
      ),
      cidr: cidrOf(16, 28),
      nodeServiceAccountEmail: serviceAccountEmail,
    }),
  ),
  publicPath: optional(
    shape<PublicCallbackPath>({
      tokenCheckedBy: oneOf(['application', 'iap']),
      reason: justificationRules.reason,
    }),
  ),
  ...googleProviderRules,
};

/**
 * Path from jobs of Vertex AI to a service in the cluster, for these jobs only, with the settings by which the service
 * authenticates them. Pass `environment` to the `Workload`, and `networkAttachment` to the job.
 */
export class VertexCallback extends Construct {
  /** `CALLBACK_AUDIENCE` and `CALLBACK_ALLOWED_CALLERS`, for the service that checks the token. */
  public readonly environment: Readonly<Record<string, string>>;
  /** Full name of the network attachment for the job's `pscInterfaceConfig`; undefined on the public path. */
  public readonly networkAttachment?: string;
  /** Address of the internal load balancer, known after the apply; undefined on the public path. */
  public readonly address?: string;

  private readonly props: WithInherited<VertexCallbackProps>;

  constructor(scope: Construct, id: string, given: VertexCallbackProps) {
    super(scope, id);
    const props = validate(this, given, rules, onePath);
    this.props = props;
    this.environment = {
      CALLBACK_AUDIENCE: props.audience,
      CALLBACK_ALLOWED_CALLERS: props.runAs.account.email,
    };
    this.addCallers();
    if (props.privatePath) {
      this.networkAttachment = this.attach(props.privatePath);
      this.address = this.addLoadBalancer(props.privatePath);
      this.admit([props.privatePath.cidr]);
    } else {
      this.admit(GOOGLE_FRONT_ENDS);
    }
  }

  private get inCluster() {
    const { namespace } = this.props;
    return {
      dependsOn: undefinedIfEmpty(namespace.dependenciesIn(this)),
      provider: namespace.kubernetesProvider,
    };
  }

  private get inProject() {
    const { project, location, googleProvider } = this.props;
    return { project: project.id, region: location, provider: googleProvider };
  }

  /** The host project with a Shared VPC: Compute Engine rejects a subnetwork in another project than its network. */
  private networkProjectOf({ network }: PrivateCallbackPath): string {
    return /^projects\/([^/]+)\//.exec(network)?.[1] ?? this.props.project.id;
  }

  /** Audience and callers for the verification of tokens, for charts that read a ConfigMap. */
  private addCallers(): void {
    const { name, namespace, publicPath } = this.props;
    const callers = new ConfigMapV1(this, 'callers', {
      metadata: { name: `${name}-callers`, namespace: namespace.name },
      data: { ...this.environment },
      ...this.inCluster,
    });
    addMetadataComment(callers, {
      ...justificationOf(this.props),
      ...(publicPath && { public: publicPath }),
    });
  }

  /** Allows interfaces of jobs in the VPC, and connections of their range to the nodes on one port. */
  private attach(path: PrivateCallbackPath): string {
    const { network, cidr, nodeServiceAccountEmail } = path;
    const networkProject = this.networkProjectOf(path);
    const { project, location, name, servicePort = 443, googleProvider } = this.props;
    const attachmentName = fitName(`${name}-callback`, 63);
    const description = descriptionOf(this.props);
    const subnetwork = new ComputeSubnetwork(this, 'subnetwork', {
      ...this.inProject,
      project: networkProject,
      name: fitName(`${name}-callback`, 63),
      description,
      network,
      ipCidrRange: cidr,
      privateIpGoogleAccess: true,
      logConfig: {
        aggregationInterval: 'INTERVAL_5_SEC',
        flowSampling: 0.5,
        metadata: 'INCLUDE_ALL_METADATA',
      },
    });
    new ComputeNetworkAttachment(this, 'attachment', {
      ...this.inProject,
      name: attachmentName,
      description,
      connectionPreference: 'ACCEPT_MANUAL',
      subnetworks: [subnetwork.id],
      // Vertex AI puts the project of its machines on the list when a job starts.
      lifecycle: { ignoreChanges: ['producer_accept_lists'] },
    });
    new ComputeFirewall(this, 'firewall', {
      project: networkProject,
      name: fitName(`${name}-callback`, 63),
      description,
      network,
      direction: 'INGRESS',
      sourceRanges: [cidr],
      targetServiceAccounts: [nodeServiceAccountEmail],
      allow: [{ protocol: 'tcp', ports: [String(servicePort)] }],
      logConfig: { metadata: 'INCLUDE_ALL_METADATA' },
      provider: googleProvider,
    });
    this.allowAgent();
    return `projects/${project.id}/regions/${location}/networkAttachments/${attachmentName}`;
  }

  /** https://cloud.google.com/vertex-ai/docs/general/vpc-psc-i-setup */
  private allowAgent(): void {
    const { name, project, googleProvider } = this.props;
    const reason = 'Vertex AI attaches the machines of jobs to the network';
    const role = new CustomRole(this, 'agent-role', {
      project,
      roleId: roleIdFrom(`vertex_callback_${name}`),
      title: 'Vertex AI: attach to networks',
      permissions: [
        'compute.networkAttachments.get',
        'compute.networkAttachments.update',
        'compute.regionOperations.get',
      ],
      reason,
      googleProvider,
    });
    GoogleServiceAccount.fromEmail(
      this,
      'agent',
      `service-${project.number}@gcp-sa-aiplatform.iam.gserviceaccount.com`,
      { reason, googleProvider },
    ).grants.customRole(role, { id: 'attaches' });
  }

  private addLoadBalancer({ cidr }: PrivateCallbackPath): string {
    const { name, namespace, workloadName, port, servicePort = 443 } = this.props;
    const service = new ServiceV1(this, 'load-balancer', {
      metadata: {
        name: `${name}-callback`,
        namespace: namespace.name,
        annotations: { 'networking.gke.io/load-balancer-type': 'Internal' },
      },
      spec: {
        type: 'LoadBalancer',
        // Keeps the caller's address, by which the NetworkPolicy admits it.
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: [cidr],
        selector: { 'app.kubernetes.io/name': workloadName },
        port: [{ name: 'main', port: servicePort, targetPort: String(port), protocol: 'TCP' }],
      },
      ...this.inCluster,
    });
    return service.status.get(0).loadBalancer.get(0).ingress.get(0).ip;
  }

  private admit(fromCidrs: string[]): void {
    const { namespace, name, workloadName, port } = this.props;
    namespace.allowIngress(`${name}-callback`, {
      to: { 'app.kubernetes.io/name': workloadName },
      ports: [port],
      fromCidrs,
    });
  }
}

function onePath(props: WithInherited<VertexCallbackProps>, report: Report): void {
  const { privatePath, publicPath, project } = props;
  if ((privatePath === undefined) === (publicPath === undefined)) {
    report({
      property: 'privatePath',
      value: privatePath,
      rule: 'be one of privatePath and publicPath',
      fix: 'Set one of privatePath and publicPath.',
    });
  }
  if (privatePath !== undefined && project.number === undefined) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'be set because it is part of the name of the Vertex AI service agent',
      fix: 'Set project to { id, number }.',
    });
  }
}
