/*
 * What each example has to tell: every frame, in order, and what must not be read in it.
 */

/** What is expected of one example. */
export interface Expected {
  /** `Bar>HELLO` is sent by Bar, `Bar<PROMPT` by the server; a line is a step or a few. */
  readonly frames: string;
  /** The passwords that are used. */
  readonly secrets: readonly string[];
}

/** By the example's name. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  handshake: {
    frames: `
      Bar>HELLO Bar<PROMPT
      Bar>ANSWER Bar>ANSWER Bar>ANSWER Bar<PROMPT Bar<PROMPT Bar<CREATED Bar<JOINED
      Bar>SAY Bar<ACCEPTED
      Bar>BYE Bar<BYE`,
    secrets: ['1234'],
  },
  connect: {
    frames: `
      Bar>HELLO Bar<PROMPT
      Bar>ANSWER Bar<PROMPT
      Bar>ANSWER Bar<PROMPT
      Bar>ANSWER Bar<PROMPT
      Bar>ANSWER Bar<JOINED client12<PRESENCE client20<PRESENCE
      Bar>SAY Bar<ACCEPTED client12<MESSAGE client20<MESSAGE
      client12>SAY client12<ACCEPTED client20<MESSAGE Bar<MESSAGE
      client20>SAY client20<ACCEPTED client12<MESSAGE Bar<MESSAGE`,
    secrets: ['1234'],
  },
  create: {
    frames: `
      Bar>HELLO Bar<PROMPT
      Bar>ANSWER Bar<PROMPT
      Bar>ANSWER Bar<PROMPT
      Bar>ANSWER Bar<CREATED Bar<JOINED
      Foo>HELLO Foo<PROMPT
      Foo>ANSWER Foo>ANSWER Foo>ANSWER Foo>ANSWER Foo<PROMPT Foo<PROMPT Foo<PROMPT Foo<JOINED Bar<PRESENCE
      Foo>SAY Foo<ACCEPTED Bar<MESSAGE
      Bar>SAY Bar<ACCEPTED Foo<MESSAGE`,
    secrets: ['open sesame'],
  },
  exit: {
    frames: `
      Bar>HELLO Bar<PROMPT
      Bar>ANSWER Bar<BYE
      Foo>HELLO Foo<PROMPT
      Foo>ANSWER Foo>ANSWER Foo>ANSWER Foo<PROMPT Foo<PROMPT Foo<CREATED Foo<JOINED
      Foo>BYE Foo<BYE`,
    secrets: ['open sesame'],
  },
  chat: {
    frames: `
      Ann>SAY Ann<ACCEPTED Ben<MESSAGE Cat<MESSAGE
      Ben>SAY Ben<ACCEPTED Ann<MESSAGE Cat<MESSAGE
      Cat>SAY Cat<ACCEPTED Ann<MESSAGE Ben<MESSAGE
      Cat>LEAVE Cat<PROMPT Ann<PRESENCE Ben<PRESENCE
      Ann>SAY Ann<ACCEPTED Ben<MESSAGE
      Ann<PRESENCE
      Ann>SAY Ann<ACCEPTED
      Ben>HELLO Ben<PROMPT Ben<JOINED Ben<MESSAGE Ann<PRESENCE
      Ben>SAY Ben<ACCEPTED Ann<MESSAGE`,
    secrets: ['1234'],
  },
  isolation: {
    frames: `
      Ann>SAY Ann<ACCEPTED Abe<MESSAGE
      Bea>SAY Bea<ACCEPTED Bob<MESSAGE
      Cat>HELLO Cat<PROMPT
      Cat>ANSWER Cat>ANSWER Cat>ANSWER Cat>ANSWER Cat<PROMPT Cat<PROMPT Cat<PROMPT Cat<JOINED Bea<PRESENCE Bob<PRESENCE
      Cat>SAY Cat<ACCEPTED Bea<MESSAGE Bob<MESSAGE`,
    secrets: ['alpha bravo', 'charlie delta'],
  },
  mistakes: {
    frames: `
      Ann>HELLO Ann<PROMPT
      Ann>ANSWER Ann<REJECTED Ann<PROMPT
      Ann>ANSWER Ann<PROMPT
      Ann>ANSWER Ann<REJECTED Ann<PROMPT
      Ann>ANSWER Ann<REJECTED Ann<BYE
      Ben>HELLO Ben<PROMPT
      Ben>ANSWER Ben<PROMPT Ben>ANSWER Ben<PROMPT Ben>ANSWER Ben<PROMPT
      Ben>ANSWER Ben<REJECTED Ben<PROMPT
      Ben>ANSWER Ben<JOINED client12<PRESENCE
      Cat>HELLO Cat<PROMPT
      Cat>ANSWER Cat<PROMPT Cat>ANSWER Cat<PROMPT
      Cat>ANSWER Cat<REJECTED Cat<PROMPT
      Cat>ANSWER Cat<CREATED Cat<JOINED
      Fay>HELLO Fay<PROMPT
      Fay>ANSWER Fay<PROMPT Fay>ANSWER Fay<PROMPT
      Fay>ANSWER Fay<REJECTED Fay<PROMPT
      Gil>HELLO Gil<PROMPT
      Gil>ANSWER Gil>ANSWER Gil>ANSWER Gil>ANSWER Gil<PROMPT Gil<PROMPT Gil<PROMPT Gil<JOINED client12<PRESENCE Ben<PRESENCE
      client12<PRESENCE client12<PRESENCE Ben<PRESENCE Ben<PRESENCE
      Gil>HELLO Gil<PROMPT Gil<REJECTED Gil<PROMPT
      Gil>BYE Gil<BYE
      Hal<LINE Hal<LINE Hal<LINE Hal<LINE
      Hal>LINE Hal>LINE Hal>LINE Hal>LINE Hal<LINE Hal<LINE Hal<LINE Hal<LINE client12<PRESENCE Ben<PRESENCE
      Hal>LINE Hal<LINE
      Hal>LINE Hal<LINE
      Hal>LINE Hal<LINE
      Hal>LINE Hal<LINE client12<PRESENCE Ben<PRESENCE
      Dan>HELLO Dan<PROMPT
      Dan>ANSWER Dan<PROMPT Dan>ANSWER Dan<PROMPT
      Dan>ANSWER Dan<PROMPT Dan>ANSWER Dan<REJECTED Dan<PROMPT
      Dan>ANSWER Dan<PROMPT Dan>ANSWER Dan<REJECTED Dan<PROMPT
      Dan>BYE Dan<BYE
      Eve>HELLO Eve<PROMPT
      Eve>ANSWER Eve<PROMPT Eve>ANSWER Eve<PROMPT
      Eve>ANSWER Eve<PROMPT Eve>ANSWER Eve<REJECTED Eve<PROMPT
      Eve>ANSWER Eve<PROMPT Eve>ANSWER Eve<REJECTED Eve<PROMPT
      Eve>ANSWER Eve<PROMPT Eve>ANSWER Eve<REJECTED Eve<BYE`,
    secrets: ['1234', 'open sesame', 'a third one', 'qwerty', 'letmein', 'iloveyou'],
  },
  lossy: {
    frames: `
      Ann>SAY Ann<ACCEPTED Ben<MESSAGE Cat<MESSAGE
      Ben>SAY Ben<ACCEPTED Ann<MESSAGE Cat<MESSAGE
      Cat>SAY Cat<ACCEPTED Ann<MESSAGE Ben<MESSAGE
      Ann>SAY Ann<ACCEPTED Ben<MESSAGE Cat<MESSAGE
      Ben>SAY Ben<ACCEPTED Ann<MESSAGE Cat<MESSAGE
      Cat>SAY Cat<ACCEPTED Ann<MESSAGE Ben<MESSAGE
      Ann>SAY Ann<ACCEPTED Ben<MESSAGE Cat<MESSAGE
      Ben>SAY Ben<ACCEPTED Ann<MESSAGE Cat<MESSAGE`,
    secrets: ['1234'],
  },
};

/** The rejections of `mistakes`, in order, and the last words of those who are shown the door; what is said in lines has no code. */
export const REJECTIONS = [
  'bad-choice: Please choose 1, 2 or 3.',
  'bad-name: A name cannot be empty.',
  'bad-name: A name has at most 32 characters.',
  'too-many-attempts: Too many wrong answers. Goodbye.',
  'name-taken: Somebody in this group has that name already; choose another.',
  'bad-password: A password cannot be empty.',
  'too-many-groups: The server has no room for another group; join one or try again later.',
  'unknown-session: The server no longer knows your session; please join again.',
  'exit: Goodbye.',
  'That line is too long; nothing of it was taken.',
  'That line is not UTF-8 text; nothing of it was taken.',
  'There is no /dance; /help tells the commands, // says a slash.',
  'Goodbye.',
  'wrong-credentials: Wrong group ID or password.',
  'wrong-credentials: Wrong group ID or password.',
  'exit: Goodbye.',
  'wrong-credentials: Wrong group ID or password.',
  'wrong-credentials: Wrong group ID or password.',
  'try-later: Too many wrong passwords; wait a minute and try again.',
  'too-many-attempts: Too many wrong answers. Goodbye.',
];
