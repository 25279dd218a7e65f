import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The root of the repository. */
export const ROOT = path.resolve(__dirname, '../../..');
const ROOMS = ['bin', 'lib', 'lambdas', 'local', 'test'];

/** One import as it stands in a source file. */
export interface Import {
  /** Path of the importing file from the root, with forward slashes. */
  readonly from: string;
  /** Path of the imported file from the root, or the package's name. */
  readonly to: string;
  readonly isPackage: boolean;
  /** `import type`: gone at run time. */
  readonly isTypeOnly: boolean;
}

/** Every TypeScript file of the rooms, from the root. */
export function sourceFiles(): string[] {
  return ROOMS.flatMap((room) => walk(room)).sort();
}

/** The text of a file, by its path from the root. */
export function readSource(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The imports of one file. */
export function importsOf(file: string, text = readSource(file)): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
      found.push(resolve(file, specifier, isTypeOnly(node)));
    } else if (ts.isCallExpression(node) && isDynamicImport(node) && ts.isStringLiteral(node.arguments[0]!)) {
      found.push(resolve(file, node.arguments[0].text, false));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && Boolean(named && ts.isNamedImports(named) && named.elements.every((e) => e.isTypeOnly));
}

function isDynamicImport(node: ts.CallExpression): boolean {
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return (isImport || isRequire) && node.arguments.length === 1;
}

function resolve(from: string, specifier: string, isTypeOnly: boolean): Import {
  if (!specifier.startsWith('.')) return { from, to: specifier, isPackage: true, isTypeOnly };
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const candidates = [`${base}.ts`, `${base}/index.ts`, base];
  const to = candidates.find((candidate) => existsSync(path.join(ROOT, candidate))) ?? base;
  return { from, to, isPackage: false, isTypeOnly };
}

function walk(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder)).flatMap((name) => {
    const file = `${folder}/${name}`;
    if (statSync(path.join(ROOT, file)).isDirectory()) return walk(file);
    return name.endsWith('.ts') ? [file] : [];
  });
}

/** The import cycles among files, each as the files on it; type-only imports count too, since they tangle as much. */
export function cyclesIn(imports: readonly Import[]): string[][] {
  const edges = new Map<string, string[]>();
  for (const { from, to, isPackage } of imports) {
    if (!isPackage) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[][] = [];
  const visit = (file: string, trail: string[]) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}
