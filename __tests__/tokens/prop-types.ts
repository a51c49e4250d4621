import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What a value can be: `word` is one of a closed set of texts, `json` is any value. */
export type LeafKind = 'string' | 'number' | 'boolean' | 'word' | 'list' | 'record' | 'object' | 'json';

/** One value of the props of a construct or step: its path, with `[]` for an item and `.*` for a value of a record. */
export interface Leaf {
  readonly path: string;
  readonly kind: LeafKind;
}

const LIBRARY = join(__dirname, '..', '..', 'lib');

/*
 * Types of the library without those of cdktf and the providers: these are not parsed, which saves four seconds. A type
 * of another package is `any` here, and its name tells what it is.
 */
const files = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(LIBRARY, name));
const program = ts.createProgram(files, {
  noResolve: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es5.d.ts'],
  types: [],
});
const checker = program.getTypeChecker();

const classes = new Map<string, ts.ClassDeclaration>();
for (const file of program.getSourceFiles()) {
  if (!file.fileName.startsWith(LIBRARY)) continue;
  ts.forEachChild(file, (node) => {
    if (ts.isClassDeclaration(node) && node.name) classes.set(node.name.text, node);
  });
}

/** Leaves of the parameters of the constructor of a class, or of one of its static methods, without scope and id. */
export function leavesOf(title: string): Leaf[] {
  const [name = '', method] = title.split(/[ .]/);
  const declaration = classes.get(name);
  if (!declaration) throw new Error(`${name} is not a class of the library`);
  const found = declaration.members.find((member) =>
    title.includes('.')
      ? ts.isMethodDeclaration(member) && member.name.getText() === method
      : ts.isConstructorDeclaration(member),
  ) as ts.MethodDeclaration | ts.ConstructorDeclaration | undefined;
  if (!found) {
    const parent = declaration.heritageClauses?.[0]?.types[0]?.expression.getText();
    return parent !== undefined && classes.has(parent) ? leavesOf(parent) : [];
  }
  return found.parameters
    .filter((parameter) => !['scope', 'id'].includes(parameter.name.getText()))
    .flatMap((parameter) => {
      const type = checker.getTypeAtLocation(parameter);
      const own = parameter.name.getText();
      return walk(type, ['props', 'given', 'attributes', 'options'].includes(own) ? '' : own, []);
    })
    .filter(({ path, kind }, at, all) => all.findIndex((o) => o.path === path && o.kind === kind) === at);
}

function walk(type: ts.Type, path: string, above: readonly ts.Type[]): Leaf[] {
  const alternatives = (type.isUnion() ? type.types : [type]).filter(
    (each) => !(each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)),
  );
  return alternatives.flatMap((each) => walkOne(each, path, above));
}

function walkOne(type: ts.Type, path: string, above: readonly ts.Type[]): Leaf[] {
  const { flags } = type;
  if (flags & ts.TypeFlags.StringLiteral) return [{ path, kind: 'word' }];
  if (flags & ts.TypeFlags.StringLike) return [{ path, kind: 'string' }];
  if (flags & ts.TypeFlags.NumberLike) return [{ path, kind: 'number' }];
  if (flags & ts.TypeFlags.BooleanLike) return [{ path, kind: 'boolean' }];
  if (flags & ts.TypeFlags.Unknown) return [{ path, kind: 'json' }];
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    return [{ path, kind: 'list' }, ...(item ? walk(item, `${path}[]`, above) : [])];
  }
  if (!(flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || above.includes(type)) return [];
  if (isReference(type)) return [];
  const values =
    checker.getIndexTypeOfType(type, ts.IndexKind.String) ??
    checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (values) return [{ path, kind: 'record' }, ...walk(values, `${path}.*`, above)];
  const members = checker.getPropertiesOfType(type).flatMap((property) => {
    const inner = checker.getTypeOfSymbol(property);
    return walk(inner, path === '' ? property.name : `${path}.${property.name}`, [...above, type]);
  });
  return path === '' || members.length === 0 ? members : [{ path, kind: 'object' }, ...members];
}

/** A class, a construct or an object with methods: it checked its own values. */
function isReference(type: ts.Type): boolean {
  const declarations = type.symbol?.declarations ?? [];
  return (
    type.getCallSignatures().length > 0 ||
    declarations.some(ts.isClassDeclaration) ||
    declarations.some(
      (each) =>
        ts.isInterfaceDeclaration(each) &&
        each.heritageClauses?.some((clause) =>
          /\bI(Construct|Google\w+|Terraform\w+)\b/.test(clause.getText()),
        ),
    ) ||
    checker
      .getPropertiesOfType(type)
      .some((property) => checker.getTypeOfSymbol(property).getCallSignatures().length > 0)
  );
}

/** Static methods of an exported class that import an existing resource or create a value. */
export const factoriesOf = (name: string): string[] =>
  (classes.get(name)?.members ?? [])
    .filter(
      (member): member is ts.MethodDeclaration =>
        ts.isMethodDeclaration(member) &&
        (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0 &&
        (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0,
    )
    .map((member) => `${name}.${(member.name as ts.Identifier).getText()}`);
