import { EventarcTrigger } from '@cdktf/provider-google/lib/eventarc-trigger';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { WorkflowsWorkflow } from '@cdktf/provider-google/lib/workflows-workflow';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { terraformJson } from '../core/terraform-json';
import type { WithInherited } from '../core/inherited';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  justificationRules,
} from '../core/justification';
import { fitName } from '../core/names';
import {
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  record,
  shape,
  string,
  type Report,
  type Shape,
} from '../core/rules';
import { validate } from '../core/validation';
import { region } from '../google/locations';
import { cluster as clusterRule } from '../gke/cluster';
import { GoogleServiceAccount } from '../identity/google/google-service-account';
import type { RepositoryReference } from '../identity/google/references';
import { dnsLabel, labelKey, labelValue } from '../kubernetes/names';
import { shortName } from '../core/short-name';
import { project as projectRule } from '../google/project';
import { deploymentFilter } from './deployment-filter';
import { repositoryOf } from './pipeline-template';
import { runAs as runAsRule } from './training-identity-rules';
import { triggeredJobRule } from './training-job';
import { trainingWorkflow } from './training-workflow';
import { agentProblems } from './service-agents';
import { CREATE_BEFORE_DESTROY } from '../core/replacement';
import { VertexAccess } from './vertex-access';
import type { DeploymentSource, ImageSource, TrainingTriggerProps } from './training-trigger-props';
import { checkUniqueName } from '../core/unique-names';
import { googleProviderRules } from '../google/options';

/**
 * Polls of one execution. Workflows ends an execution after 100,000 steps; a poll has five, and the rest is for the
 * submission and its retries. https://cloud.google.com/workflows/quotas
 */
const MOST_POLLS = 15_000;

const rules: Shape<TrainingTriggerProps> = {
  ...justificationRules,
  project: projectRule,
  location: region,
  name: shortName,
  runAs: runAsRule,
  deployments: optional(
    shape<DeploymentSource>({
      cluster: clusterRule,
      namespace: knownAtSynth(dnsLabel),
      labels: knownAtSynth(record(labelKey, labelValue)),
    }),
  ),
  images: optional(
    shape<ImageSource>({
      names: list(
        matching(
          /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9._-]+)+$/,
          'be the repository of an image, in lower case, without tag and digest',
        ),
        { min: 1 },
      ),
      topic: optional(matching(/^[A-Za-z][\w.~+%-]{2,254}$/, 'have 3 to 255 letters, digits and -_.~+%')),
    }),
  ),
  job: triggeredJobRule,
  networkAttachment: optional(string()),
  pollSeconds: optional(knownAtSynth(integer(1, 3_600))),
  timeoutSeconds: optional(knownAtSynth(integer(60, 604_800))),
  ...googleProviderRules,
};

/**
 * Trainings that Deployments start. When a Deployment with given labels gets a new image, or an image is pushed, a
 * Workflow submits one Vertex AI job for that image with a dedicated account, and polls the job until it ends. A
 * dead-letter topic keeps failed events.
 */
export class TrainingTrigger extends Construct {
  /** Name of the Workflow. */
  public readonly workflowName: string;
  /** Full name of the topic that keeps what failed. Known at synth. */
  public readonly deadLetterTopicName: string;
  /** Filter of the log sink, to try in the Logs Explorer; undefined without `deployments`. */
  public readonly deploymentFilter?: string;

  private readonly props: WithInherited<TrainingTriggerProps>;

  constructor(scope: Construct, id: string, given: TrainingTriggerProps) {
    super(scope, id);
    const props = validate(this, given, rules, (values, report) => {
      contradictions(values, report);
      const among = `training triggers of the project ${values.project.id} in ${values.location}`;
      checkUniqueName(this, { property: 'name', name: values.name, among }, report);
    });
    this.props = props;
    this.workflowName = props.name;
    this.deadLetterTopicName = `projects/${props.project.id}/topics/${props.name}-dead-letter`;
    this.deploymentFilter = props.deployments && deploymentFilter(props.deployments);

    const deadLetters = this.addDeadLetters();
    const submitter = this.addAccount('submitter', 'submits the training jobs of the trigger');
    const workflow = this.addWorkflow(submitter, deadLetters);
    const caller = this.addAccount('caller', 'starts the workflow of the trigger');
    // Workflows has no IAM policy on one workflow: who may invoke one may invoke those of the project.
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
    const { project, name, googleProvider, owner, ticket, reviewBy } = this.props;
    return new GoogleServiceAccount(this, role, {
      project,
      accountId: fitName(`${name}-${role}`, 30),
      reason: `${does} ${name}`,
      owner,
      ticket,
      reviewBy,
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
    const { project, location, name, runAs, job, googleProvider } = this.props;
    const access = new VertexAccess(this, 'vertex', {
      ...justificationOf(this.props),
      identity: submitter,
      project,
      location,
      googleProvider,
    });
    if (job.kind === 'pipelineJob')
      access.pipelines(runAs, { templateRepositories: templatesOf(this.props) });
    else access.train(runAs);
    const publishes = new PubsubTopicIamMember(this, 'keeps-dead-letters', {
      ...this.common,
      topic: deadLetters.name,
      role: 'roles/pubsub.publisher',
      member: submitter.member,
      dependsOn: submitter.dependenciesIn(this),
      lifecycle: CREATE_BEFORE_DESTROY,
    });
    addMetadataComment(publishes, { ...justificationOf(this.props) });
    const logs = submitter.grants.projectRole(project, 'roles/logging.logWriter');
    const workflow = new WorkflowsWorkflow(this, 'workflow', {
      ...this.common,
      region: location,
      name,
      description: descriptionOf(this.props),
      serviceAccount: submitter.email,
      callLogLevel: 'LOG_ERRORS_ONLY',
      sourceContents: this.source(),
      // A message may arrive with the first second; the account must be able to submit by then.
      dependsOn: [...access.resources, publishes, ...logs],
    });
    this.node.defaultChild = workflow;
    addMetadataComment(workflow, { ...justificationOf(this.props) });
    return workflow;
  }

  private source(): string {
    const { project, location, name, reason, runAs, job } = this.props;
    const workflow = trainingWorkflow({
      projectId: project.id,
      location,
      name,
      reason,
      serviceAccount: runAs.account.email,
      bucket: runAs.bucket.name,
      deadLetterTopic: this.deadLetterTopicName,
      images: this.props.images?.names ?? [],
      job,
      networkAttachment: this.props.networkAttachment,
      pollSeconds: this.props.pollSeconds ?? 60,
      timeoutSeconds: this.props.timeoutSeconds ?? 86_400,
    });
    // Terraform would read the expressions of Workflows as its own.
    return terraformJson(workflow, 2);
  }

  private addDeploymentTopic(): string {
    const name = `${this.props.name}-deployments`;
    const topic = new PubsubTopic(this, 'deployments', { ...this.common, name });
    const sink = new LoggingProjectSink(this, 'deployments-sink', {
      ...this.common,
      name,
      description: descriptionOf(this.props),
      destination: `pubsub.googleapis.com/${topic.id}`,
      filter: this.deploymentFilter,
      uniqueWriterIdentity: true,
    });
    const publishes = new PubsubTopicIamMember(this, 'deployments-sink-publishes', {
      ...this.common,
      topic: topic.name,
      role: 'roles/pubsub.publisher',
      member: sink.writerIdentity,
      lifecycle: CREATE_BEFORE_DESTROY,
    });
    addMetadataComment(publishes, { ...justificationOf(this.props) });
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

function templatesOf({ job }: TrainingTriggerProps): RepositoryReference[] {
  const repository = job.kind === 'pipelineJob' ? repositoryOf(job.templateUri) : undefined;
  return repository ? [repository] : [];
}

function contradictions(props: WithInherited<TrainingTriggerProps>, report: Report): void {
  if (props.deployments === undefined && props.images === undefined) {
    const rule = 'be set when images is not';
    report({ property: 'deployments', value: undefined, rule, fix: 'Set deployments, images or both.' });
  }
  if (props.deployments && Object.keys(props.deployments.labels).length === 0) {
    const rule =
      'have at least one label, because an empty selector matches every Deployment of the namespace';
    report({ property: 'deployments.labels', value: {}, rule, fix: 'Set at least one label.' });
  }
  agentProblems(props.project, templatesOf(props)).forEach(report);
  const { pollSeconds = 60, timeoutSeconds = 86_400 } = props;
  if (exceeds(timeoutSeconds / pollSeconds, MOST_POLLS)) {
    report({
      property: 'pollSeconds',
      value: pollSeconds,
      rule: `be at least ${Math.ceil(timeoutSeconds / MOST_POLLS)} with a timeoutSeconds of ${timeoutSeconds}, because an execution ends after ${MOST_POLLS} polls`,
      fix: 'Poll less often, or reduce timeoutSeconds.',
    });
  }
  if (exceeds(props.pollSeconds ?? 60, props.timeoutSeconds ?? 86_400)) {
    const rule = `be less than timeoutSeconds (${props.timeoutSeconds ?? 86_400})`;
    report({ property: 'pollSeconds', value: props.pollSeconds, rule, fix: 'Set a shorter pollSeconds.' });
  }
}
