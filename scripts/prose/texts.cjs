const ts = require('typescript');

/*
 * The prose of a file. A text keeps its length and its line breaks, so that a position in it is a position in the
 * file; what is not prose is replaced by spaces, and inline code by one word.
 */

const blank = (text) => text.replace(/[^\n]/g, ' ');
const oneWord = (code) => code.replace(/[^\n]/g, '\u2026');

const withoutCode = (text) => text.replace(/`[^`]+`/g, oneWord).replace(/https?:\/\/[^\s)>]+/g, oneWord);

/** Markdown without code, comments and the targets of links. */
const markdownText = (text) =>
  withoutCode(
    text
      .replace(/^( *)(`{3,})[^\n]*\n[^]*?^\1\2`*$/gm, blank)
      .replace(/<!--[^]*?-->/g, blank)
      .replace(/(?<=\])\([^)]*\)/g, blank),
  );

/** Blocks of TypeScript in Markdown: where the code begins, and the code. */
const typescriptBlocks = (text) =>
  [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(({ index, 1: code }) => ({
    at: index + '```ts\n'.length,
    code,
  }));

/** Comments and strings of a TypeScript file: where each begins, its text, and whether it is a docstring. */
function typescriptTexts(source) {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.ES2022, true);
  const texts = new Map();
  const addComments = (ranges = []) => {
    for (const { pos, end } of ranges) texts.set(pos, comment(source.slice(pos, end)));
  };
  const visit = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (isProse(node)) texts.set(node.getStart(), { text: node.getText() });
    } else if (ts.isTemplateExpression(node)) {
      texts.set(node.getStart(), { text: withoutExpressions(node) });
    }
    const children = node.getChildren(file);
    if (children.length === 0) {
      addComments(ts.getLeadingCommentRanges(source, node.getFullStart()));
      addComments(ts.getTrailingCommentRanges(source, node.getEnd()));
    }
    children.forEach(visit);
  };
  visit(file);
  return [...texts].map(([at, text]) => ({ at, ...text }));
}

/** Names of modules, of properties and of members of a union are code. */
function isProse({ parent }) {
  return !(
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isElementAccessExpression(parent)
  );
}

function withoutExpressions(template) {
  const start = template.getStart();
  let text = template.getText();
  for (const { expression } of template.templateSpans) {
    const [from, to] = [expression.getStart() - start, expression.getEnd() - start];
    text = text.slice(0, from) + oneWord(text.slice(from, to)) + text.slice(to);
  }
  return text;
}

function comment(text) {
  const prose = withoutCode(text.replace(/^\s*\*(?!\/)/gm, blank)).replace(/@\w+|\{@[^}]*\}/g, blank);
  return { text: prose, isDocstring: text.startsWith('/**') };
}

module.exports = { markdownText, typescriptBlocks, typescriptTexts };
