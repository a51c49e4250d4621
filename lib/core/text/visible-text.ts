/** Controls and characters that change the direction of text, which names of resources can contain. */
// eslint-disable-next-line no-control-regex -- control characters are what the pattern searches for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A value that is known after apply, inside of another text. A reader needs no sign of a template around it. */
const UNKNOWN = /\$\{(\(known after apply\))\}/g;

/** Text on one line with every hidden character written as an escape, so that a name cannot change a report. */
export function visible(text: string): string {
  const shown = text.replace(UNKNOWN, '$1');
  return shown.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
