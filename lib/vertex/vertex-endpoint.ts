import { checkKeyLocation } from '../google/kms-keys';
import { VertexAiEndpoint } from '@cdktf/provider-google/lib/vertex-ai-endpoint';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  justificationRules,
  type JustificationProps,
} from '../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import {
  boolean,
  singleLine,
  list,
  matching,
  optional,
  record,
  rule,
  shape,
  type Report,
} from '../core/rules';
import { validate } from '../core/validation';
import { region, resourceLabelKey, resourceLabelValue } from '../google/locations';
import { kmsKeyName } from '../google/names';
import { project as projectRule, projectId, type GoogleProject } from '../google/project';
import { endpointId as endpointIdRule, numericId } from './names';
import { checkUniqueName } from '../core/unique-names';
import { googleProviderRules, type GoogleProviderOptions } from '../google/options';

/** Destination of logged requests and responses of an endpoint. */
export interface VertexRequestLogging {
  /** Table of BigQuery, `bq://PROJECT.DATASET.TABLE`. */
  readonly bigQueryTable: string;
  /**
   * Part of the requests that is logged: above 0, at most 1.
   * @default 1
   */
  readonly samplingRate?: number;
}

/** Props of a `VertexEndpoint`. */
export interface VertexEndpointProps extends JustificationProps, GoogleProviderOptions {
  /**
   * Project of the endpoint.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region of the endpoint.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /** Name shown in the console: one line of at most 100 bytes. */
  readonly displayName: string;
  /**
   * Id of the endpoint: a number of at most 10 digits that does not start with 0. Another id replaces the endpoint. A
   * second endpoint of a project and location needs its id.
   * @default - a number that derives from project and location
   */
  readonly endpointId?: string;
  /**
   * Projects whose VPCs may reach the endpoint by Private Service Connect.
   * @default - not by Private Service Connect
   */
  readonly privateServiceConnectProjects?: readonly string[];
  /**
   * VPC that the endpoint is peered with, `projects/PROJECT_NUMBER/global/networks/NAME`.
   * @default - no peering
   */
  readonly network?: string;
  /**
   * Whether the endpoint has a dedicated DNS name and dedicated capacity.
   * @default false
   */
  readonly dedicatedEndpoint?: boolean;
  /**
   * Key of Cloud KMS, `projects/P/locations/L/keyRings/R/cryptoKeys/K`.
   * @default - Google's own encryption at rest
   */
  readonly kmsKeyName?: string;
  /**
   * Log of requests and responses.
   * @default - no log
   */
  readonly requestLogging?: VertexRequestLogging;
  /**
   * Labels of the endpoint, for billing.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Attributes of an existing endpoint. */
export interface VertexEndpointAttributes {
  /** Project of the endpoint. */
  readonly project: GoogleProject;
  /** Region of the endpoint. */
  readonly location: string;
  /** Id of the endpoint: a number. */
  readonly endpointId: string;
}

/** An endpoint that models are deployed to, made here or elsewhere. */
export interface IVertexEndpoint extends VertexEndpointAttributes {
  /** Full name, `projects/PROJECT/locations/LOCATION/endpoints/ID`. Known at synth. */
  readonly resourceName: string;
  /**
   * Resources that a grant on the endpoint must wait for.
   * @param scope where the grant is made
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/**
 * An endpoint of Vertex AI: public, by Private Service Connect, or peered with a VPC. Training jobs
 * and users deploy models to it; Terraform does not manage models.
 */
export class VertexEndpoint extends Construct implements IVertexEndpoint {
  /** Imports an existing endpoint. */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: VertexEndpointAttributes,
  ): IVertexEndpoint {
    const construct = new Construct(scope, id);
    validate(construct, attributes, {
      project: projectRule,
      location: region,
      // Endpoints that were made outside Terraform have ids of up to 19 digits.
      endpointId: matching(/^[1-9]\d{0,18}$/, 'be a number'),
    });
    return { ...attributes, resourceName: nameOf(attributes), dependenciesIn: () => [] };
  }

  /** Google Cloud project of the resource. */
  public readonly project: GoogleProject;
  /** Region or zone of the resource. */
  public readonly location: string;
  /** Id of the endpoint: digits. */
  public readonly endpointId: string;
  /** Resource name: `projects/PROJECT/locations/LOCATION/endpoints/ID`. */
  public readonly resourceName: string;
  private readonly endpoint: VertexAiEndpoint;

  constructor(scope: Construct, id: string, given: VertexEndpointProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        project: projectRule,
        location: region,
        displayName: singleLine(100),
        endpointId: optional(endpointIdRule),
        privateServiceConnectProjects: optional(list(projectId, { min: 1 })),
        network: optional(
          matching(
            /^projects\/\d+\/global\/networks\/[a-z][-a-z0-9]*$/,
            'be a VPC of the form projects/PROJECT_NUMBER/global/networks/NAME',
          ),
        ),
        dedicatedEndpoint: optional(boolean),
        kmsKeyName: optional(kmsKeyName),
        requestLogging: optional(
          shape<VertexRequestLogging>({
            bigQueryTable: matching(
              /^bq:\/\/[^.]+\.[A-Za-z0-9_]+\.[A-Za-z0-9_]+$/,
              'be a table of the form bq://PROJECT.DATASET.TABLE',
            ),
            samplingRate: optional(
              rule(
                'be above 0 and at most 1',
                (value) => typeof value === 'number' && value > 0 && value <= 1,
              ),
            ),
          }),
        ),
        labels: optional(record(resourceLabelKey, resourceLabelValue)),
        ...googleProviderRules,
      },
      (values, report) => {
        oneWayIn(values, report);
        this.isNamedOnce(values, report);
      },
    );
    this.project = props.project;
    this.location = props.location;
    this.endpointId = this.endpointIdOf(props);
    this.resourceName = nameOf(this);
    this.endpoint = this.addEndpoint(props);
    addMetadataComment(this.endpoint, { ...justificationOf(props) });
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.endpoint]);
  }

  private endpointIdOf({ endpointId, project, location }: WithInherited<VertexEndpointProps>) {
    return endpointId ?? numericId(this, [project.id, location]);
  }

  private isNamedOnce(props: WithInherited<VertexEndpointProps>, report: Report): void {
    const { endpointId, displayName, project, location } = props;
    const among = `endpoints of the project ${project.id} in ${location}`;
    const unique = { property: 'endpointId', name: this.endpointIdOf(props), among };
    checkUniqueName(this, unique, (problem) => {
      if (endpointId !== undefined) return report(problem);
      const free = numericId(this, [project.id, location, displayName]);
      report({ ...problem, fix: `${problem.fix} For example, set endpointId to "${free}".` });
    });
  }

  private addEndpoint(props: WithInherited<VertexEndpointProps>): VertexAiEndpoint {
    const { privateServiceConnectProjects, requestLogging, kmsKeyName: kmsKeyName } = props;
    const resource = new VertexAiEndpoint(this, 'endpoint', {
      project: props.project.id,
      location: props.location,
      region: props.location,
      name: this.endpointId,
      displayName: props.displayName,
      description: descriptionOf(props),
      labels: props.labels,
      network: props.network,
      dedicatedEndpointEnabled: props.dedicatedEndpoint,
      privateServiceConnectConfig: privateServiceConnectProjects && {
        enablePrivateServiceConnect: true,
        projectAllowlist: [...privateServiceConnectProjects],
      },
      encryptionSpec: kmsKeyName === undefined ? undefined : { kmsKeyName: kmsKeyName },
      predictRequestResponseLoggingConfig: requestLogging && {
        enabled: true,
        samplingRate: requestLogging.samplingRate ?? 1,
        bigqueryDestination: { outputUri: requestLogging.bigQueryTable },
      },
      // Each deployment of a model splits the traffic. A plan would remove the split.
      lifecycle: { ignoreChanges: ['traffic_split'] },
      provider: props.googleProvider,
    });
    this.node.defaultChild = resource;
    return resource;
  }
}

function nameOf({ project, location, endpointId }: VertexEndpointAttributes): string {
  return `projects/${project.id}/locations/${location}/endpoints/${endpointId}`;
}

function oneWayIn(props: WithInherited<VertexEndpointProps>, report: Report): void {
  if (props.network !== undefined && props.privateServiceConnectProjects !== undefined) {
    report({
      property: 'network',
      value: props.network,
      rule: 'be omitted when privateServiceConnectProjects is set',
      fix: 'Omit network or privateServiceConnectProjects.',
    });
  }
  if (props.network !== undefined && props.dedicatedEndpoint === true) {
    report({
      property: 'dedicatedEndpoint',
      value: true,
      rule: 'be false when network is set, because a peered endpoint has no public DNS name',
      fix: 'Omit network or dedicatedEndpoint.',
    });
  }
  // google 6.50: "dedicated_endpoint_enabled": conflicts with private_service_connect_config.
  if (props.privateServiceConnectProjects !== undefined && props.dedicatedEndpoint !== undefined) {
    report({
      property: 'dedicatedEndpoint',
      value: props.dedicatedEndpoint,
      rule: 'be omitted when privateServiceConnectProjects is set',
      fix: 'Remove dedicatedEndpoint or privateServiceConnectProjects.',
    });
  }
  checkKeyLocation({ property: 'kmsKeyName', key: props.kmsKeyName, location: props.location }, report);
}
