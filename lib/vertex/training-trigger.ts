import { EventarcTrigger } from '@cdktf/provider-google/lib/eventarc-trigger';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { WorkflowsWorkflow } from '@cdktf/provider-google/lib/workflows-workflow';
import type { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  comment,
  describe,
  justificationOf,
  justificationRules,
  type Justification,
} from '../core/justification';
import { fitName } from '../core/names';
import {
  anObject,
  integer,
  list,
  matching,
  optional,
  record,
  shape,
  type Report,
  type Shape,
} from '../core/rules';
import { validate } from '../core/validation';
import type { IGkeCluster } from '../gke/cluster';
import { GoogleServiceAccount } from '../identity/google-service-account';
import { dnsLabel, labelKey, labelValue } from '../identity/names';
import { project as projectRule, type GoogleProject } from '../identity/project';
import { deploymentFilter } from './deployment-filter';
import { vertexRegion } from './names';
import { runAs as runAsRule } from './run-as';
import { customJobRule, pipelineRule, type TriggeredCustomJob, type TriggeredPipeline } from './training-job';
import { trainingWorkflow } from './training-workflow';
import { VertexAccess } from './vertex-access';
import type { ITrainingIdentity } from './vertex-training-identity';

/** Which Deployments start a training. */
export interface DeploymentSource {
  /** Cluster of the Deployments. */
  readonly cluster: IGkeCluster;
  /** Namespace of the Deployments. */
  readonly namespace: string;
  /** Labels that a Deployment carries, all of them: at least one. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Which pushed images start a training. */
export interface ImageSource {
  /** Images without tag or digest, for example `us-docker.pkg.dev/my-project/images/books`: at least one. */
  readonly names: readonly string[];
  /**
   * Topic that Artifact Registry publishes to. Google knows it as `gcr`; it is made once for a project.
   * @default gcr
   */
  readonly topic?: string;
}

/** Props of a `TrainingTrigger`. Give `deployments`, `images` or both, and `pipeline` or `customJob`. */
export interface TrainingTriggerProps extends Justification {
  /** Project in which the training runs. */
  readonly project: GoogleProject;
  /** Region of the training. */
  readonly location: string;
  /** Name: a DNS label of at most 40 characters. Jobs and resources are named after it. */
  readonly name: string;
  /** Who the training runs as. */
  readonly runAs: ITrainingIdentity;
  /**
   * Deployments that start a training when their image changes.
   * @default - none
   */
  readonly deployments?: DeploymentSource;
  /**
   * Pushed images that start a training.
   * @default - none
   */
  readonly images?: ImageSource;
  /**
   * Pipeline that is started.
   * @default - `customJob`
   */
  readonly pipeline?: TriggeredPipeline;
  /**
   * Custom job that is started.
   * @default - `pipeline`
   */
  readonly customJob?: TriggeredCustomJob;
  /**
   * Seconds between two looks at a job: 1 to 3,600.
   * @default 60
   */
  readonly pollSeconds?: number;
  /**
   * Seconds after which a job is cancelled: 60 to 604,800 (seven days).
   * @default 86400 (a day)
   */
  readonly timeoutSeconds?: number;
  /**
   * Google provider of all that it makes.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}

const rules: Shape<TrainingTriggerProps> = {
  ...justificationRules,
  project: projectRule,
  location: vertexRegion,
  name: matching(
    /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
    'it has 1 to 40 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen',
  ),
  runAs: runAsRule,
  deployments: optional(
    shape<DeploymentSource>({ cluster: anObject, namespace: dnsLabel, labels: record(labelKey, labelValue) }),
  ),
  images: optional(
    shape<ImageSource>({
      names: list(
        matching(
          /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9._-]+)+$/,
          'an image is named by its repository, in lower case, without tag and digest',
        ),
        { min: 1 },
      ),
      topic: optional(
        matching(/^[A-Za-z][\w.~+%-]{2,254}$/, 'a topic has 3 to 255 letters, digits and -_.~+%'),
      ),
    }),
  ),
  pipeline: optional(pipelineRule),
  customJob: optional(customJobRule),
  pollSeconds: optional(integer(1, 3_600)),
  timeoutSeconds: optional(integer(60, 604_800)),
  googleProvider: optional(anObject),
};

/**
 * Deployments start trainings: when a Deployment with given labels gets a new image, or an image is pushed, a
 * Workflow submits one Vertex AI job for that image, as an account of its own, and waits for its end. What fails is
 * kept in a dead-letter topic.
 */
export class TrainingTrigger extends Construct {
  /** Name of the Workflow. */
  public readonly workflowName: string;
  /** Full name of the topic that keeps what failed. Known at synth. */
  public readonly deadLetterTopic: string;
  /** Filter of the log sink, to try in the Logs Explorer; undefined without `deployments`. */
  public readonly deploymentFilter?: string;

  private readonly props: TrainingTriggerProps;

  constructor(scope: Construct, id: string, props: TrainingTriggerProps) {
    super(scope, id);
    validate(this, props, rules, contradictions);
    this.props = props;
    this.workflowName = props.name;
    this.deadLetterTopic = `projects/${props.project.id}/topics/${props.name}-dead-letter`;
    this.deploymentFilter = props.deployments && deploymentFilter(props.deployments);

    const deadLetters = this.addDeadLetters();
    const submitter = this.addAccount('submitter', 'submits the training jobs of the trigger');
    const workflow = this.addWorkflow(submitter, deadLetters);
    const caller = this.addAccount('caller', 'starts the workflow of the trigger');
    const mayCall = [
      ...caller.grants.projectRole(props.project, 'roles/workflows.invoker'),
      ...caller.grants.projectRole(props.project, 'roles/eventarc.eventReceiver'),
    ];
    if (props.deployments) this.startOn('deployments', this.addDeploymentTopic(), caller, workflow, mayCall);
    if (props.images) {
      const topic = `projects/${props.project.id}/topics/${props.images.topic ?? 'gcr'}`;
      this.startOn('images', topic, caller, workflow, mayCall);
    }
  }

  private get common() {
    return { project: this.props.project.id, provider: this.props.googleProvider };
  }

  private addAccount(role: string, does: string): GoogleServiceAccount {
    const { project, name, googleProvider, owner, ticket } = this.props;
    return new GoogleServiceAccount(this, role, {
      project,
      accountId: fitName(`${name}-${role}`, 30),
      reason: `${does} ${name}`,
      owner,
      ticket,
      googleProvider,
    });
  }

  /** A subscription keeps the messages for a week; without one a topic keeps nothing. */
  private addDeadLetters(): PubsubTopic {
    const name = `${this.props.name}-dead-letter`;
    const topic = new PubsubTopic(this, 'dead-letter', { ...this.common, name });
    new PubsubSubscription(this, 'dead-letter-subscription', {
      ...this.common,
      name,
      topic: topic.id,
      messageRetentionDuration: '604800s',
      expirationPolicy: { ttl: '' },
    });
    return topic;
  }

  private addWorkflow(submitter: GoogleServiceAccount, deadLetters: PubsubTopic): WorkflowsWorkflow {
    const { project, location, name, runAs, pipeline, googleProvider } = this.props;
    const access = new VertexAccess(this, 'vertex', {
      ...justificationOf(this.props),
      identity: submitter,
      project,
      location,
      googleProvider,
    });
    if (pipeline) access.pipelines(runAs);
    else access.train(runAs);
    const publishes = new PubsubTopicIamMember(this, 'keeps-dead-letters', {
      ...this.common,
      topic: deadLetters.name,
      role: 'roles/pubsub.publisher',
      member: submitter.member,
      dependsOn: submitter.dependenciesIn(this),
    });
    const logs = submitter.grants.projectRole(project, 'roles/logging.logWriter');
    const workflow = new WorkflowsWorkflow(this, 'workflow', {
      ...this.common,
      region: location,
      name,
      description: describe(this.props),
      serviceAccount: submitter.email,
      callLogLevel: 'LOG_ERRORS_ONLY',
      sourceContents: this.source(),
      // A message may arrive with the first second; the account must be able to submit by then.
      dependsOn: [...access.resources, publishes, ...logs],
    });
    comment(workflow, { ...justificationOf(this.props) });
    return workflow;
  }

  private source(): string {
    const { project, location, name, reason, runAs, pipeline, customJob } = this.props;
    const workflow = trainingWorkflow({
      projectId: project.id,
      location,
      name,
      reason,
      serviceAccount: runAs.account.email,
      bucket: runAs.bucket.name,
      deadLetterTopic: this.deadLetterTopic,
      images: this.props.images?.names ?? [],
      pipeline,
      customJob,
      pollSeconds: this.props.pollSeconds ?? 60,
      timeoutSeconds: this.props.timeoutSeconds ?? 86_400,
    });
    // Terraform would read the expressions of Workflows as its own; tokens of cdktf are meant for it.
    return JSON.stringify(workflow, undefined, 2).replaceAll(/\$\{(?!TfToken\[)/g, '$${');
  }

  private addDeploymentTopic(): string {
    const name = `${this.props.name}-deployments`;
    const topic = new PubsubTopic(this, 'deployments', { ...this.common, name });
    const sink = new LoggingProjectSink(this, 'deployments-sink', {
      ...this.common,
      name,
      description: describe(this.props),
      destination: `pubsub.googleapis.com/${topic.id}`,
      filter: this.deploymentFilter,
      uniqueWriterIdentity: true,
    });
    new PubsubTopicIamMember(this, 'deployments-sink-publishes', {
      ...this.common,
      topic: topic.name,
      role: 'roles/pubsub.publisher',
      member: sink.writerIdentity,
    });
    return topic.id;
  }

  private startOn(
    kind: string,
    topic: string,
    caller: GoogleServiceAccount,
    workflow: WorkflowsWorkflow,
    dependsOn: TerraformResource[],
  ): void {
    new EventarcTrigger(this, `on-${kind}`, {
      ...this.common,
      location: this.props.location,
      name: fitName(`${this.props.name}-${kind}`, 63),
      matchingCriteria: [{ attribute: 'type', value: 'google.cloud.pubsub.topic.v1.messagePublished' }],
      transport: { pubsub: { topic } },
      destination: { workflow: workflow.id },
      serviceAccount: caller.email,
      dependsOn,
    });
  }
}

function contradictions(props: TrainingTriggerProps, report: Report): void {
  if (props.deployments === undefined && props.images === undefined) {
    const rule = 'a trigger needs something that starts it';
    report({ property: 'deployments', value: undefined, rule, fix: 'Give deployments, images or both.' });
  }
  if (props.deployments && Object.keys(props.deployments.labels).length === 0) {
    const rule = 'without a label every Deployment of the namespace would start a training';
    report({ property: 'deployments.labels', value: {}, rule, fix: 'Name at least one.' });
  }
  if ((props.pipeline === undefined) === (props.customJob === undefined)) {
    report({
      property: 'pipeline',
      value: props.pipeline,
      rule: 'a trigger starts a pipeline or a custom job',
      fix: 'Give one of pipeline and customJob.',
    });
  }
  if ((props.pollSeconds ?? 60) > (props.timeoutSeconds ?? 86_400)) {
    const rule = `the job is given up after ${props.timeoutSeconds ?? 86_400} seconds`;
    report({ property: 'pollSeconds', value: props.pollSeconds, rule, fix: 'Look at it more often.' });
  }
}
