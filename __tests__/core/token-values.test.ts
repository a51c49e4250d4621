import { GoogleServiceAccount } from '../../lib/identity';
import { refusal, testStack } from '../synth';

const { createTokenDouble } = jest.requireActual<{ createTokenDouble: (index: number) => number }>(
  'cdktf/lib/tokens/private/encoding',
);

test.each([
  ['a number', createTokenDouble(999_999)],
  ['a text', '${TfToken[TOKEN.999999]}'],
  ['a part of a text', 'books-${TfToken[TOKEN.999999]}'],
  ['a list', ['#{TfToken[TOKEN.999999]}']],
  ['a map', { '&{TfToken[TOKEN.999999]}': '' }],
])('%s that is a token of another CDK is an error of the property', (_, value) => {
  const props = { displayName: value, project: { id: 'my-project' }, reason: 'reads the books' };
  const { message } = refusal(() => new GoogleServiceAccount(testStack(), 'account', props as never));
  expect(message).toBe(
    'prod/account: displayName must not be a token that cdktf does not know, such as one of AWS CDK or of cdk8s (got "a token"). Pass the value that the token has in the other CDK.',
  );
});
