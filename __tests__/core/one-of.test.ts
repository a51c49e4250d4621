import { Token } from 'cdktf';
import { oneOf } from '../../lib/core/rules';
import { problemsOf } from '../../lib/core/validation';

const token = Token.asString({ resolve: () => 'public' });
const words = ['public', 'none'];

test('a closed set of words is known at synth, because each word has a meaning', () => {
  expect(problemsOf(oneOf(words), token, 'googleApis')).toEqual([
    expect.objectContaining({ property: 'googleApis', value: 'a token' }),
  ]);
  expect(problemsOf(oneOf(words), 'none', 'googleApis')).toEqual([]);
});

test('a word in another spelling gets the spelling of the set', () => {
  expect(problemsOf(oneOf(words), 'Public', 'effect')).toEqual([
    expect.objectContaining({ value: 'Public', fix: 'Use "public".' }),
  ]);
});
