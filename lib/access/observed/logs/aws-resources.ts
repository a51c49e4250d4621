import { objectsAt, textAt, type Entry } from './fields';

type FormatArn = (value: string, place: { readonly account: string; readonly region: string }) => string;

/** Parameters that name a resource, with the ARN. A value that is an ARN stays. */
const PARAMETERS: readonly (readonly [string, string, FormatArn])[] = [
  ['s3', 'bucketName', (bucket) => `arn:aws:s3:::${bucket}`],
  ['iam', 'roleName', (name, { account }) => `arn:aws:iam::${account}:role/${name}`],
  [
    'lambda',
    'functionName',
    (name, { account, region }) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  ],
  ['sts', 'roleArn', (arn) => arn],
  ['states', 'stateMachineArn', (arn) => arn],
  ['states', 'executionArn', (arn) => arn],
  [
    'sqs',
    'queueUrl',
    (url, { account, region }) => `arn:aws:sqs:${region}:${account}:${url.replace(/^.*\//, '')}`,
  ],
  ['sns', 'topicArn', (arn) => arn],
  [
    'secretsmanager',
    'secretId',
    (name, { account, region }) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`,
  ],
  [
    'dynamodb',
    'tableName',
    (name, { account, region }) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  ],
  ['kms', 'keyId', (id, { account, region }) => `arn:aws:kms:${region}:${account}:key/${id}`],
  [
    'logs',
    'logGroupName',
    (name, { account, region }) => `arn:aws:logs:${region}:${account}:log-group:${name}`,
  ],
];

/** ARNs of the resources of a record, the most exact one first. */
export function awsResources(record: Entry): readonly string[] {
  const service = textAt(record, 'eventSource').replace(/\.amazonaws\.com(\.cn)?$/, '');
  const place = { account: textAt(record, 'recipientAccountId'), region: textAt(record, 'awsRegion') };
  const named = PARAMETERS.flatMap(([of, parameter, format]) => {
    const value = textAt(record, 'requestParameters', parameter);
    if (of !== service || value === '') return [];
    return [value.startsWith('arn:') ? value : format(value, place)];
  });
  const bucket = textAt(record, 'requestParameters', 'bucketName');
  const key = textAt(record, 'requestParameters', 'key');
  const group = textAt(record, 'requestParameters', 'logGroupName');
  const stream = textAt(record, 'requestParameters', 'logStreamName');
  const parts = [
    ...(bucket !== '' && key !== '' ? [`arn:aws:s3:::${bucket}/${key}`] : []),
    ...(group !== '' && stream !== ''
      ? [`arn:aws:logs:${place.region}:${place.account}:log-group:${group}:log-stream:${stream}`]
      : []),
  ];
  const listed = objectsAt(record, 'resources').flatMap((resource) => {
    const arn = textAt(resource, 'ARN') || textAt(resource, 'arn');
    return arn === '' ? [] : [arn];
  });
  return [...new Set([...parts, ...named, ...listed])];
}
