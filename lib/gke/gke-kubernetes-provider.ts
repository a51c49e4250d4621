import { DataGoogleClientConfig } from '@cdktf/provider-google/lib/data-google-client-config';
import { DataGoogleContainerCluster } from '@cdktf/provider-google/lib/data-google-container-cluster';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, TerraformStack, type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { matching, oneOf, optional, shape, string, type Report } from '../core/rules';
import { identityOf, stableHash } from '../core/names';
import { undefinedIfEmpty } from '../core/ordering';
import { oncePer, sharedParent } from '../core/registry';
import { validate } from '../core/validation';
import { GkeCluster } from './gke-cluster';
import { cluster as clusterRule, type IGkeCluster } from './cluster';
import { googleProviderRules } from '../google/options';

/** Props of a `GkeKubernetesProvider`. */
export interface GkeKubernetesProviderProps {
  /** Cluster of another stack, or one that exists. */
  readonly cluster: IGkeCluster;
  /**
   * Endpoint of the control plane: its DNS name, guarded by IAM, or its IP address.
   * @default dns
   */
  readonly endpoint?: 'dns' | 'ip';
  /**
   * Alias, for a second cluster in the same stack; pass `provider` to what goes there.
   * @default - the default Kubernetes provider of the stack
   */
  readonly alias?: string;
  /**
   * Google provider that looks the cluster up and whose credentials are used.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}

/** How the control plane of a cluster is reached. */
export interface ControlPlaneEndpoint {
  /** Host, and port unless it is 443. */
  readonly host: string;
  /**
   * Certificate authority: PEM in base64, as the GKE API gives it.
   * @default - the certificate is a public one, as that of the DNS endpoint
   */
  readonly certificateAuthority?: string;
}

export const controlPlaneEndpoint = shape<ControlPlaneEndpoint>({
  host: matching(
    /^[A-Za-z0-9.-]+(:\d{1,5})?$/,
    'be a DNS name or an IP address, without "https://"',
    (value) => (value.startsWith('https://') ? `Use "${value.slice(8).replace(/\/$/, '')}".` : undefined),
  ),
  certificateAuthority: optional(string()),
});

const SCOPE = 'gke-clusters';

// What GKE writes on objects by itself; a plan would otherwise take it away again on every run.
const WRITTEN_BY_GKE = [
  '^autopilot\\.gke\\.io/',
  '^cloud\\.google\\.com/neg',
  '^deprecated\\.daemonset\\.template\\.generation$',
];

/**
 * The Kubernetes provider of a stack, authenticated to a GKE cluster with the credentials of the Terraform
 * run. Only this construct reads the cluster from Google Cloud, because its endpoint cannot be computed.
 */
export class GkeKubernetesProvider extends Construct {
  /** For constructs that take a `kubernetesProvider`. */
  public readonly provider: KubernetesProvider;
  /** Control plane endpoint of the provider. */
  public readonly endpoint: ControlPlaneEndpoint;

  constructor(scope: Construct, id: string, given: GkeKubernetesProviderProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        cluster: clusterRule,
        endpoint: optional(oneOf(['dns', 'ip'])),
        alias: optional(
          matching(
            /^[A-Za-z_][A-Za-z0-9_-]*$/,
            'have only letters, digits, "-" and "_", and start with a letter or "_"',
          ),
        ),
        ...googleProviderRules,
      },
      (values, report) => this.isInAnotherStack(values, report),
    );
    const { cluster, googleProvider } = props;
    const found = clusterData(this, cluster, googleProvider);
    this.endpoint = props.endpoint === 'ip' ? ipEndpoint(found) : dnsEndpoint(found);
    const { host, certificateAuthority } = this.endpoint;
    const client = new DataGoogleClientConfig(this, 'client', { provider: googleProvider });
    this.provider = new KubernetesProvider(this, 'kubernetes', {
      alias: props.alias,
      host: `https://${host}`,
      ...(certificateAuthority && { clusterCaCertificate: Fn.base64decode(certificateAuthority) }),
      token: client.accessToken,
      ignoreAnnotations: WRITTEN_BY_GKE,
    });
  }

  /**
   * A provider cannot depend on a resource of the same stack: while the cluster is created or replaced, the endpoint is
   * unknown, and the provider connects to localhost.
   * https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#stacking-with-managed-kubernetes-cluster-resources
   */
  private isInAnotherStack({ cluster }: GkeKubernetesProviderProps, report: Report): void {
    if (!(cluster instanceof GkeCluster) || TerraformStack.of(cluster) !== TerraformStack.of(this)) return;
    report({
      property: 'cluster',
      value: cluster.node.path,
      rule: 'be a cluster of another stack, because the provider needs its endpoint before the apply',
      fix: 'Create the provider and the Kubernetes objects in a second stack.',
    });
  }
}

/** Returns the DNS endpoint of a cluster, which only Google knows. */
export function dnsEndpointOf(
  scope: Construct,
  cluster: IGkeCluster,
  googleProvider?: TerraformProvider,
): ControlPlaneEndpoint {
  return dnsEndpoint(clusterData(scope, cluster, googleProvider));
}

/**
 * Reads the cluster once per stack and provider. The parent is fixed, so that the address does not depend on which
 * construct comes first in the program.
 */
function clusterData(
  scope: IConstruct,
  cluster: IGkeCluster,
  provider?: TerraformProvider,
): DataGoogleContainerCluster {
  const stack = TerraformStack.of(scope);
  const key = identityOf(stack, [cluster.id, provider?.node.path ?? '']);
  return oncePer(stack, `${SCOPE} ${key}`, () => {
    return new DataGoogleContainerCluster(sharedParent(stack, SCOPE), stableHash(key), {
      project: cluster.project.id,
      location: cluster.location,
      name: cluster.name,
      // Orders the stacks too, where the cluster is made in another.
      dependsOn: undefinedIfEmpty(cluster.dependenciesIn(stack)),
      provider,
    });
  });
}

function dnsEndpoint(cluster: DataGoogleContainerCluster): ControlPlaneEndpoint {
  const { endpoint } = cluster.controlPlaneEndpointsConfig.get(0).dnsEndpointConfig.get(0);
  // No CA: the DNS endpoint has a public certificate, and the cluster's own CA would not verify it.
  return { host: endpoint };
}

function ipEndpoint(cluster: DataGoogleContainerCluster): ControlPlaneEndpoint {
  return {
    host: cluster.endpoint,
    certificateAuthority: cluster.masterAuth.get(0).clusterCaCertificate,
  };
}
