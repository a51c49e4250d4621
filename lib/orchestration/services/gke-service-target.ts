import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import {
  aliasMetric,
  type CloudWatchMetric,
  type FunctionMetric,
  type MetricOptions,
} from '../../aws/metric';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Fn, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { terraformJson, terraformTextJson } from '../../core/terraform-json';
import { withFederationAccount } from '../../identity/federation/federation-account';
import type { WithInherited } from '../../core/inherited';
import { justificationOf } from '../../core/justification';
import { fitName, withName } from '../../core/names';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { validate } from '../../core/validation';
import { roleArnOf, type AwsAccount } from '../../aws/account';
import { policyJson } from '../../aws/policy-statement';
import type { EndpointCallers } from '../../identity/federation/endpoint-callers';
import { FederatedAwsRole } from '../../identity/federation/federated-aws-role';
import { GoogleServiceAccount } from '../../identity/google/google-service-account';
import { LibraryFunction } from '../../aws/library-function';
import { FederatedSessionRole } from '../../aws/federated-session-role';
import {
  RUN_ID_TAG,
  SERVICE_VARIABLE,
  type AwsTokenSettings,
  type GoogleTokenSettings,
  type ServiceMethod,
  type ServiceTarget,
} from '../../contracts/services';
import type { GkeServiceTargetProps, IGkeServiceTarget } from './gke-service-target-props';
import {
  withWholeAuth,
  type WholeAwsTokenAuth,
  type WholeGoogleIdTokenAuth,
  type WithWholeAuth,
} from './service-auth';
import { awsCaller, googleCaller } from './service-caller';
import { gkeServiceTargetCrossChecks, gkeServiceTargetRules } from './gke-service-target-rules';
import { InlinePolicy } from '../../aws/inline-policy';

/** A token takes at most 20 seconds. The error names the service that did not answer. */
const SECONDS_BESIDES = 30;

/**
 * A function on AWS that calls one service in a cluster, with the methods and paths of the props. A token identifies the
 * caller. The function has no other permission.
 *
 *   function -> role of the target (session = execution) -> token for one audience -> service
 *
 * The token is made for each execution and stored nowhere.
 */
export class GkeServiceTarget extends Construct implements IGkeServiceTarget {
  /** Name of the resource. Known at synth. */
  public readonly name: string;
  /** AWS account and region of the function. */
  public readonly account: AwsAccount;
  /** ARN of the alias that state machines invoke. */
  public readonly functionArn: string;
  /** HTTP methods that steps may use. */
  public readonly methods: readonly ServiceMethod[];
  /** Path prefixes that steps may call. */
  public readonly paths: readonly string[];
  /** Time-out of one call in seconds. */
  public readonly timeoutSeconds: number;
  /** ARN of the role that calls: what a `VerifiedEndpoint` with `aws` callers names. Known at synth. */
  public readonly callerRoleArn: string;
  /** The Google identity that calls: what a `VerifiedEndpoint` with `google` callers names. None with a token of AWS. */
  public readonly googleServiceAccount?: GoogleServiceAccount;
  private readonly ready: readonly AwaitedResource[];
  private readonly access: AwaitedResource[] = [];
  private readonly callerOf: () => EndpointCallers;

  private readonly props: WithInherited<WithWholeAuth<GkeServiceTargetProps>>;

  constructor(scope: Construct, id: string, given: GkeServiceTargetProps) {
    super(scope, id);
    const federation = given?.auth?.kind === 'google-id-token' ? given.auth.federation : undefined;
    const props = validate<WithWholeAuth<GkeServiceTargetProps>>(
      this,
      withName(
        this,
        withWholeAuth(this, withFederationAccount<GkeServiceTargetProps>(given, federation)),
        40,
      ),
      gkeServiceTargetRules,
      gkeServiceTargetCrossChecks,
    );
    this.props = props;
    this.name = props.name;
    this.account = props.account;
    this.methods = [...(props.methods ?? ['GET', 'POST'])];
    this.paths = [...(props.paths ?? ['/'])];
    this.timeoutSeconds = props.timeoutSeconds ?? 60;
    this.callerRoleArn = roleArnOf(props.account, this.roleName);

    const { auth } = props;
    let settings: ServiceTarget['auth'];
    if (auth.kind === 'google-id-token') {
      const { email } = (this.googleServiceAccount = this.addGoogleIdentity(auth));
      settings = googleTokenSettings(auth, email);
      this.callerOf = () => googleCaller(auth, email);
    } else {
      settings = awsTokenSettings(auth, this.name, props.reason);
      this.callerOf = () => awsCaller(this, auth, this.callerRoleArn);
    }
    const called = this.addFunction(settings);
    const role = new FederatedSessionRole(this, 'role', {
      ...props,
      name: this.roleName,
      functions: [called],
    });
    this.node.defaultChild = called.node.defaultChild;
    this.functionArn = called.aliasArn;
    this.ready = [
      ...called.dependenciesIn(this),
      role,
      ...this.access,
      ...(settings.kind === 'aws' ? [this.allowTokens(role, settings)] : []),
    ];
  }

  /**
   * Identity of the function for the `callers` of a `VerifiedEndpoint`: issuer, audience and account or role.
   * @throws ValidationError for a token of AWS if the target has no `issuer`
   */
  public get caller(): EndpointCallers {
    return this.callerOf();
  }

  /** Returns a metric of the function as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, this.ready);
  }

  private get roleName(): string {
    return `${this.props.name}-gke-caller`;
  }

  private addGoogleIdentity({ federation, project }: WholeGoogleIdTokenAuth): GoogleServiceAccount {
    const { googleProvider } = this.props;
    const account = new GoogleServiceAccount(this, 'google-service-account', {
      ...justificationOf(this.props),
      project,
      accountId: fitName(this.roleName, 30),
      googleProvider,
    });
    const federated = new FederatedAwsRole(this, 'federated-role', {
      ...justificationOf(this.props),
      federation,
      roleName: this.roleName,
      googleProvider,
    });
    // ID tokens only: roles/iam.workloadIdentityUser would allow the role to impersonate the account.
    this.access.push(
      ...federated.grants.serviceAccountRole(account, 'roles/iam.serviceAccountOpenIdTokenCreator'),
    );
    return account;
  }

  private addFunction(settings: ServiceTarget['auth']): LibraryFunction {
    const { name, account, vpc, memoryMb, logRetentionDays, kmsKeyArn, reservedConcurrency, awsProvider } =
      this.props;
    return new LibraryFunction(this, 'function', {
      ...justificationOf(this.props),
      name: `${name}-gke-service`,
      account,
      bundle: 'services',
      environment: { [SERVICE_VARIABLE]: terraformJson(this.configuration(settings)) },
      statements: [{ sid: 'AssumeTargetRole', actions: ['sts:AssumeRole'], resources: [this.callerRoleArn] }],
      timeoutSeconds: this.timeoutSeconds + SECONDS_BESIDES,
      vpc,
      memoryMb,
      logRetentionDays,
      kmsKeyArn,
      reservedConcurrency,
      awsProvider,
    });
  }

  private configuration(settings: ServiceTarget['auth']): ServiceTarget {
    const { url, certificateAuthority, responseBytes, reason } = this.props;
    return {
      name: this.name,
      url,
      ...(certificateAuthority && {
        certificateAuthority: base64Of(certificateAuthority),
      }),
      methods: this.methods,
      paths: this.paths,
      roleArn: this.callerRoleArn,
      auth: settings,
      responseBytes: responseBytes ?? 100_000,
      reason,
    };
  }

  /**
   * Tokens for one audience, by one algorithm, at most for the given time, with the target and its reason as signed
   * claims. The actions have no resources.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_policies.html
   */
  private allowTokens(
    role: IamRole,
    { audience, signingAlgorithm, durationSeconds, tags }: AwsTokenSettings,
  ): IamRolePolicy {
    const token = policyJson({
      sid: 'RequestIdentityToken',
      actions: ['sts:GetWebIdentityToken'],
      resources: ['*'],
      conditions: {
        'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience] },
        // "For all values" holds where there are none.
        Null: { 'sts:IdentityTokenAudience': 'false' },
        StringEquals: { 'sts:SigningAlgorithm': signingAlgorithm },
        NumericLessThanEquals: { 'sts:DurationSeconds': String(durationSeconds) },
      },
    });
    const claims = policyJson({
      sid: 'SignRequestTags',
      actions: ['sts:TagGetWebIdentityToken'],
      resources: ['*'],
      conditions: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': [...Object.keys(tags), RUN_ID_TAG] },
        StringEquals: Object.fromEntries(
          Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value]),
        ),
      },
    });
    return new InlinePolicy(this, 'role-policy', {
      name: 'token',
      role: role.id,
      policy: terraformTextJson({ Version: '2012-10-17', Statement: [token, claims] }),
      provider: this.props.awsProvider,
    });
  }
}

/** Of what only Terraform knows, Terraform makes it. */
function base64Of(text: string): string {
  return Token.isUnresolved(text) ? Fn.base64encode(text) : Buffer.from(text).toString('base64');
}

function googleTokenSettings(
  { audience, federation }: WholeGoogleIdTokenAuth,
  email: string,
): GoogleTokenSettings {
  return {
    kind: 'google',
    audience,
    idTokenUrl: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateIdToken`,
    credentials: federation.credentialConfiguration(),
  };
}

function awsTokenSettings(
  { audience, signingAlgorithm, durationSeconds }: WholeAwsTokenAuth,
  target: string,
  reason: string,
): AwsTokenSettings {
  return {
    kind: 'aws',
    audience,
    signingAlgorithm: signingAlgorithm ?? 'ES384',
    durationSeconds: durationSeconds ?? 300,
    // Terraform cannot make a valid tag of a text that is known after apply.
    tags: { target, ...(!Token.isUnresolved(reason) && { reason: reason.replace(NOT_IN_A_TAG, '_') }) },
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html */
const NOT_IN_A_TAG = /[^\p{L}\p{Z}\p{N}_.:/=+@-]/gu;
