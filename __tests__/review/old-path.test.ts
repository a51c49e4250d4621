import { Testing, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { movedConstruct } from '../../lib/review/old-path';

/** Name that cdktf gives the element at a path. */
function nameAt(path: string): string {
  const [stackId = '', ...ids] = path.split('/');
  const stack = new TerraformStack(Testing.app(), stackId);
  const place = ids.reduce<Construct>((scope, id) => new Construct(scope, id), stack);
  return stack.getLogicalId(place.node);
}

test.each([
  [
    'another id',
    'prod/reader/identity/account',
    'prod/catalogue/identity/account',
    'prod/reader',
    'prod/catalogue',
  ],
  ['another scope', 'prod/reader/account', 'prod/team/reader/account', 'prod/reader', 'prod/team/reader'],
  ['out of a scope', 'prod/team/reader/account', 'prod/reader/account', 'prod/team/reader', 'prod/reader'],
  [
    'an id with separators',
    'prod/my_old-reader/account',
    'prod/reader/account',
    'prod/my_old-reader',
    'prod/reader',
  ],
  ['ids that cdktf hides', 'prod/old/Default/Resource', 'prod/new/Default/Resource', 'prod/old', 'prod/new'],
  ['a resource below the stack', 'prod/old', 'prod/new', undefined, undefined],
  ['a resource that gets a scope', 'prod/bucket', 'prod/data/bucket', 'prod/bucket', 'prod/data/bucket'],
])('%s', (_, old, now, oldPath, path) => {
  const expected = oldPath === undefined ? undefined : { oldPath, path };
  expect(movedConstruct(now, nameAt(old))).toEqual(expected);
});

test('a name of other rules has no path', () => {
  expect(movedConstruct('prod/reader/account', 'reader_account_00000000')).toBeUndefined();
  expect(movedConstruct('prod/reader/account', 'something')).toBeUndefined();
});
