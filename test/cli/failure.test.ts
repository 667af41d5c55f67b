/* Errors for people: one clean sentence each, and the exit code that belongs to it. */
import { CommanderError } from 'commander';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  EXIT_CODES,
  exitCodeOf,
  exitCodesHelp,
  InputEndedError,
  LessonError,
  NotTakenError,
  sentenceOf,
  UsageError,
} from '../../cli/failure.js';
import { ChatError, TransportError } from '../../lib/index.js';

test('every kind of error has its exit code', () => {
  assert.is(exitCodeOf(new CommanderError(0, 'commander.help', '')), 0);
  assert.is(exitCodeOf(new CommanderError(1, 'commander.unknownOption', '')), 2);
  assert.is(exitCodeOf(new UsageError('')), 2);
  assert.is(exitCodeOf(new TransportError('unsupported', '')), 2);
  assert.is(exitCodeOf(new TransportError('refused', '')), 1);
  assert.is(exitCodeOf(new ChatError('too-many-attempts', '')), 1);
  assert.is(exitCodeOf(new LessonError('')), 1);
  assert.is(exitCodeOf(new InputEndedError('')), 3);
  assert.is(exitCodeOf(new NotTakenError('')), 4);
  assert.is(exitCodeOf(new Error('')), 1);
});

test('an error is one clean line', () => {
  assert.is(sentenceOf(new ChatError('timeout', 'You took\ntoo \x1b[31mlong.')), 'You took␤too ␛[31mlong.');
  assert.is(sentenceOf(new LessonError('This run does not show a loss.')), 'This run does not show a loss.');
  assert.is(sentenceOf(new Error('oops')), 'This should not have happened, please report it: oops');
});

test('the help tells every exit code', () => {
  for (const [code, meaning] of Object.entries(EXIT_CODES)) assert.match(exitCodesHelp(), `${code}  ${meaning}`);
});

test.run();
