const { markdownText, typescriptBlocks, typescriptTexts } = require('./texts.cjs');

/* Pure functions from the text of a file to its findings. CommonJS, so that jest loads them without a transform. */

/** Longest cell of a table, without the targets of its links, and longest sentence of a page. */
const CELL_CHARACTERS = 80;
const SENTENCE_WORDS = 25;

/** A space of a pattern is any space within a paragraph. */
const SPACE = '(?:[^\\S\\n]+|[^\\S\\n]*\\n[^\\S\\n]*)';

const words = require('./words.json').map(({ pattern, write }) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern.replaceAll(' ', SPACE)})(?![\\w-])`, 'giu'),
  write,
}));

/** Words to replace, long cells and long sentences of a page. Code blocks in TypeScript count as source files. */
function markdownFindings(source) {
  const text = markdownText(source);
  const code = typescriptBlocks(source).flatMap(({ at, code }) => shifted(typescriptFindings(code), at));
  return [...wordFindings(text), ...cellFindings(source, text), ...sentenceFindings(text), ...code];
}

/** Words to replace in comments and strings, and docstrings that begin with a question word. */
function typescriptFindings(source) {
  return typescriptTexts(source).flatMap(({ at, text, isDocstring }) =>
    shifted([...wordFindings(text), ...(isDocstring ? openingFindings(text) : [])], at),
  );
}

const shifted = (findings, offset) => findings.map((finding) => ({ ...finding, at: offset + finding.at }));

function wordFindings(text) {
  return words.flatMap(({ pattern, write }) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
      at: index,
      found: found.replace(/\s+/g, ' '),
      write: `write ${write}`,
    })),
  );
}

function openingFindings(text) {
  return [...text.matchAll(/^\/\*\*\s*(who|whom|whose|what|where)\b/gi)].map(({ 1: found }) => ({
    at: 0,
    found,
    write: 'begin a docstring with a noun phrase or a verb in the third person',
  }));
}

function cellFindings(source, text) {
  return [...text.matchAll(/^\|.*\|$/gm)].flatMap(({ index, 0: row }) => {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.replace(/\s+/g, ' ').trim());
    return cells
      .filter((cell) => cell.length > CELL_CHARACTERS && !/^[-: ]+$/.test(cell))
      .map(({ length }) => ({
        at: index,
        found: `${source.slice(index, index + 40)}…`,
        write: `a cell has at most ${CELL_CHARACTERS} characters (got ${length}). Use prose or more rows`,
      }));
  });
}

/** Blocks end at an empty line, and at the next item of a list, row of a table or heading. */
const BLOCK = /(?:(?!\n\s*(?:\n|[-*|#>]|\d+\.))[^])+/g;

function sentenceFindings(text) {
  return [...text.matchAll(BLOCK)].flatMap(({ index, 0: block }) =>
    [...block.matchAll(/(?:(?![.!?:]["')*\]]*\s|\|)[^])+/g)].flatMap(({ index: offset, 0: sentence }) => {
      const count = (sentence.match(/[\p{L}\p{N}…]\S*/gu) ?? []).length;
      if (count <= SENTENCE_WORDS) return [];
      const first = sentence.trim().split(/\s+/).slice(0, 5).join(' ');
      const at = index + offset + sentence.search(/\S/);
      return [
        { at, found: `${first}…`, write: `a sentence has at most ${SENTENCE_WORDS} words (got ${count})` },
      ];
    }),
  );
}

module.exports = { markdownFindings, typescriptFindings };
