import { fieldsRead } from '../../../lib/orchestration/state-machine/fields-read';

test.each([
  ['$.größe', ['$.größe']],
  ['$.a.[0].b', ['$.a[0].b']],
  ['$["a b"].c', ['$["a b"].c']],
  ['$.a[?(@.x == $.y)].b', ['$.a']],
  ["States.Format('$.no {}', States.Array($.a, $$.Execution.Id, $variable.b))", ['$.a']],
  ['$', []],
  ['$..a', []],
  ['$.a.length()', ['$.a']],
])('the fields of %s are known', (path, fields) => {
  expect(fieldsRead({ 'x.$': path })).toEqual(fields);
});
