import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { ValidationError, type ValidationProblem } from '../core/errors';
import {
  addMetadataComment,
  justificationOf,
  justificationRules,
  type Justification,
} from '../core/justification';
import { idPartOf, identityOf, stableHash } from '../core/names';
import { optional } from '../core/rules';
import { problemsOf, validate } from '../core/validation';
import { GoogleGrants } from '../identity/google/grants';
import { PredictionCallers } from '../identity/prediction-callers';
import { principal } from '../identity/google/principal';
import { project as projectRule } from '../google/project';
import { betaProvider, grantOnEndpoint } from './beta-endpoint-member';
import { CAPABILITY_PERMISSIONS, type VertexCapability } from './capabilities';
import { vertexLocation } from './names';
import { RunAsGrants } from './run-as-grants';
import { agentProblems } from './service-agents';
import {
  endpointOptions,
  endpointProblems,
  grantOptions,
  pipelineOptions,
  projectWideOptions,
  reachesAll,
} from './vertex-access-rules';
import { runAs as runAsRule } from './training-identity-rules';
import { sharedRole } from './shared-roles';
import type { IVertexEndpoint } from './vertex-endpoint';
import type { ITrainingIdentity } from './vertex-training-identity';
import type {
  EndpointGrantOptions,
  PipelineGrantOptions,
  VertexAccessProps,
  VertexGrantOptions,
} from './vertex-access-props';
import { googleProviderRules } from '../google/options';

type Facts = Readonly<Record<string, unknown>>;

/** A role on the project, with why it was first given and what else it is for. */
interface ProjectGrant {
  readonly members: readonly TerraformResource[];
  readonly why: Facts;
  readonly also: Facts[];
}

const PREDICTING: readonly VertexCapability[] = ['predict', 'explain', 'generate'];

/**
 * Access to Vertex AI, capability by capability: each is a custom role with exactly the permissions it takes,
 * granted to the identity with the reason beside it.
 *
 * `new VertexAccess(stack, 'recommendations', { identity, project, location, reason }).predict(endpoint)`
 */
export class VertexAccess extends Construct {
  private readonly props: WithInherited<VertexAccessProps>;
  private readonly grants: GoogleGrants;
  private readonly given = new Set<VertexCapability>();
  private readonly granted = new Set<string>();
  private readonly onProject = new Map<string, ProjectGrant>();
  private readonly made: TerraformResource[] = [];
  private readonly runAsGrants: RunAsGrants;

  constructor(scope: Construct, id: string, given: VertexAccessProps) {
    super(scope, id);
    const props = validate(this, given, {
      ...justificationRules,
      identity: principal,
      project: projectRule,
      location: vertexLocation,
      ...googleProviderRules,
      googleBetaProvider: optional(betaProvider),
    });
    this.props = props;
    this.grants = new GoogleGrants(this, props.identity, props, props.googleProvider);
    this.runAsGrants = new RunAsGrants(this, props);
  }

  /** All granted permissions, sorted. */
  public get permissions(): readonly string[] {
    const all = [...this.given].flatMap((capability) => CAPABILITY_PERMISSIONS[capability]);
    return [...new Set(all)].sort();
  }

  /** IAM members that a job must wait for. */
  public get resources(): readonly TerraformResource[] {
    return [...this.grants.resources, ...this.made, ...this.runAsGrants.made];
  }

  /**
   * Requests predictions of one endpoint. With `googleBetaProvider` the role applies to that endpoint only. Without it,
   * the role includes every endpoint of the project and every Gemini model, and needs `acknowledge.projectWide`.
   */
  public predict(endpoint: IVertexEndpoint, options: EndpointGrantOptions = {}): this {
    return this.giveOnEndpoint('predict', endpoint, options);
  }

  /** Requests predictions of every endpoint of the project and every Gemini model. Requires a separate reason. */
  public predictProjectWide(options: VertexGrantOptions): this {
    this.refuse(problemsOf(projectWideOptions, options, 'options'));
    this.refuse(this.duplicateOf('predictProjectWide'));
    return this.giveOnProject('predict', options);
  }

  /** Requests explanations of one endpoint. Scope as with `predict`. */
  public explain(endpoint: IVertexEndpoint, options: EndpointGrantOptions = {}): this {
    return this.giveOnEndpoint('explain', endpoint, options);
  }

  /** Generates with Gemini models. The permission is that of `predict`, on the whole project: there is no other. */
  public generate(options: VertexGrantOptions = {}): this {
    return this.give('generate', options);
  }

  /** Submits custom training jobs that run as the given identity, and polls them. */
  public train(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('train', runAs, options);
  }

  /** Submits hyperparameter tuning jobs that run as the given identity, and polls them. */
  public tuneHyperparameters(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('tuneHyperparameters', runAs, options);
  }

  /**
   * Submits pipelines that run as the given identity, and polls them. The account of that identity gets a custom role
   * on the project with the permissions that a pipeline needs: ML Metadata and custom jobs.
   */
  public pipelines(runAs: ITrainingIdentity, options: PipelineGrantOptions = {}): this {
    return this.giveRunningPipelines('pipelines', runAs, options);
  }

  /** Schedules pipelines that run as the given identity. Its account gets the same role as with `pipelines`. */
  public schedules(runAs: ITrainingIdentity, options: PipelineGrantOptions = {}): this {
    return this.giveRunningPipelines('schedules', runAs, options);
  }

  /** Submits batch predictions that run as the given identity. */
  public batchPredict(runAs: ITrainingIdentity, options: VertexGrantOptions = {}): this {
    return this.giveRunning('batchPredict', runAs, options);
  }

  /** Uploads models to the registry. */
  public uploadModel(options: VertexGrantOptions = {}): this {
    return this.give('uploadModel', options);
  }

  /** Reads the registry of models. */
  public readModels(options: VertexGrantOptions = {}): this {
    return this.give('readModels', options);
  }

  /** Deploys models to one endpoint and undeploys them. Scope as with `predict`. */
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

  private give(capability: VertexCapability, options: VertexGrantOptions): this {
    this.refuse(problemsOf(grantOptions, options, 'options'));
    this.refuse(this.duplicateOf(capability));
    return this.giveOnProject(capability, options);
  }

  /**
   * One member for a set of permissions, however many capabilities and endpoints it is for: two equal members would
   * be one in Google Cloud, and deleting one would delete both. The comment of the member has every reason.
   */
  private giveOnProject(capability: VertexCapability, options: VertexGrantOptions, facts: Facts = {}): this {
    const why = { ...this.why(options), ...facts };
    const key = JSON.stringify([CAPABILITY_PERMISSIONS[capability], options.condition]);
    let grant = this.onProject.get(key);
    if (grant) {
      grant.also.push(why);
    } else {
      const id = options.condition === undefined ? capability : `${capability}-${stableHash(key)}`;
      const members = this.grants.customRole(this.roleOf(capability), { ...options, id });
      this.onProject.set(key, (grant = { members, why, also: [] }));
    }
    const { also } = grant;
    for (const member of grant.members)
      addMetadataComment(member, { ...grant.why, ...(also.length > 0 && { also }) });
    this.note(capability);
    return this;
  }

  private giveOnEndpoint(
    capability: 'predict' | 'explain' | 'deploy',
    endpoint: IVertexEndpoint,
    options: EndpointGrantOptions,
  ): this {
    const beta = this.props.googleBetaProvider;
    this.refuse([
      ...problemsOf(endpointOptions, options, 'options'),
      ...endpointProblems(this.props, capability, endpoint),
      ...(beta === undefined && options?.acknowledge?.projectWide === undefined
        ? [reachesAll(capability)]
        : []),
    ]);
    this.refuse(this.duplicateOf(capability, endpoint.resourceName));
    const { acknowledge, ...rest } = options;
    if (beta === undefined) {
      return this.giveOnProject(capability, rest, {
        acknowledged: acknowledge,
        endpoint: endpoint.resourceName,
      });
    }
    const role = this.roleOf(capability);
    const { endpointId } = endpoint;
    const known = idPartOf(this, endpointId);
    const id = `${capability}-${known}`;
    const members = grantOnEndpoint(this, id, {
      endpoint,
      principal: this.props.identity,
      role,
      condition: rest.condition,
      provider: beta,
    });
    for (const member of members) addMetadataComment(member, { ...this.why(rest) });
    this.made.push(...members);
    this.note(capability);
    return this;
  }

  /** A second run-as account extends the first member: the permission is the same, with one more account. */
  private giveRunning(
    capability: 'train' | 'tuneHyperparameters' | 'pipelines' | 'schedules' | 'batchPredict',
    runAs: ITrainingIdentity,
    options: VertexGrantOptions,
  ): this {
    this.refuse([...problemsOf(grantOptions, options, 'options'), ...problemsOf(runAsRule, runAs, 'runAs')]);
    this.refuse(this.duplicateOf(capability, runAs.account.email));
    if (!this.given.has(capability)) this.giveOnProject(capability, options);
    this.runAsGrants.allow(runAs, this.why(options));
    return this;
  }

  private giveRunningPipelines(
    capability: 'pipelines' | 'schedules',
    runAs: ITrainingIdentity,
    options: PipelineGrantOptions,
  ): this {
    this.refuse(problemsOf(pipelineOptions, options, 'options'));
    const { templateRepositories = [], ...rest } = options;
    this.refuse(agentProblems(this.props.project, templateRepositories));
    this.giveRunning(capability, runAs, rest);
    this.runAsGrants.allowPipelines(runAs, templateRepositories, this.why(rest));
    return this;
  }

  private roleOf(capability: VertexCapability) {
    const permissions = CAPABILITY_PERMISSIONS[capability];
    return sharedRole(this, this.props.project, permissions, this.props.googleProvider);
  }

  private note(capability: VertexCapability): void {
    this.given.add(capability);
    if (PREDICTING.includes(capability)) {
      PredictionCallers.of(this).add(this.props.project.id, this.props.identity.members);
    }
  }

  private why(options: VertexGrantOptions): Justification {
    return justificationOf({
      reason: options.reason ?? this.props.reason,
      owner: options.owner ?? this.props.owner,
      ticket: options.ticket ?? this.props.ticket,
      reviewBy: options.reviewBy ?? this.props.reviewBy,
    });
  }

  /** A problem if the same grant was made before. Remembers the grant. */
  private duplicateOf(what: string, about = ''): ValidationProblem[] {
    const key = identityOf(this, [what, about]);
    if (!this.granted.has(key)) {
      this.granted.add(key);
      return [];
    }
    return [{ property: what, value: about || what, rule: 'be granted once', fix: 'Grant it once.' }];
  }

  private refuse(problems: readonly ValidationProblem[]): void {
    if (problems.length > 0) throw new ValidationError(this.node.path, problems);
  }
}
