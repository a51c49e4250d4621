export const project = { id: 'my-project', number: '123456789012' };
export const account = { id: '210987654321', region: 'eu-west-1', partition: 'aws' };
export const why = { reason: 'loads books', owner: 'team-books', ticket: 'ETL-7', reviewBy: '2030-01-31' };
export const kmsKeyArn = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';
export const kmsKeyName = 'projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k';
export const topicArn = 'arn:aws:sns:eu-west-1:210987654321:on-call';
export const functionArn = 'arn:aws:lambda:eu-west-1:210987654321:function:rank:live';
export const digest = `sha256:${'a'.repeat(64)}`;
export const ofFunction = {
  memoryMb: 256,
  logRetentionDays: 30,
  kmsKeyArn,
  reservedConcurrency: 5,
};
export const statements = [
  {
    actions: ['s3:GetObject'],
    resources: ['arn:aws:s3:::sales/*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    sid: 'ReadSales',
    reason: 'reads the sales',
    acknowledge: { wildcard: 'all objects of the bucket' },
  },
];
/** Conditions with a list of values. */
export const statementsWithLists = [
  { ...statements[0], conditions: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } },
];
export const tolerations = [{ key: 'batch', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }];
