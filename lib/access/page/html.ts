import { visible } from '../../core/text/visible-text';

/** Text in HTML, in an element or in a quoted attribute. Hidden characters are written as escapes. */
export function html(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
