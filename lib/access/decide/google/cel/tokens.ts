import { Undecided } from '../../relation';

export interface Token {
  readonly kind: 'text' | 'name' | 'number' | 'symbol' | 'end';
  readonly value: string;
}

const SYMBOLS = /^(?:&&|\|\||==|!=|<=|>=|[-+*/%!<>()[\],.?:])/;
const NUMBER = /^(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)u?/;
const NAME = /^[A-Za-z_]\w*/;
const SPACE = /^(?:[ \t\n\r\f]+|\/\/[^\n]*)/;
const TEXT = /^([rR]?)(?:"((?:[^"\\\n\r]|\\.)*)"|'((?:[^'\\\n\r]|\\.)*)')/;
const RAW_TEXT = /^[rR](?:"([^"\n\r]*)"|'([^'\n\r]*)')/;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))/gis;
const CONTROLS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescape(text: string): string {
  return text.replace(ESCAPE, (all: string, ...found: (string | undefined)[]) => {
    const [byte, short, long, octal, other] = found;
    const isLong = all.startsWith('\\U');
    const hex = byte ?? (isLong ? (long ?? '') : (short ?? ''));
    const code = octal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
    if (other === undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    if (other !== undefined && other in CONTROLS) return CONTROLS[other] ?? '';
    if (other !== undefined && '\\"\'`?'.includes(other)) return other;
    throw new Undecided(`The escape ${all} in a condition is not understood.`);
  });
}

function readText(rest: string): readonly [string, string] | undefined {
  const raw = RAW_TEXT.exec(rest);
  if (raw) return [raw[0], raw[1] ?? raw[2] ?? ''];
  const text = TEXT.exec(rest);
  return text ? [text[0], unescape(text[2] ?? text[3] ?? '')] : undefined;
}

function readToken(rest: string): readonly [string, Token] {
  if (/^[rR]?("""|''')/.test(rest) || /^(?:[bB][rR]?|[rR][bB])["']/.test(rest)) {
    throw new Undecided('A text in three quotes and a byte sequence in a condition are not understood.');
  }
  const text = readText(rest);
  if (text) return [text[0], { kind: 'text', value: text[1] }];
  const kinds = [['number', NUMBER] as const, ['name', NAME] as const, ['symbol', SYMBOLS] as const];
  for (const [kind, form] of kinds) {
    const found = form.exec(rest);
    if (found) return [found[0], { kind, value: found[0] }];
  }
  throw new Undecided(`The condition is not understood at ${JSON.stringify(rest.slice(0, 20))}.`);
}

/** Tokens of a condition; the last one is the end. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = source; rest !== '';) {
    const space = SPACE.exec(rest);
    const [read, token] = space ? [space[0], undefined] : readToken(rest);
    if (token) tokens.push(token);
    rest = rest.slice(read.length);
  }
  return [...tokens, { kind: 'end', value: '' }];
}
