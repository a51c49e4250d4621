import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import type { GoogleGrants } from '../../../lib/identity/google/grants';
import { refusal, testStack } from '../../synth';

const grants = () =>
  new GoogleServiceAccount(testStack(), 'reader', {
    project: { id: 'my-project' },
    accountId: 'books-reader',
    reason: 'reads',
  }).grants;

const SECRET = 'secretId must be the id of a secret: 1 to 255 letters, digits, "-" and "_"';
const BUCKET =
  'name must be the name of a bucket: lower-case letters, digits, "-", "_" and ".", at least three characters';
const REPOSITORY =
  'repositoryId must be the id of a repository: 1 to 63 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen';

test.each<[string, (to: GoogleGrants) => unknown, string]>([
  [
    'a full name of a secret',
    (to) => to.secretAccessor({ secretId: 'projects/p/secrets/pw' }),
    `secret.${SECRET} (got "projects/p/secrets/pw"). Use "pw", and set project to its project.`,
  ],
  [
    'a version of a secret',
    (to) => to.secretAccessor({ secretId: 'pw/versions/latest' }),
    `secret.${SECRET} (got "pw/versions/latest"). Use "pw", and set project to its project.`,
  ],
  ['an empty secret', (to) => to.secretAccessor({ secretId: '' }), `secret.${SECRET} (got "").`],
  [
    'the URL of a bucket',
    (to) => to.bucketReader({ name: 'gs://my-bucket/folder' }),
    `bucket.${BUCKET} (got "gs://my-bucket/folder"). Use "my-bucket".`,
  ],
  [
    'a bucket in capitals',
    (to) => to.bucketReader({ name: 'My-Bucket' }),
    `bucket.${BUCKET} (got "My-Bucket"). Use "my-bucket".`,
  ],
  ['an empty bucket', (to) => to.bucketReader({ name: '' }), `bucket.${BUCKET} (got "").`],
  [
    'a full name of a repository',
    (to) =>
      to.repositoryReader({ repositoryId: 'projects/p/locations/us/repositories/images', location: 'us' }),
    `repository.${REPOSITORY} (got "projects/p/locations/us/repositories/images"). Use "images", and set project and location.`,
  ],
  [
    'a location in capitals',
    (to) => to.repositoryReader({ repositoryId: 'images', location: 'US-central1' }),
    'repository.location must be a region, for example "us-central1", or one of "us", "europe" and "asia" (got "US-central1"). Use "us-central1".',
  ],
  [
    'a project number',
    (to) => to.repositoryReader({ repositoryId: 'images', location: 'us', project: '123456789012' }),
    'repository.project must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "123456789012"). This is a project number; set the project id.',
  ],
])('%s is rejected', (_, grant, message) => {
  expect(refusal(() => grant(grants())).message).toBe(`prod/reader/grants: ${message}`);
});

test.each(['my-bucket', 'my.bucket.example.com', 'a_b', `b${'x'.repeat(61)}t`])('%s is a bucket', (name) => {
  expect(() => grants().bucketReader({ name })).not.toThrow();
});
