import type { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ValidationError, type Problem } from '../core/errors';
import {
  acknowledgement,
  comment,
  justificationOf,
  justificationRules,
  type Justification,
} from '../core/justification';
import { anObject, optional, shape, type Rule } from '../core/rules';
import { validate } from '../core/validation';
import { GoogleGrants, type GrantOptions } from '../identity/grants';
import { condition } from '../identity/iam-condition';
import type { IGooglePrincipal } from '../identity/principal';
import { project as projectRule, type GoogleProject } from '../identity/project';
import { betaProvider, grantOnEndpoint } from './beta-endpoint-member';
import { CAPABILITY_PERMISSIONS, type VertexCapability } from './capabilities';
import { vertexLocation } from './names';
import { runAs as runAsRule } from './run-as';
import { sharedRole } from './shared-roles';
import type { IVertexEndpoint } from './vertex-endpoint';
import type { ITrainingIdentity } from './vertex-training-identity';

/** Props of a `VertexAccess`. */
export interface VertexAccessProps extends Justification {
  /** Who is given access: a binding, a service account, a federated AWS role. */
  readonly identity: IGooglePrincipal;
  /** Project of the endpoints, models and jobs. */
  readonly project: GoogleProject;
  /** Region of the endpoints that are used, or `global` for Gemini models. */
  readonly location: string;
  /**
   * Google provider of roles and members.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
  /**
   * Provider of `@cdktf/provider-google-beta`, an optional peer: with it, access is limited to one endpoint, which
   * only the beta provider can do.
   * @default - access to one endpoint takes an acknowledged reason, since it reaches all
   */
  readonly googleBetaProvider?: TerraformProvider;
}

/** What may be said about one capability. */
export interface VertexGrantOptions {
  /**
   * What the access is for.
   * @default - the reason of the VertexAccess
   */
  readonly reason?: string;
  /**
   * Team or person that answers for it.
   * @default - the owner of the VertexAccess
   */
  readonly owner?: string;
  /**
   * Ticket in which it was asked for.
   * @default - the ticket of the VertexAccess
   */
  readonly ticket?: string;
  /**
   * When it counts: a time or a tag. Vertex AI evaluates no condition on names of resources.
   * @default - always
   */
  readonly condition?: GrantOptions['condition'];
}

/** Defaults of the library that access to an endpoint may set aside, each with the reason why. */
export interface EndpointAcknowledgements {
  /**
   * Why access to one endpoint may reach every endpoint of the project.
   * @default - it may not
   */
  readonly projectWide?: string;
}

/** What may be said about access to one endpoint. */
export interface EndpointGrantOptions extends VertexGrantOptions {
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: EndpointAcknowledgements;
}

const grantRules = {
  reason: optional(justificationRules.reason),
  owner: justificationRules.owner,
  ticket: justificationRules.ticket,
  condition: optional(condition),
};
const grantOptions = shape<VertexGrantOptions>(grantRules);
const endpointOptions = shape<EndpointGrantOptions>({
  ...grantRules,
  acknowledge: optional(shape<EndpointAcknowledgements>({ projectWide: acknowledgement })),
});
const projectWideOptions = shape<VertexGrantOptions>({ ...grantRules, reason: justificationRules.reason });

/**
 * Access to Vertex AI, capability by capability: each is a custom role with exactly the permissions it takes,
 * granted to the identity with the reason beside it.
 *
 * `new VertexAccess(stack, 'recommendations', { identity, project, location, reason }).predict(endpoint)`
 */
export class VertexAccess extends Construct {
  private readonly props: VertexAccessProps;
  private readonly grants: GoogleGrants;
  private readonly given = new Set<string>();
  private readonly runs = new Set<string>();
  private readonly made: TerraformResource[] = [];

  constructor(scope: Construct, id: string, props: VertexAccessProps) {
    super(scope, id);
    validate(this, props, {
      ...justificationRules,
      identity: anObject,
      project: projectRule,
      location: vertexLocation,
      googleProvider: optional(anObject),
      googleBetaProvider: optional(betaProvider),
    });
    this.props = props;
    this.grants = new GoogleGrants(this, props.identity, props, props.googleProvider);
  }

  /** Every permission that was given, sorted. */
  public get permissions(): readonly string[] {
    return [...this.given].sort();
  }

  /** The IAM members that were made, to be waited for. */
  public get resources(): readonly TerraformResource[] {
    return [...this.grants.resources, ...this.made];
  }

  /**
   * Asks one endpoint for predictions. With `googleBetaProvider` the role counts on that endpoint alone; without, it
   * reaches every endpoint of the project and every Gemini model, and `acknowledge.projectWide` says why.
   */
  public predict(endpoint: IVertexEndpoint, options: EndpointGrantOptions = {}): this {
    return this.giveOnEndpoint('predict', endpoint, options);
  }

  /** Asks any endpoint of the project and any Gemini model, for a reason of its own. */
  public predictProjectWide(options: VertexGrantOptions): this {
    this.refuse([...judge(projectWideOptions, options, 'options')]);
    return this.give('predict', options, 'predict-project-wide');
  }

  /** Asks one endpoint to explain predictions. Scope as with `predict`. */
  public explain(endpoint: IVertexEndpoint, options: EndpointGrantOptions = {}): this {
    return this.giveOnEndpoint('explain', endpoint, options);
  }

  /** Generates with Gemini models. The permission is that of `predict`, on the whole project: there is no other. */
  public generate(options: VertexGrantOptions = {}): this {
    return this.give('generate', options);
  }

  /** Submits custom training jobs that run as the given identity, and follows them. */
  public train(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('train', runAs, options);
  }

  /** Submits hyper-parameter tuning jobs that run as the given identity, and follows them. */
  public tuneHyperparameters(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('tuneHyperparameters', runAs, options);
  }

  /** Submits pipelines that run as the given identity, and follows them. */
  public pipelines(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('pipelines', runAs, options);
  }

  /** Schedules pipelines that run as the given identity. */
  public schedules(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('schedules', runAs, options);
  }

  /** Predicts for whole files, as the given identity. */
  public batchPredict(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('batchPredict', runAs, options);
  }

  /** Puts models into the registry. */
  public uploadModel(options: VertexGrantOptions = {}): this {
    return this.give('uploadModel', options);
  }

  /** Reads the registry of models. */
  public readModels(options: VertexGrantOptions = {}): this {
    return this.give('readModels', options);
  }

  /** Deploys models to one endpoint and takes them away. Scope as with `predict`. */
  public deploy(endpoint: IVertexEndpoint, options: EndpointGrantOptions = {}): this {
    return this.giveOnEndpoint('deploy', endpoint, options);
  }

  /** Reads features of feature views. */
  public readFeatures(options: VertexGrantOptions = {}): this {
    return this.give('readFeatures', options);
  }

  /** Searches vectors. */
  public vectorSearch(options: VertexGrantOptions = {}): this {
    return this.give('vectorSearch', options);
  }

  private give(
    capability: VertexCapability,
    options: VertexGrantOptions,
    id: string = capability,
    facts: Readonly<Record<string, unknown>> = {},
  ): this {
    this.refuse([...judge(grantOptions, options, 'options'), ...this.alreadyGiven(id, capability)]);
    const role = this.roleOf(capability);
    for (const member of this.grants.customRole(role, { ...options, id })) {
      if (Object.keys(facts).length > 0) comment(member, { ...this.why(options), ...facts });
    }
    this.note(capability);
    return this;
  }

  private giveOnEndpoint(
    capability: 'predict' | 'explain' | 'deploy',
    endpoint: IVertexEndpoint,
    options: EndpointGrantOptions,
  ): this {
    const { acknowledge, ...rest } = options;
    const id = `${capability}-${endpoint?.endpointId}`;
    const beta = this.props.googleBetaProvider;
    this.refuse([
      ...judge(endpointOptions, options, 'options'),
      ...this.judgeEndpoint(capability, endpoint),
      ...(beta === undefined && acknowledge?.projectWide === undefined ? [reachesAll(capability)] : []),
      ...this.alreadyGiven(id, capability),
    ]);
    if (beta === undefined) {
      return this.give(capability, rest, id, { acknowledged: acknowledge });
    }
    const role = this.roleOf(capability);
    const members = grantOnEndpoint(this, id, endpoint, this.props.identity, role, rest.condition, beta);
    for (const member of members) comment(member, { ...this.why(rest) });
    this.made.push(...members);
    this.note(capability);
    return this;
  }

  private giveRunning(
    capability: 'train' | 'tuneHyperparameters' | 'pipelines' | 'schedules' | 'batchPredict',
    runAs: ITrainingIdentity,
    options: VertexGrantOptions,
  ): this {
    this.refuse([...judge(grantOptions, options, 'options'), ...judge(runAsRule, runAs, 'runAs')]);
    this.give(capability, options);
    this.actAs(runAs, options);
    return this;
  }

  /** What it takes to submit a job as another account: to hand it over, and to leave its files in its bucket. */
  private actAs(runAs: ITrainingIdentity, options: VertexGrantOptions): void {
    if (this.runs.has(runAs.account.email)) return;
    this.runs.add(runAs.account.email);
    const { identity, googleProvider } = this.props;
    const waiting: IGooglePrincipal = {
      members: identity.members,
      dependenciesIn: (scope: IConstruct) => [
        ...identity.dependenciesIn(scope),
        ...runAs.dependenciesIn(scope),
      ],
    };
    const grants = new GoogleGrants(this, waiting, this.why(options), googleProvider);
    const { account, bucket } = runAs;
    this.made.push(
      ...grants.serviceAccountRole(account, 'roles/iam.serviceAccountUser', {
        id: `act-as-${account.email}`,
      }),
      ...grants.bucketRole(bucket, 'roles/storage.objectCreator', { id: `stage-in-${bucket.name}` }),
      ...grants.bucketReader(bucket, { id: `read-from-${bucket.name}` }),
    );
  }

  private roleOf(capability: VertexCapability) {
    return sharedRole(this, this.props.project, capability, this.props.googleProvider);
  }

  private note(capability: VertexCapability): void {
    for (const permission of CAPABILITY_PERMISSIONS[capability]) this.given.add(permission);
  }

  private why(options: VertexGrantOptions): Justification {
    return justificationOf({
      reason: options.reason ?? this.props.reason,
      owner: options.owner ?? this.props.owner,
      ticket: options.ticket ?? this.props.ticket,
    });
  }

  private judgeEndpoint(capability: string, endpoint: IVertexEndpoint): Problem[] {
    if (typeof endpoint?.resourceName !== 'string') {
      return [
        {
          property: 'endpoint',
          value: endpoint,
          rule: `${capability} is given on an endpoint`,
          fix: 'Pass a VertexEndpoint, or call predictProjectWide({ reason }) to reach all of the project.',
        },
      ];
    }
    const { project, location } = this.props;
    if (endpoint.project.id === project.id && endpoint.location === location) return [];
    return [
      {
        property: 'endpoint',
        value: endpoint.resourceName,
        rule: `this access is for ${project.id} in ${location}`,
        fix: 'Make a VertexAccess for the project and location of the endpoint.',
      },
    ];
  }

  private alreadyGiven(id: string, capability: string): Problem[] {
    return this.node.tryFindChild(id)
      ? [{ property: capability, value: id, rule: 'it was given before', fix: 'Give it once.' }]
      : [];
  }

  private refuse(problems: readonly Problem[]): void {
    if (problems.length > 0) throw new ValidationError(this.node.path, problems);
  }
}

function reachesAll(capability: string): Problem {
  return {
    property: 'googleBetaProvider',
    value: undefined,
    rule: `only the beta provider limits ${capability} to one endpoint; without it the role reaches every endpoint of the project`,
    fix: 'Pass a provider of @cdktf/provider-google-beta, or say in acknowledge.projectWide why all may be reached.',
  };
}

function judge(rule: Rule, value: unknown, property: string): Problem[] {
  const problems: Problem[] = [];
  rule(value, property, (problem) => problems.push(problem));
  return problems;
}
