import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { fitName } from '../core/names';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { boolean, constructLike, optional, string, type Report, type Rule, type Shape } from '../core/rules';
import { validate } from '../core/validation';
import { project as projectRule, type GoogleProject } from '../google/project';
import { cidrOf, overlap } from '../core/cidr';
import { checkUniqueName } from '../core/unique-names';
import { computeName, region } from '../google/locations';
import { googleProviderRules, type GoogleProviderOptions } from '../google/options';

/** Props of a `GkeNetwork`. */
export interface GkeNetworkProps extends GoogleProviderOptions {
  /**
   * Project of the network.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Region of the subnetwork, the router and the NAT, for example `us-central1`. */
  readonly region: string;
  /** Name of the VPC; what belongs to it is named after it. At most 63 characters. */
  readonly name: string;
  /**
   * Range of the nodes, a prefix from /8 to /29.
   * @default 10.0.0.0/20
   */
  readonly nodeCidr?: string;
  /**
   * Range of the pods, a prefix from /9 to /21. GKE gives each node 256 addresses of it.
   * @default 10.4.0.0/14
   */
  readonly podCidr?: string;
  /**
   * Range of the services, a prefix from /16 to /27.
   * @default 10.8.0.0/20
   */
  readonly serviceCidr?: string;
  /**
   * Whether the subnetwork logs flows (half of them, in 5-second windows, with metadata).
   * @default true
   */
  readonly flowLogs?: boolean;
  /**
   * Whether nodes without public addresses reach the internet, through Cloud NAT.
   * @default true
   */
  readonly nat?: boolean;
}

/** A network that a cluster can be put into, made here or elsewhere. */
export interface IGkeNetwork {
  /** Name or full name (`projects/PROJECT/global/networks/NAME`) of the VPC. */
  readonly network: string;
  /** Name or full name (`projects/PROJECT/regions/REGION/subnetworks/NAME`) of the subnetwork. */
  readonly subnetwork: string;
  /** Secondary range of the pods; without one GKE makes it. */
  readonly podsRangeName?: string;
  /** Secondary range of the services; without one GKE makes it. */
  readonly servicesRangeName?: string;
  /**
   * Resources that a cluster in the network must wait for.
   * @param scope where the cluster is made
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

export const networkRule: Rule = constructLike('a GkeNetwork or GkeNetwork.fromAttributes(…)', {
  network: 'string',
  subnetwork: 'string',
  dependenciesIn: 'function',
});

/** Attributes of an existing network. */
export interface GkeNetworkAttributes {
  /** Name or full name of the VPC, for example `default` or `projects/host-project/global/networks/shared`. */
  readonly network: string;
  /** Name or full name of the subnetwork. */
  readonly subnetwork: string;
  /**
   * Secondary range of the pods.
   * @default - GKE makes one
   */
  readonly podsRangeName?: string;
  /**
   * Secondary range of the services.
   * @default - GKE makes one
   */
  readonly servicesRangeName?: string;
}

const attributeRules: Shape<GkeNetworkAttributes> = {
  network: string(),
  subnetwork: string(),
  podsRangeName: optional(string()),
  servicesRangeName: optional(string()),
};

const PODS_RANGE = 'pods';
const SERVICES_RANGE = 'services';

/**
 * A VPC for private clusters: one subnetwork with ranges for nodes, pods and services, Google APIs reachable
 * without public addresses, flow logs, and Cloud NAT for everything else.
 */
export class GkeNetwork extends Construct implements IGkeNetwork {
  /** Imports a network of this project or of a host project that shares it. */
  public static fromAttributes(scope: Construct, id: string, attributes: GkeNetworkAttributes): IGkeNetwork {
    validate(new Construct(scope, id), attributes, attributeRules);
    return { ...attributes, dependenciesIn: () => [] };
  }

  /** Self link or name of the VPC network. */
  public readonly network: string;
  /** Self link or name of the subnetwork of nodes. */
  public readonly subnetwork: string;
  /** Name of the secondary range of pods. */
  public readonly podsRangeName = PODS_RANGE;
  /** Name of the secondary range of Services. */
  public readonly servicesRangeName = SERVICES_RANGE;
  private readonly resources: AwaitedResource[];

  constructor(scope: Construct, id: string, given: GkeNetworkProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        project: projectRule,
        region,
        name: computeName,
        nodeCidr: optional(cidrOf(8, 29)),
        podCidr: optional(cidrOf(9, 21)),
        serviceCidr: optional(cidrOf(16, 27)),
        flowLogs: optional(boolean),
        nat: optional(boolean),
        ...googleProviderRules,
      },
      (values, report) => {
        rangesDoNotOverlap(values, report);
        const among = `networks of the project ${values.project.id}`;
        checkUniqueName(this, { property: 'name', name: values.name, among }, report);
      },
    );
    const { project, name } = props;
    const subnetworkName = fitName(`${name}-${props.region}`, 63);
    this.network = `projects/${project.id}/global/networks/${name}`;
    this.subnetwork = `projects/${project.id}/regions/${props.region}/subnetworks/${subnetworkName}`;
    const network = this.addNetwork(props);
    const subnetwork = this.addSubnetwork(props, network, subnetworkName);
    this.resources = [network, subnetwork, ...(props.nat === false ? [] : [this.addNat(props, network)])];
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, this.resources);
  }

  private addNetwork({ project, name, googleProvider }: WithInherited<GkeNetworkProps>): ComputeNetwork {
    return new ComputeNetwork(this, 'network', {
      project: project.id,
      name,
      autoCreateSubnetworks: false,
      routingMode: 'REGIONAL',
      provider: googleProvider,
    });
  }

  private addSubnetwork(
    props: WithInherited<GkeNetworkProps>,
    network: ComputeNetwork,
    name: string,
  ): ComputeSubnetwork {
    const { nodeCidr, podCidr, serviceCidr } = rangesOf(props);
    return new ComputeSubnetwork(this, 'subnetwork', {
      project: props.project.id,
      region: props.region,
      name,
      network: network.id,
      ipCidrRange: nodeCidr,
      secondaryIpRange: [
        { rangeName: PODS_RANGE, ipCidrRange: podCidr },
        { rangeName: SERVICES_RANGE, ipCidrRange: serviceCidr },
      ],
      privateIpGoogleAccess: true,
      logConfig:
        props.flowLogs === false
          ? undefined
          : { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' },
      provider: props.googleProvider,
    });
  }

  private addNat(props: WithInherited<GkeNetworkProps>, network: ComputeNetwork): ComputeRouterNat {
    const common = { project: props.project.id, region: props.region, provider: props.googleProvider };
    const router = new ComputeRouter(this, 'router', {
      ...common,
      name: fitName(`${props.name}-router`, 63),
      network: network.id,
    });
    return new ComputeRouterNat(this, 'nat', {
      ...common,
      name: fitName(`${props.name}-nat`, 63),
      router: router.name,
      natIpAllocateOption: 'AUTO_ONLY',
      sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
      logConfig: { enable: true, filter: 'ERRORS_ONLY' },
    });
  }
}

function rangesOf(props: WithInherited<GkeNetworkProps>): {
  nodeCidr: string;
  podCidr: string;
  serviceCidr: string;
} {
  return {
    nodeCidr: props.nodeCidr ?? '10.0.0.0/20',
    podCidr: props.podCidr ?? '10.4.0.0/14',
    serviceCidr: props.serviceCidr ?? '10.8.0.0/20',
  };
}

function rangesDoNotOverlap(props: WithInherited<GkeNetworkProps>, report: Report): void {
  const ranges = Object.entries(rangesOf(props));
  ranges.forEach(([property, value], index) => {
    const other = ranges.slice(0, index).find(([, earlier]) => overlap(value, earlier));
    if (!other) return;
    report({
      property,
      value,
      rule: `not overlap ${other[0]} (${other[1]})`,
      fix: 'Change one of the two.',
    });
  });
}
