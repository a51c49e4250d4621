import { cell, code, htmlText } from '../../../lib/core/text/markdown';

test.each([
  ['a usual name is a code span, which a reader can copy', 'ada@example.com', '`ada@example.com`'],
  ['a backtick', 'a`b', '<code>a&#96;b</code>'],
  ['a pipe, which would end a cell', 'a|@b', '<code>a&#124;@&#8203;b</code>'],
  ['a backslash before the end', 'a\\', '<code>a&#92;</code>'],
  ['a space at the end, which a code span loses', 'a ', '<code>a </code>'],
  ['no text', '', '<code></code>'],
])('code: %s', (_, text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([
  ['a mention', '@ada', '@&#8203;ada'],
  ['a reference', 'fix #1 and GH-2', 'fix \\#&#8203;1 and GH\\-&#8203;2'],
  ['an address', 'https://a.example www.a.example', 'https:&#8203;//a.example www&#8203;.a.example'],
  ['markup', '<b>*a*</b>', '&lt;b&gt;\\*a\\*&lt;/b&gt;'],
])('cell: %s', (_, text, expected) => {
  expect(cell(text)).toBe(expected);
});

test('text in HTML has no escapes of Markdown, which a reader would see', () => {
  expect(htmlText('dev-platform_1 @ada <b>')).toBe('dev-platform_1 @&#8203;ada &lt;b&gt;');
});
