import { graphOf } from '../graph/graph-of';

test.each([
  [
    'a grant of a key',
    { aws_kms_grant: { x: { key_id: 'k', grantee_principal: 'arn:aws:iam::1:role/r' } } },
    'aws_kms_grant.x grantee_principal',
  ],
  [
    'an access control list of a bucket',
    { google_storage_bucket_acl: { x: { bucket: 'b', role_entity: ['READER:allUsers'] } } },
    'google_storage_bucket_acl.x bucket',
  ],
  [
    'the access of a dataset',
    { google_bigquery_dataset: { x: { dataset_id: 'd', access: [{ role: 'READER', domain: 'a.com' }] } } },
    'google_bigquery_dataset.x access',
  ],
])('%s is a gap', (_, resources, place) => {
  const { gaps, coverage } = graphOf(resources);
  expect(gaps.map(({ source, reason }) => `${source.address} ${source.path}: ${reason}`)).toEqual([
    `${place}: Grants of this type are not read.`,
  ]);
  expect(coverage).toEqual({ stated: 1, read: 0 });
});

test('a dataset without access states none', () => {
  expect(graphOf({ google_bigquery_dataset: { x: { dataset_id: 'd' } } }).coverage).toEqual({
    stated: 0,
    read: 0,
  });
});
