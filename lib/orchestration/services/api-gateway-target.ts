import { ValidationError } from '../../core/errors';
import { all, knownAtSynth, list, matching, optional, rule, shape, type Rule } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { awsAccount, serviceHostOf, type AwsAccount } from '../../aws/account';
import { serviceMethod, servicePath } from './gke-service-target-rules';
import type { ServiceMethod } from '../../contracts/services';
import { arnOf } from '../../aws/names';

/** Props of an `ApiGatewayTarget`. */
export interface ApiGatewayTargetProps {
  /** Account and region of the API. */
  readonly account: AwsAccount;
  /** Id of the REST or HTTP API: ten lower-case letters and digits. */
  readonly apiId: string;
  /** Stage of the API. */
  readonly stage: string;
  /**
   * Allowed methods.
   * @default - GET and POST
   */
  readonly methods?: readonly ServiceMethod[];
  /**
   * Allowed paths, each with all paths below.
   * @default - all
   */
  readonly paths?: readonly string[];
}

const gatewayPath: Rule = all(
  servicePath,
  rule(
    'not contain "*", which matches any characters in the policy of the state machine',
    (value) => !(value as string).includes('*'),
    () => 'A path includes all paths below it.',
  ),
);

const rules = shape<ApiGatewayTargetProps>({
  account: awsAccount,
  apiId: knownAtSynth(
    matching(/^[a-z0-9]{6,20}$/, 'be the id of an API, with 6 to 20 lower-case letters and digits'),
  ),
  stage: knownAtSynth(
    matching(/^(\$default|[\w-]{1,128})$/, 'have 1 to 128 letters, digits, "-" and "_", or be "$default"'),
  ),
  methods: optional(list(serviceMethod, { min: 1 })),
  paths: optional(list(gatewayPath, { min: 1, max: 50 })),
});

/**
 * A service in a cluster behind your API of Amazon API Gateway. The API must use IAM authorization and must not be
 * private. It forwards to the cluster over a VPC link or the internet. The execution role may invoke the paths of the
 * props.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
export class ApiGatewayTarget {
  /** Host of the API. */
  public readonly endpoint: string;
  /** Stage of the API. */
  public readonly stage: string;
  /** Allowed methods. */
  public readonly methods: readonly ServiceMethod[];
  /** Allowed paths, each with all paths below. */
  public readonly paths: readonly string[];
  /** Longest call in seconds, unless the quota of the account was raised. */
  public readonly timeoutSeconds = 29;
  /** ARN of the stage. */
  public readonly apiArn: string;

  constructor(props: ApiGatewayTargetProps) {
    const problems = problemsOf(rules, props, '');
    if (problems.length > 0) throw new ValidationError('ApiGatewayTarget', problems);
    const { account, apiId, stage } = props;
    this.endpoint = serviceHostOf(account, `${apiId}.execute-api`);
    this.stage = stage;
    this.methods = [...(props.methods ?? (['GET', 'POST'] as const))];
    this.paths = [...(props.paths ?? ['/'])];
    this.apiArn = arnOf(account, 'execute-api', `${apiId}/${stage}`);
  }

  /** ARNs of a method on all allowed paths. */
  public arns(method: ServiceMethod): string[] {
    return this.paths.flatMap((path) =>
      path === '/'
        ? `${this.apiArn}/${method}/*`
        : [path, `${path}/*`].map((each) => `${this.apiArn}/${method}${each}`),
    );
  }
}
