import { visible } from './visible-text';

/*
 * Markdown of GitHub and GitLab. Names and reasons are hostile input: nothing in them is markup, a mention or a reference.
 * GitHub finds mentions, references and addresses in the text that it rendered, so an escape does not stop them. A space
 * without width does, as Renovate and Dependabot write it.
 */

const SPACE = '&#8203;';

/** Table; the cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Section that is closed at first. The title is HTML, because Markdown is not read inside of a block of HTML. */
export function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Text of a cell in which nothing is markup, a mention or a reference. */
export function cell(text: string): string {
  return withoutLinks(html(text).replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&'), '\\\\?');
}

/** Text inside of a block of HTML, in which nothing is an element, a mention or a reference. */
export function htmlText(text: string): string {
  return withoutLinks(html(text), '');
}

/** Text in code style. */
export function code(text: string): string {
  const shown = visible(text);
  // A code span needs no escape, so that a reader can copy the name. A pipe, a backtick or a backslash would end it.
  if (/^[^\s`|\\]([^`|\\]*[^\s`|\\])?$/.test(shown)) return `\`${shown}\``;
  const safe = html(shown).replace(/[\\`*_~[\]$|!#]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<code>${withoutLinks(safe, '')}</code>`;
}

function html(text: string): string {
  return visible(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** @param escape pattern of an escape before a sign */
function withoutLinks(text: string, escape: string): string {
  return (
    text
      // A sign after "&" belongs to an entity.
      .replace(/@/g, `@${SPACE}`)
      .replace(/:\/\//g, `:${SPACE}//`)
      .replace(/\b(www|ftp)\./gi, `$1${SPACE}.`)
      .replace(new RegExp(`((?<!&)${escape}#|\\bGH${escape}-)(?=\\d)`, 'gi'), `$1${SPACE}`)
  );
}
