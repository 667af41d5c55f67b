/*
 * The same program without its taps: a copy of what was built, from which every branch that asks for a tap is cut out. It
 * is cut by the syntax tree, so that nothing else changes, and complains if it finds too little.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Conditions that ask whether somebody listens. */
const ASKS = /(\btap\b|#taps\.isWatched|\.resent\b)/;
/** Calls that only tell a tap. */
const TELLS = /^(this\.#tell\(|tell\(|(\w+\.)*#?tap\?\.event\()/;
/** Fewer cuts than this, and the code has changed so that this file no longer finds its taps. */
const AT_LEAST = 40;

/** Builds the copy beside the original; returns how many branches were cut. */
export function buildUntapped(from: string, to: string): number {
  const cuts = rebuild(from, to, (text) => withoutTaps(text));
  if (cuts < AT_LEAST)
    throw new Error(`Only ${cuts} branches of taps were found, of at least ${AT_LEAST}: bench/tap/untapped.ts no longer fits the code.`);
  return cuts;
}

/** A copy from which nothing is cut, but of which the same files were printed anew in the same way. */
export function buildTwin(from: string, to: string): void {
  rebuild(from, to, (text) => {
    const [, cuts] = withoutTaps(text);
    return [cuts > 0 ? ts.createPrinter().printFile(ts.createSourceFile('file.js', text, ts.ScriptTarget.ES2022, true)) : text, cuts];
  });
}

function rebuild(from: string, to: string, change: (text: string) => readonly [text: string, cuts: number]): number {
  rmSync(to, { recursive: true, force: true });
  let cuts = 0;
  for (const folder of ['lib', 'transports']) {
    cpSync(join(from, folder), join(to, folder), { recursive: true });
    for (const file of readdirSync(join(to, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.js') || file.startsWith('conformance')) continue;
      const path = join(to, folder, file);
      const [text, count] = change(readFileSync(path, 'utf8'));
      cuts += count;
      if (count > 0) writeFileSync(path, text);
    }
  }
  return cuts;
}

/** Cuts the taps out of one file. */
function withoutTaps(text: string): readonly [text: string, cuts: number] {
  const source = ts.createSourceFile('file.js', text, ts.ScriptTarget.ES2022, true);
  let cuts = 0;
  const transform: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const isBranch = ts.isIfStatement(node) && !node.elseStatement && ASKS.test(node.expression.getText(source));
      const isTelling = ts.isExpressionStatement(node) && TELLS.test(node.expression.getText(source));
      if (isBranch || isTelling) {
        cuts += 1;
        return ts.factory.createEmptyStatement();
      }
      if (ts.isCallExpression(node) && node.expression.getText(source).endsWith('.takeResent')) {
        cuts += 1;
        return ts.factory.createVoidZero();
      }
      return ts.visitEachChild(node, visit, context);
    };
    return (file) => ts.visitNode(file, visit) as ts.SourceFile;
  };
  const { transformed } = ts.transform(source, [transform]);
  const [file] = transformed;
  return [file && cuts > 0 ? ts.createPrinter().printFile(file) : text, cuts];
}
