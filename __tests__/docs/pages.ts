import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { INTRODUCED, INTRODUCED_TYPES } from './introduced-names';
import * as prelude from './prelude';

/*
 * The code of a page, all of its blocks one after the other, as a module that the library and the prelude are
 * imported into.
 */

const repository = join(__dirname, '../..');

export const textOf = (page: string): string => readFileSync(join(repository, 'docs', page), 'utf8');

/** The blocks of one language. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code!);
}

/** A drawing of a page: what it is of, and how it stands there. */
export interface DrawnStates {
  readonly of: string;
  readonly outline: boolean;
  readonly diagram: string;
}

/** `<!-- states of NAME -->` or `<!-- outline of NAME -->`, and the drawing after it. */
export function drawings(text: string): DrawnStates[] {
  return [...text.matchAll(/^<!-- (states|outline) of (\w+) -->\n+```mermaid\n(.*?)\n?```/gms)].map(
    ([, kind, of, diagram]) => ({ of: of!, outline: kind === 'outline', diagram: diagram! }),
  );
}

/** Puts a drawing into a page. */
export function redraw(page: string, { of, outline }: DrawnStates, diagram: string): void {
  const head = `<!-- ${outline ? 'outline' : 'states'} of ${of} -->\n\n\`\`\`mermaid\n`;
  const [before, after] = textOf(page).split(head);
  const rest = after!.slice(after!.indexOf('```'));
  writeFileSync(join(repository, 'docs', page), `${before}${head}${diagram}\n${rest}`);
}

const PRELUDE = './prelude';
const SOURCES = ['cdktf-multicloud', PRELUDE];

/** All code of a page, as one module. */
export const moduleOf = (page: string): string => moduleFor(blocks(textOf(page), 'ts').join('\n'));

/** All pages with code. */
export const pagesWithCode = readdirSync(join(repository, 'docs')).filter(
  (page) => page.endsWith('.md') && blocks(textOf(page), 'ts').length > 0,
);

/** Each block of a page, as a module of its own. */
export const modulesOf = (page: string): string[] =>
  blocks(textOf(page), 'ts').map((block) => moduleFor(block));

function moduleFor(code: string): string {
  const declared = new Set(
    [...code.matchAll(/^const (\w+)|^import \{([^}]+)\}/gm)].flatMap(([, name, names = '']) => [
      ...(name === undefined ? [] : [name]),
      ...names.split(',').map((each) => each.trim()),
    ]),
  );
  const used = new Set(code.match(/[A-Za-z_]\w*/g));
  const imports = SOURCES.map((source) => {
    const names = namesOf(source).filter((name) => used.has(name) && !declared.has(name));
    return names.length === 0 ? '' : `import { ${names.join(', ')} } from '${source}';\n`;
  });
  const isIntroduced = ([name]: readonly [string, string]) => used.has(name) && !declared.has(name);
  const introduced = [
    ...Object.entries(INTRODUCED_TYPES)
      .filter(isIntroduced)
      .map(([name, type]) => `type ${name} = ${type};\n`),
    ...Object.entries(INTRODUCED)
      .filter(isIntroduced)
      .map(([name, type]) => `declare const ${name}: ${type};\n`),
  ];
  const exported = code.replace(/^const /gm, 'export const ');
  return `${imports.join('')}${introduced.join('')}${exported}\nexport {};\n`;
}

function namesOf(source: string): string[] {
  return Object.keys(source === PRELUDE ? prelude : jest.requireActual<object>(source));
}

/** What the compiler says against modules. */
export function compilerErrors(modules: readonly string[]): string[] {
  const sources = new Map(modules.map((text, index) => [join(__dirname, `module-${index}.ts`), text]));
  const config = ts.readConfigFile(join(repository, 'tsconfig.test.json'), ts.sys.readFile).config as object;
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, repository);
  const options = { ...parsed.options, noUnusedLocals: false };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = sources.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([path, text]) => {
    const file = program.getSourceFile(path)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText, start = 0 }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${text.split('\n')[line]!.trim()}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

/** Runs the code of a page, and gives what it declares. */
export function run(page: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(moduleOf(page), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  const evaluate = new Function('require', 'exports', outputText);
  evaluate(
    (name: string) =>
      name === PRELUDE ? prelude.around(page.replace('.md', '')) : jest.requireActual<object>(name),
    exported,
  );
  return exported;
}
