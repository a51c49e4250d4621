import { Construct, type IConstruct } from 'constructs';
import {
  aliasMetric,
  type CloudWatchMetric,
  type FunctionMetric,
  type MetricOptions,
} from '../../aws/metric';
import { withName } from '../../core/names';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { justificationOf } from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { validate } from '../../core/validation';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import { FederatedAwsRole } from '../../identity/federation/federated-aws-role';
import { VertexAccess } from '../../vertex/vertex-access';
import { checkSameAccount, withFederationAccount } from '../../identity/federation/federation-account';
import { TargetFunctions } from '../targets/target-functions';
import { TRAINING_VARIABLE, type TrainingTarget } from '../../contracts/training';
import type { IVertexTrainingTarget, VertexTrainingTargetProps } from './vertex-training-target-props';
import { vertexTrainingTargetCrossChecks, vertexTrainingTargetRules } from './vertex-training-target-rules';

/**
 * A function on AWS that submits jobs of one kind to Vertex AI. All jobs run as one service account. No key is stored.
 *
 *   function -> role of the target (session = execution) -> Vertex AI -> job as `runAs`
 */
export class VertexTrainingTarget extends Construct implements IVertexTrainingTarget {
  /** Name of the resource. Known at synth. */
  public readonly name: string;
  /** AWS account and region of the function. */
  public readonly account: AwsAccount;
  /** Kind of the trainings: custom jobs or pipeline jobs. */
  public readonly kind: 'customJob' | 'pipelineJob';
  /** ARN of the alias that state machines invoke. */
  public readonly functionArn: string;
  /** ARN of the alias that the clean-up of executions invokes. */
  public readonly cleanupFunctionArn: string;
  private readonly ready: readonly AwaitedResource[];

  private readonly props: WithInherited<VertexTrainingTargetProps>;

  constructor(scope: Construct, id: string, given: VertexTrainingTargetProps) {
    super(scope, id);
    const props = validate(
      this,
      withName(this, withFederationAccount(given), 40),
      vertexTrainingTargetRules,
      (values, report) => {
        checkSameAccount(values, report);
        vertexTrainingTargetCrossChecks(values, report);
      },
    );
    this.props = props;
    this.name = props.name;
    this.account = props.account;
    this.kind = props.kind;
    const access = this.allowTraining();
    const functions = new TargetFunctions(this, 'functions', {
      ...props,
      names: {
        function: `${props.name}-training`,
        cleanup: `${props.name}-training-cleanup`,
        role: this.roleName,
      },
      bundle: 'training',
      environment: { [TRAINING_VARIABLE]: terraformJson(this.configuration()) },
    });
    this.node.defaultChild = functions.node.defaultChild;
    this.functionArn = functions.functionArn;
    this.cleanupFunctionArn = functions.cleanupFunctionArn;
    this.ready = [...functions.dependenciesIn(this), ...access];
  }

  /** Returns a metric of the function as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return [...dependenciesWithin(scope, this.ready), ...this.props.runAs.dependenciesIn(scope)];
  }

  private get roleName(): string {
    return `${this.props.name}-training-caller`;
  }

  private allowTraining(): readonly AwaitedResource[] {
    const { federation, project, location, runAs, kind, templateRepositories, googleProvider } = this.props;
    const identity = new FederatedAwsRole(this, 'federated-role', {
      ...justificationOf(this.props),
      federation,
      roleName: this.roleName,
      googleProvider,
    });
    const access = new VertexAccess(this, 'access', {
      ...justificationOf(this.props),
      identity,
      project,
      location,
      googleProvider,
    });
    return (kind === 'pipelineJob' ? access.pipelines(runAs, { templateRepositories }) : access.train(runAs))
      .resources;
  }

  private configuration(): TrainingTarget {
    const { location, project, runAs, networkAttachment, reason, kind } = this.props;
    return {
      name: this.name,
      kind: kind === 'pipelineJob' ? 'pipelineJobs' : 'customJobs',
      endpoint: `https://${location}-aiplatform.googleapis.com`,
      project: project.id,
      location,
      runAs: runAs.account.email,
      bucket: runAs.bucket.name,
      ...(networkAttachment && { networkAttachment }),
      roleArn: roleArnOf(this.account, this.roleName),
      credentials: this.props.federation.credentialConfiguration(),
      reason,
    };
  }
}
