/*
 * What biome cannot see, because it needs types: floating promises, forgotten cases, promises where none is awaited.
 * Beside that, doc comments on whatever lib/ and transports/ export, and lib/ kept free of the machine beneath it.
 * Layout and plain lint are biome's (biome.json); folder borders are dependency-cruiser's (.dependency-cruiser.cjs).
 */

import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const fromHost = 'lib/ and lab/ know no machine: ask the Clock or the Host that was handed in.';
const globalsOfNode = [
  'process',
  'Buffer',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'global',
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'gui/dist/', '**/*.js', '**/*.cjs', '**/*.mjs']),
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['lib/**/*.ts', 'lab/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...globalsOfNode.map((name) => ({ name, message: fromHost }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: fromHost },
        { object: 'Math', property: 'random', message: fromHost },
        { object: 'globalThis', property: 'setTimeout', message: fromHost },
      ],
    },
  },
  {
    // Types speak for parameters and results; a comment says what a thing is for.
    files: ['lib/**/*.ts', 'transports/**/*.ts', 'lab/**/*.ts'],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'TSEnumDeclaration'],
        },
      ],
      'jsdoc/require-description': [
        'error',
        { contexts: ['FunctionDeclaration', 'ClassDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'] },
      ],
      'jsdoc/check-alignment': 'error',
      'jsdoc/check-param-names': ['error', { disableMissingParamChecks: true }],
      'jsdoc/check-tag-names': ['error', { typed: true, definedTags: ['remarks', 'packageDocumentation'] }],
      'jsdoc/empty-tags': 'error',
      'jsdoc/no-types': 'error',
    },
  },
  {
    // uvu hands hooks and tests promises on purpose, and asserts on what is deliberately wrong.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' },
  },
);
