import { checkRegionalArns } from '../../aws/regional-arns';
import {
  aliasMetric,
  type CloudWatchMetric,
  type FunctionMetric,
  type MetricOptions,
} from '../../aws/metric';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { withName } from '../../core/names';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationOf } from '../../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import {
  constructLike,
  knownAtSynth,
  matching,
  optional,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { validate } from '../../core/validation';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import type { IAwsToGoogleFederation } from '../../identity/federation/aws-to-google-federation-props';
import { federation } from '../../identity/federation/aws-to-google-federation-rules';
import { FederatedAwsRole } from '../../identity/federation/federated-aws-role';
import { betaProvider } from '../../vertex/beta-endpoint-member';
import { VertexAccess } from '../../vertex/vertex-access';
import type { EndpointAcknowledgements } from '../../vertex/vertex-access-props';
import type { IVertexEndpoint } from '../../vertex/vertex-endpoint';
import type { LibraryFunction } from '../../aws/library-function';
import { FederatedSessionRole } from '../../aws/federated-session-role';
import type { IInvocableFunction } from '../targets/target';
import { checkSameAccount, withFederationAccount } from '../../identity/federation/federation-account';
import type { PredictionReading } from '../../contracts/gates';
import { path } from '../state-machine/paths';
import type { State } from '../state-machine/asl/states';
import type { StepRequirements } from '../state-machine/step';
import type { DecisionContext, IDecisionSource } from '../state-machine/steps/decision-step';
import { gateFunction, gateRules, gateTask, GATE_SECONDS, type GateProps } from './gate-function';
import { googleProviderRules, type GoogleProviderOptions } from '../../google/options';

/** Props of a `PredictionGate`. */
export interface PredictionGateProps extends GateProps, GoogleProviderOptions {
  /** Federation that exchanges AWS roles for Google identities. The gate adds its role. */
  readonly federation: IAwsToGoogleFederation;
  /** The endpoint that the gate calls. Its role allows no other endpoint. */
  readonly endpoint: IVertexEndpoint;
  /** Path of the value in the response: `predictions[0].score`. */
  readonly value: string;
  /**
   * Path of the list of instances in the input of the step.
   * @default $.instances
   */
  readonly instancesPath?: string;
  /**
   * Host of a dedicated endpoint.
   * @default - that of Vertex AI in the region of the endpoint
   */
  readonly host?: string;
  /**
   * Provider of `@cdktf/provider-google-beta`, by which access is limited to the one endpoint.
   * @default - access to one endpoint takes an acknowledged reason, since it reaches all
   */
  readonly googleBetaProvider?: TerraformProvider;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: EndpointAcknowledgements;
}

const rules: Shape<PredictionGateProps> = {
  ...gateRules,
  federation,
  endpoint: constructLike('a VertexEndpoint', {
    resourceName: 'string',
    location: 'string',
    project: 'object',
  }),
  value: knownAtSynth(
    matching(
      /^[A-Za-z_]\w*(\.[A-Za-z_]\w*|\[\d{1,4}\])*$/,
      'be a place in the response, for example "predictions[0].score"',
      (given) => (given.startsWith('$.') ? `Use "${given.slice(2)}".` : undefined),
    ),
  ),
  instancesPath: optional(path),
  host: optional(matching(/^[a-z0-9.-]+$/, 'be a DNS name, without "https://"')),
  ...googleProviderRules,
  googleBetaProvider: optional(betaProvider),
  acknowledge: optional(shape<EndpointAcknowledgements>({ projectWide: acknowledgement })),
};

/**
 * Reads a value of a prediction of Vertex AI for a `DecisionStep`. The function has a separate identity with access to that
 * endpoint, and no key is stored. An error, a time-out and a response without the value leave the gate closed.
 */
export class PredictionGate extends Construct implements IDecisionSource, IInvocableFunction {
  /** Name of the resource. Known at synth. */
  public readonly name: string;
  /** AWS account and region of the function. */
  public readonly account: AwsAccount;
  /** ARN of the alias that state machines invoke. */
  public readonly functionArn: string;
  private readonly instancesPath: string;
  private readonly ready: readonly AwaitedResource[];

  constructor(scope: Construct, id: string, given: PredictionGateProps) {
    super(scope, id);
    const props = validate(this, withName(this, withFederationAccount(given), 40), rules, contradictions);
    this.name = props.name;
    this.account = props.account;
    this.instancesPath = props.instancesPath ?? '$.instances';
    const roleName = `${props.name}-gate-caller`;
    const roleArn = roleArnOf(props.account, roleName);
    const access = this.allowPrediction(props, roleName);
    const called = this.addFunction(props, roleArn);
    const role = new FederatedSessionRole(this, 'role', { ...props, name: roleName, functions: [called] });
    this.node.defaultChild = called.node.defaultChild;
    this.functionArn = called.aliasArn;
    this.ready = [...called.dependenciesIn(this), role, ...access];
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public get requirements(): StepRequirements {
    return { maxSeconds: GATE_SECONDS, functions: [this] };
  }

  /** Fields of the Task state that reads the value, without its transitions. */
  public task(context: DecisionContext): State {
    return gateTask(this, context, this.instancesPath);
  }

  /** Returns a metric of the function as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, this.ready);
  }

  private allowPrediction(
    props: WithInherited<PredictionGateProps>,
    roleName: string,
  ): readonly AwaitedResource[] {
    const { endpoint, googleProvider, googleBetaProvider, acknowledge } = props;
    const identity = new FederatedAwsRole(this, 'federated-role', {
      ...justificationOf(props),
      federation: props.federation,
      roleName,
      googleProvider,
    });
    return new VertexAccess(this, 'access', {
      ...justificationOf(props),
      identity,
      project: endpoint.project,
      location: endpoint.location,
      googleProvider,
      googleBetaProvider,
    }).predict(endpoint, acknowledge && { acknowledge }).resources;
  }

  private addFunction(props: WithInherited<PredictionGateProps>, roleArn: string): LibraryFunction {
    const { name, endpoint, reason } = props;
    const host = props.host ?? `${endpoint.location}-aiplatform.googleapis.com`;
    const reading: PredictionReading = {
      kind: 'prediction',
      name,
      url: `https://${host}/v1/${endpoint.resourceName}:predict`,
      value: keysOf(props.value),
      roleArn,
      credentials: props.federation.credentialConfiguration(),
      reason,
    };
    return gateFunction(this, props, reading, [
      { sid: 'AssumeGateRole', actions: ['sts:AssumeRole'], resources: [roleArn] },
    ]);
  }
}

function contradictions(props: WithInherited<PredictionGateProps>, report: Report): void {
  checkSameAccount(props, report);
  checkRegionalArns(props, report);
  if (props.googleBetaProvider !== undefined || props.acknowledge?.projectWide !== undefined) return;
  report({
    property: 'googleBetaProvider',
    value: undefined,
    rule: 'be set because only a provider of google-beta limits the gate to one endpoint',
    fix: 'Pass a provider of @cdktf/provider-google-beta; to allow calls to every endpoint of the project, set acknowledge.projectWide to the reason.',
  });
}

function keysOf(value: string): (string | number)[] {
  return [...value.matchAll(/[A-Za-z_]\w*|\[(\d+)\]/g)].map(([key, index]) =>
    index === undefined ? key : Number(index),
  );
}
