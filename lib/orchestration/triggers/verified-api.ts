import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Authorizer } from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { LogGroup } from '../../aws/log-group';
import { descriptionOf, justificationOf } from '../../core/justification';
import { terraformTextJson } from '../../core/terraform-json';
import { partitionOf } from '../../aws/account';
import { LibraryFunction } from '../../aws/library-function';
import { CallerRole } from './caller-role';
import type { ExecutionStarter } from './execution-starter';
import { CALLER_VARIABLE, type GoogleCaller } from '../../contracts/google-authorizer';
import type { PubSubTriggerProps } from './pub-sub-trigger-props';

/** Props of a `VerifiedApi`. */
export interface VerifiedApiProps {
  readonly trigger: WithInherited<PubSubTriggerProps>;
  readonly starter: ExecutionStarter;
  readonly caller: GoogleCaller;
}

const ROUTE = '/events';

// Fields of a request, without its token and its body.
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  status: '$context.status',
  authorizerError: '$context.authorizer.error',
  integrationStatus: '$context.integration.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
};

/** Resources of a `PubSubTrigger` on AWS: an HTTP API that accepts events of one Google service account. */
export class VerifiedApi extends Construct {
  /** URL of the events. Known after the apply. */
  public readonly url: string;
  /** Resources that exist before the first event. */
  public readonly ready: readonly TerraformResource[];
  private readonly trigger: WithInherited<PubSubTriggerProps>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VerifiedApiProps,
  ) {
    super(scope, id);
    this.trigger = props.trigger;
    const { name, awsProvider } = this.trigger;
    const api = new Apigatewayv2Api(this, 'api', {
      name,
      description: descriptionOf(this.trigger),
      protocolType: 'HTTP',
      provider: awsProvider,
    });
    this.ready = [...this.addRoute(api), this.addStage(api)];
    this.url = `${api.apiEndpoint}${ROUTE}`;
  }

  private addRoute(api: Apigatewayv2Api): TerraformResource[] {
    const [authorizer, mayVerify] = this.addAuthorizer(api);
    const route = new Apigatewayv2Route(this, 'route', {
      apiId: api.id,
      routeKey: `POST ${ROUTE}`,
      authorizationType: 'CUSTOM',
      authorizerId: authorizer.id,
      target: `integrations/${this.addIntegration(api).id}`,
      provider: this.trigger.awsProvider,
    });
    return [route, mayVerify];
  }

  private addAuthorizer(api: Apigatewayv2Api): [Apigatewayv2Authorizer, LambdaPermission] {
    const { name, orchestrator, logRetentionDays, kmsKeyArn, awsProvider } = this.trigger;
    const { account } = orchestrator;
    const verifier = new LibraryFunction(this, 'verifier', {
      ...justificationOf(this.trigger),
      name: `${name}-verify`,
      account,
      bundle: 'google-authorizer',
      environment: { [CALLER_VARIABLE]: terraformTextJson(this.props.caller) },
      statements: [],
      timeoutSeconds: 10,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
    const authorizer = new Apigatewayv2Authorizer(this, 'authorizer', {
      apiId: api.id,
      name: 'google',
      authorizerType: 'REQUEST',
      authorizerUri: `arn:${partitionOf(account)}:apigateway:${account.region}:lambda:path/2015-03-31/functions/${verifier.aliasArn}/invocations`,
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      identitySources: ['$request.header.Authorization'],
      // An answer that is kept would outlive its token.
      authorizerResultTtlInSeconds: 0,
      provider: awsProvider,
    });
    const mayVerify = new LambdaPermission(this, 'may-verify', {
      statementId: 'api-gateway',
      action: 'lambda:InvokeFunction',
      functionName: verifier.functionName,
      qualifier: verifier.alias,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${api.executionArn}/authorizers/${authorizer.id}`,
      dependsOn: verifier.dependenciesIn(this),
      provider: awsProvider,
    });
    return [authorizer, mayVerify];
  }

  private addIntegration(api: Apigatewayv2Api): Apigatewayv2Integration {
    const { starter } = this.props;
    const role = new CallerRole(this, 'caller', {
      trigger: this.trigger,
      // API Gateway sends no source when it assumes the role of an integration. With a condition on aws:SourceAccount or
      // aws:SourceArn, AWS denies the call.
      // https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/pull/479
      service: 'apigateway.amazonaws.com',
      statements: [
        { sid: 'StartStarter', actions: ['states:StartExecution'], resources: [starter.stateMachineArn] },
      ],
    });
    return new Apigatewayv2Integration(this, 'integration', {
      apiId: api.id,
      integrationType: 'AWS_PROXY',
      integrationSubtype: 'StepFunctions-StartExecution',
      payloadFormatVersion: '1.0',
      credentialsArn: role.arn,
      requestParameters: { StateMachineArn: starter.stateMachineArn, Input: '$request.body' },
      timeoutMilliseconds: 10_000,
      dependsOn: [role.policy, starter.machine],
      provider: this.trigger.awsProvider,
    });
  }

  private addStage(api: Apigatewayv2Api): Apigatewayv2Stage {
    const { name, logRetentionDays, kmsKeyArn, requestsPerSecond = 20, awsProvider } = this.trigger;
    const log = new LogGroup(this, 'log', {
      name: `/aws/vendedlogs/apigateway/${name}`,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
    return new Apigatewayv2Stage(this, 'stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: requestsPerSecond,
        detailedMetricsEnabled: true,
      },
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(ACCESS_LOG) },
      provider: awsProvider,
    });
  }
}
