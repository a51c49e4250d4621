import { Construct, type IConstruct } from 'constructs';
import { justificationOf } from '../core/justification';
import { waitFor, type AwaitedResource } from '../core/ordering';
import { validate } from '../core/validation';
import { roleArnOf, type AwsAccount } from '../identity/aws-account';
import { FederatedAwsRole } from '../identity/federated-aws-role';
import { VertexAccess } from '../vertex/vertex-access';
import { BridgeFunction } from './bridge-function';
import { bridgeRole } from './bridge-role';
import { DeadLetterQueue } from './dead-letter-queue';
import { ofOneAccount } from './federation-account';
import { TRAINING_VARIABLE, type TrainingTarget } from './training-contract';
import type { IVertexTrainingTarget, VertexTrainingTargetProps } from './vertex-training-target-props';
import { vertexTrainingTargetRules } from './vertex-training-target-rules';

/** A call tries for 45 seconds, and says then what it was that did not answer. */
const CALL_SECONDS = 60;

/**
 * Which function may train, and as whom: a function on AWS that submits jobs of one kind to Vertex AI, all of which
 * run as one account. No key is stored on the way.
 *
 *   function -> role of the target (session = execution) -> Vertex AI -> job as `runAs`
 */
export class VertexTrainingTarget extends Construct implements IVertexTrainingTarget {
  public readonly name: string;
  public readonly account: AwsAccount;
  public readonly kind: 'customJob' | 'pipeline';
  public readonly functionArn: string;
  public readonly cleanupFunctionArn: string;
  public readonly cleanupQueueName: string;
  private readonly ready: readonly AwaitedResource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VertexTrainingTargetProps,
  ) {
    super(scope, id);
    validate(this, props, vertexTrainingTargetRules, ofOneAccount);
    this.name = props.name;
    this.account = props.account;
    this.kind = props.kind;
    this.cleanupQueueName = `${props.name}-training-cleanup-failed`;
    const access = this.allowTraining();
    const submit = this.addFunction('function', `${props.name}-training`);
    const cleanup = this.addCleanup();
    bridgeRole(this, { ...props, name: this.roleName, functions: [submit, cleanup] });
    this.functionArn = submit.aliasArn;
    this.cleanupFunctionArn = cleanup.aliasArn;
    this.ready = [...submit.dependenciesIn(this), ...cleanup.dependenciesIn(this), ...access];
  }

  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return [...waitFor(scope, this.ready), ...this.props.runAs.dependenciesIn(scope)];
  }

  private get roleName(): string {
    return `${this.props.name}-training-caller`;
  }

  private allowTraining(): readonly AwaitedResource[] {
    const { federation, project, location, runAs, kind, googleProvider } = this.props;
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
    return (kind === 'pipeline' ? access.pipelines(runAs) : access.train(runAs)).resources;
  }

  private addFunction(id: string, name: string, deadLetters?: DeadLetterQueue): BridgeFunction {
    const roleArn = roleArnOf(this.account, this.roleName);
    const { memoryMb, logRetentionDays, kmsKeyArn, reservedConcurrency, awsProvider } = this.props;
    return new BridgeFunction(this, id, {
      ...justificationOf(this.props),
      name,
      account: this.account,
      bundle: 'training',
      environment: { [TRAINING_VARIABLE]: JSON.stringify(this.configuration(roleArn)) },
      statements: [
        { sid: 'ActAsTarget', actions: ['sts:AssumeRole'], resources: [roleArn] },
        ...(deadLetters
          ? [{ sid: 'KeepFailures', actions: ['sqs:SendMessage'], resources: [deadLetters.arn] }]
          : []),
      ],
      timeoutSeconds: CALL_SECONDS,
      memoryMb,
      logRetentionDays,
      kmsKeyArn,
      reservedConcurrency: deadLetters ? undefined : reservedConcurrency,
      deadLetters,
      awsProvider,
    });
  }

  /** A second function of the same code: it is called by events, which are kept where it fails for good. */
  private addCleanup(): BridgeFunction {
    const name = `${this.name}-training-cleanup`;
    const { account, kmsKeyArn, alarmActions, awsProvider } = this.props;
    const queue = new DeadLetterQueue(this, 'cleanup-dead-letters', {
      name: this.cleanupQueueName,
      account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
    return this.addFunction('cleanup', name, queue);
  }

  private configuration(roleArn: string): TrainingTarget {
    const { location, project, runAs, networkAttachment, reason, kind } = this.props;
    return {
      name: this.name,
      kind: kind === 'pipeline' ? 'pipelineJobs' : 'customJobs',
      endpoint: `https://${location}-aiplatform.googleapis.com`,
      project: project.id,
      location,
      runAs: runAs.account.email,
      bucket: runAs.bucket.name,
      ...(networkAttachment && { networkAttachment }),
      roleArn,
      credentials: this.props.federation.credentialConfiguration(),
      reason,
    };
  }
}
