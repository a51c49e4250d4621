import { visible } from '../../../lib/core/text/visible-text';

test.each([
  ['a line break', 'a\nb', 'a\\u000ab'],
  ['a change of direction', 'a\u202eb', 'a\\u202eb'],
  [
    'a value that is known after apply',
    'serviceAccount:${(known after apply)}@a.com',
    'serviceAccount:(known after apply)@a.com',
  ],
  ['another expression', '${aws_iam_role.a.arn}', '${aws_iam_role.a.arn}'],
])('%s', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});
