/*
 * Explains the TypeScript and JavaScript files: the comment at the head, and every class, method, function, type and
 * constant with its doc comment and its signature, by ts-morph. Only the syntax is read, no types are inferred.
 */
import { posix } from 'node:path';
import type {
  ClassDeclaration,
  FunctionDeclaration,
  JSDocableNode,
  MethodDeclaration,
  ParameteredNode,
  ReturnTypedNode,
  SourceFile,
  TypeParameteredNode,
  VariableDeclaration,
} from 'ts-morph';
import type { DocumentTools } from '../tools.js';
import { commentText, type Declared, type ExplainedFile, folderOf } from './explained.js';

/** Explains files, given as path and text. */
export function explainTypeScript({ tsMorph }: DocumentTools, files: readonly (readonly [path: string, text: string])[]): ExplainedFile[] {
  const project = new tsMorph.Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true, compilerOptions: { allowJs: true } });
  const known = new Set(files.map(([path]) => path));
  return files.map(([path, text]) => {
    const file = project.createSourceFile(`/${path}`, text.replace(/^#!.*/, ''));
    const explained = {
      path,
      folder: folderOf(path),
      lines: text.split('\n').length - 1,
      purpose: headComment(file),
      declared: [
        ...file.getClasses().map(ofClass),
        ...file.getFunctions().map(ofFunction),
        ...file.getInterfaces().map((each) => plain('interface', each.getName(), each, each.isExported())),
        ...file.getTypeAliases().map((each) => plain('type', each.getName(), each, each.isExported())),
        ...file.getVariableDeclarations().filter(isTopLevel).map(ofVariable),
      ],
      tests: testNames(text),
      imports: importsOf(file, path, known),
    };
    project.removeSourceFile(file);
    return explained;
  });
}

function headComment(file: SourceFile): string {
  const [first] = file.getFullText().matchAll(/^\s*(\/\*[\s\S]*?\*\/|(?:\/\/.*\n)+)/g);
  return first?.[1] === undefined || first[1].startsWith('/**') ? '' : commentText(first[1]);
}

function ofClass(node: ClassDeclaration): Declared {
  const base = node.getExtends()?.getText();
  const methods = [
    ...node.getConstructors().map((each) => ({ ...plain('method', 'constructor', each, true), signature: parameters(each) })),
    ...node.getMethods().map(ofMethod),
    ...[...node.getGetAccessors()].map((each) => ({ ...plain('method', `get ${each.getName()}`, each, true), signature: result(each) })),
  ];
  return {
    ...plain('class', node.getName() ?? 'default', node, node.isExported()),
    signature: base === undefined ? '' : ` extends ${base}`,
    methods,
  };
}

function ofMethod(node: MethodDeclaration): Declared {
  return { ...plain('method', node.getName(), node, !node.getName().startsWith('#')), signature: signature(node) };
}

function ofFunction(node: FunctionDeclaration): Declared {
  return { ...plain('function', node.getName() ?? 'default', node, node.isExported()), signature: signature(node) };
}

/** A constant; one that holds a function counts as a function. */
function ofVariable(node: VariableDeclaration): Declared {
  const statement = node.getVariableStatement();
  const value = node.getInitializer();
  const isFunction = value?.getKindName() === 'ArrowFunction' || value?.getKindName() === 'FunctionExpression';
  const type = node.getTypeNode()?.getText();
  return {
    kind: isFunction ? 'function' : 'constant',
    name: node.getName().startsWith('{') || node.getName().startsWith('[') ? short(node.getName(), 40) : node.getName(),
    signature: isFunction ? signature(value as unknown as Signed) : type === undefined ? '' : `: ${short(type, 60)}`,
    doc: statement ? docOf(statement) : '',
    exported: statement?.isExported() ?? false,
    methods: [],
  };
}

function isTopLevel(node: VariableDeclaration): boolean {
  return node.getVariableStatement()?.getParent()?.getKindName() === 'SourceFile';
}

type Signed = ParameteredNode & ReturnTypedNode & Partial<TypeParameteredNode>;

function signature(node: Signed): string {
  return parameters(node) + result(node);
}

function parameters(node: ParameteredNode): string {
  const all = node.getParameters().map((parameter) => {
    const name = parameter.getNameNode().getKindName() === 'Identifier' ? parameter.getName() : '{ … }';
    const type = parameter.getTypeNode()?.getText();
    const optional = parameter.hasQuestionToken() || parameter.hasInitializer() ? '?' : '';
    return `${parameter.isRestParameter() ? '...' : ''}${name}${optional}${type === undefined ? '' : `: ${short(type, 48)}`}`;
  });
  return `(${all.join(', ')})`;
}

function result(node: ReturnTypedNode): string {
  const type = node.getReturnTypeNode()?.getText();
  return type === undefined ? '' : `: ${short(type, 60)}`;
}

function plain(kind: Declared['kind'], name: string, node: JSDocableNode, exported: boolean): Declared {
  return { kind, name, signature: '', doc: docOf(node), exported, methods: [] };
}

function docOf(node: JSDocableNode): string {
  const doc = node.getJsDocs().at(-1);
  return doc === undefined ? '' : doc.getDescription().replace(/\s+/g, ' ').trim();
}

function short(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= limit ? line : `${line.slice(0, limit - 1).trimEnd()}…`;
}

/** Named as in `test('...', ...)`, or the like with another function's name before it. */
function testNames(text: string): string[] {
  return [...text.matchAll(/^ *(?:test|with\w+)(?:\.skip)?\(\s*(['"`])((?:(?!\1).)+)\1/gm)].map(([, , name = '']) => name);
}

function importsOf(file: SourceFile, path: string, known: ReadonlySet<string>): string[] {
  const all = [...file.getImportDeclarations(), ...file.getExportDeclarations()].map((each) => each.getModuleSpecifierValue() ?? '');
  const dynamic = [...file.getFullText().matchAll(/import\('(\.[^']+)'\)/g)].map(([, specifier = '']) => specifier);
  const ours = [...all, ...dynamic].filter((specifier) => specifier.startsWith('.'));
  const sourceOf = (written: string) => [written.replace(/\.js$/, '.tsx')].find((tsx) => known.has(tsx)) ?? written.replace(/\.js$/, '.ts');
  return [...new Set(ours.map((specifier) => sourceOf(posix.join(folderOf(path), specifier))))];
}
