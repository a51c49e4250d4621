import { Token } from 'cdktf';
import { oneOf, oneOfOrToken } from '../../lib/core/rules';
import { problemsOf } from '../../lib/core/validation';

const token = Token.asString({ resolve: () => 'public' });
const words = ['public', 'none'];

test('a closed set of words is known at synth, because code branches on it', () => {
  expect(problemsOf(oneOf(words), token, 'googleApis')).toEqual([
    expect.objectContaining({ property: 'googleApis', value: 'a token' }),
  ]);
  expect(problemsOf(oneOf(words), 'none', 'googleApis')).toEqual([]);
});

test('a word that the library only passes on may be a token', () => {
  expect(problemsOf(oneOfOrToken(words), token, 'effect')).toEqual([]);
  expect(problemsOf(oneOfOrToken(words), 'Public', 'effect')).toEqual([
    expect.objectContaining({ value: 'Public', fix: 'Use "public".' }),
  ]);
});
