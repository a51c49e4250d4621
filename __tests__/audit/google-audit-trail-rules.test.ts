import { problems, refusal, resource, sibling, synthesized, testStack } from '../synth';
import { type Props, made, trail } from './google-trail-fixtures';

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a dataset that is locked',
      { destination: 'bigquery', locked: true },
      'locked must be false for a dataset, which Google Cloud cannot lock (got true). Use the destination "log-bucket".',
    ],
    [
      'a dataset that is nowhere',
      { destination: 'bigquery', location: 'global' },
      'location must be a region, "eu" or "us" for a dataset (got "global"). Set a region.',
    ],
    [
      'a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1", or "eu", "us" or "global" (got "us-central1-a").',
    ],
    [
      'another destination',
      { destination: 'BigQuery' },
      'destination must be one of "log-bucket", "bigquery" (got "BigQuery"). Use "bigquery".',
    ],
    [
      'a channel by its e-mail',
      { notificationChannels: ['team@example.com'] },
      'notificationChannels[0] must be a notification channel of the form projects/PROJECT/notificationChannels/ID (got "team@example.com").',
    ],
    [
      'a name of 41 letters',
      { name: 'a'.repeat(41) },
      `name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "${'a'.repeat(41)}"). Shorten it.`,
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => trail(stack, props)).message).toBe(`prod/audit: ${message}`);
    expect(synthesized(stack).resource).toBeUndefined();
  });

  test('all of it comes in one error', () => {
    expect(
      Object.keys(
        problems(() => made({ destination: 'bigquery', locked: true, location: 'global', retentionDays: 0 })),
      ),
    ).toEqual(['retentionDays', 'locked', 'location']);
  });

  test('two trails of one name in a project are refused, since the second apply would be', () => {
    const stack = testStack();
    trail(stack, { name: 'kept' });
    expect(problems(() => trail(stack, { name: 'kept' }, 'again'))).toHaveProperty('name');
  });

  test('a second trail of the project without a name is rejected', () => {
    const stack = testStack();
    trail(stack);
    expect(() => trail(sibling(stack, 'other'), {}, 'again')).toThrow(
      'other/again: name must be unique among the audit trails of the project my-project, in all stacks of the app (got "audit"). The construct prod/audit has this name. Choose another name.',
    );
  });

  test('a trail in a stack with another id keeps its names', () => {
    const names = ['prod', 'prod-logs'].map((id) => {
      const stack = testStack(id);
      trail(stack, {}, `trail-of-${id}`);
      return resource(stack, 'google_logging_project_bucket_config').bucket_id;
    });
    expect(names).toEqual(['audit', 'audit']);
  });

  test.each(['log-bucket', 'bigquery'] as const)(
    'the store %s is protected until it is set free',
    (destination) => {
      const type =
        destination === 'bigquery' ? 'google_bigquery_dataset' : 'google_logging_project_bucket_config';
      const lifecycle = (props: object) => resource(made({ destination, ...props }), type).lifecycle;
      expect(lifecycle({})).toEqual({ prevent_destroy: true });
      expect(lifecycle({ deletionProtection: false })).toBeUndefined();
    },
  );
});
