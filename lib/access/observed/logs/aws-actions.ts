/** Prefixes of actions that differ from the name of the service in the log. */
const PREFIXES: Readonly<Record<string, string>> = {
  apigateway: 'apigateway',
  email: 'ses',
  monitoring: 'cloudwatch',
  tagging: 'tag',
};

/** Calls with an action of another name. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'lambda:InvokeExecution': 'lambda:InvokeFunction',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:CopyObject': 's3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:UploadPart': 's3:PutObject',
};

/** Action of IAM for a call in CloudTrail. Names of calls of Lambda end with the version of the API. */
export function awsAction(eventSource: string, eventName: string): string {
  const service = eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '');
  const action = `${PREFIXES[service] ?? service}:${eventName.replace(/\d{8}(v\d+)?$/, '')}`;
  return ACTIONS[action] ?? action;
}

/** Actions of which CloudTrail writes data events only, which a trail must select. */
const DATA =
  /^(?:s3:(?:Get|Put|Delete|Restore|Abort|List(?:Multipart|Object))\w*Object\w*|s3:(?:GetObject|PutObject|DeleteObject|AbortMultipartUpload|ListBucket)\w*|lambda:InvokeFunction|dynamodb:(?:Batch|Get|Put|Update|Delete|Query|Scan|PartiQL|Condition)\w*|sqs:(?:Send|Receive|Delete|Change)Message\w*|sns:Publish\w*|states:InvokeHTTPEndpoint|kinesis:(?:Put|Get)Record\w*|logs:PutLogEvents)$/;

/** Actions without an event: metrics and traces, and permissions that another call needs. */
const NEVER = /^(?:xray:\w+|cloudwatch:PutMetricData|iam:PassRole|sts:(?:TagSession|SetSourceIdentity))$/;

/** Type of event of an action: `management`, `data`, or `never`. */
export function eventTypeOf(action: string): 'management' | 'data' | 'never' {
  if (NEVER.test(action)) return 'never';
  return DATA.test(action) ? 'data' : 'management';
}

/** Name of the service in the log. */
export function eventSourceOf(action: string): string {
  const [prefix = ''] = action.split(':');
  const service = Object.entries(PREFIXES).find(([, name]) => name === prefix)?.[0] ?? prefix;
  return `${service}.amazonaws.com`;
}
