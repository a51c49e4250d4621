import { isPath, isReferencePath } from '../../../../lib/orchestration/state-machine/language/json-path';

const REFERENCES = [
  '$',
  '$$',
  '$.a',
  '$.a-b_c',
  '$.größe',
  '$.a[0]',
  '$.[0]',
  '$.a.[0].b',
  '$.Snapshots.[0].State',
  "$['a b']",
  '$["a"]',
  "$['it\\'s']",
  "$.a['b'].c",
  '$$.Execution.Id',
  "$$.Execution.Input['a']",
  '$variable',
  '$variable.a[1]',
  '$.a[ 0 ]',
];

const PATHS = [
  '$.*',
  '$..*',
  '$..a',
  '$..[0]',
  '$.a[*]',
  '$.a[-1]',
  '$.a[0,1]',
  '$.a[1:2]',
  '$.a[:2]',
  '$.a[-2:]',
  "$['a','b']",
  "$.[*].['bucket', 'key']",
  '$.[?(@.OU > 0)]',
  "$.a[?(@.name == 'x)]')].b",
  '$.approaches[?(@.workerId == $.agent_id)].approach',
  "$.a[?(@.b in ['x', 'y'])]",
  "$.a[?(@.b =~ /it's (.*)/i)]",
  '$.a[?(@.b && (@.c || !@.d))]',
  '$.a[(@.length-1)]',
  '$.a.length()',
  '$.a[*].b.max()',
];

const INVALID = [
  '',
  'a',
  'a.b',
  '.a',
  '@.a',
  '$.',
  '$..',
  '$.a.',
  '$.a..',
  '$a b',
  '$.a b',
  '$.[',
  '$[',
  '$[]',
  '$.a[',
  '$.a]',
  "$['a]",
  "$['a'",
  "$['']",
  '$.a[b]',
  '$.a[?]',
  '$.a[?()]',
  '$.a[?(@.b]',
  '$.a[?(@.b == (1]',
  '$.a()b',
  '$.a(',
  '$.a,b',
  '$-a',
  '$.a[1.5]',
];

test.each(REFERENCES)('%s is a reference path', (path) => {
  expect([isPath(path), isReferencePath(path)]).toEqual([true, true]);
});

test.each(PATHS)('%s is a path and no reference path', (path) => {
  expect([isPath(path), isReferencePath(path)]).toEqual([true, false]);
});

test.each(INVALID)('"%s" is no path', (path) => {
  expect([isPath(path), isReferencePath(path)]).toEqual([false, false]);
});
