import { kmsKeyArn } from '../../lib/aws/names';
import { problemsOf } from '../../lib/core/validation';

const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';

describe('the ARN of a key', () => {
  test.each([KEY, KEY.replace('arn:aws:', 'arn:aws-us-gov:'), KEY.replace('key/0f', 'key/mrk-0f')])(
    'accepts %s',
    (value) => {
      expect(problemsOf(kmsKeyArn, value, 'kmsKeyArn')).toEqual([]);
    },
  );

  test.each(['alias/books', KEY.replace(/key\/.*/, 'alias/books')])(
    'rejects the alias %s and names the remedy',
    (value) => {
      expect(problemsOf(kmsKeyArn, value, 'kmsKeyArn')).toEqual([
        expect.objectContaining({ value, fix: 'Use the ARN of the key of this alias.' }),
      ]);
    },
  );
});
