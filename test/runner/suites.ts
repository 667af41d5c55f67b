/*
 * uvu as a test file sees it under the runner (child.ts puts it in uvu's place): the same suites, watched.
 * uvu swallows what a `before`, `after` or `after.each` hook throws; here it is kept in `hookErrors` on its way.
 */
import * as uvu from 'uvu';

/** What hooks threw, told in full. */
export const hookErrors: string[] = [];

type Test = ReturnType<typeof uvu.suite>;
type Hook = Parameters<Test['before']>[0];
type Case = Parameters<Test>[1];

function keeping(which: string, hook: Hook): Hook {
  return async (context) => {
    try {
      await hook(context);
    } catch (error) {
      const name = context.__test__ === '' ? '' : ` (around "${context.__test__}")`;
      hookErrors.push(`a hook threw: ${which}${name}\n${error instanceof Error ? error.stack : String(error)}`);
      throw error;
    }
  };
}

function watched(test: Test): Test {
  const announced =
    (handler: Case): Case =>
    (context) => {
      process.send?.({ kind: 'running', test: context.__test__ });
      return handler(context);
    };
  const run: Test = Object.assign((name: string, handler: Case) => test(name, announced(handler)), test);
  run.only = (name, handler) => test.only(name, announced(handler));
  run.before = Object.assign((hook: Hook) => test.before(keeping('before', hook)), {
    each: (hook: Hook) => test.before.each(hook),
  });
  run.after = Object.assign((hook: Hook) => test.after(keeping('after', hook)), {
    each: (hook: Hook) => test.after.each(keeping('after.each', hook)),
  });
  return run;
}

export const suite = ((name?: string, context?: Record<string, unknown>) => watched(uvu.suite(name, context as never))) as typeof uvu.suite;
export const test = watched(uvu.test);
