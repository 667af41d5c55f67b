/*
 * The ways to every state of the server's session, as scripts that the cases go on from; and what clients
 * and the server often say.
 */
import { hello, input, joined, line, type Script, type Step, settle, start, verified } from '../dialogue.js';

export const MENU: Script = [[start, 'PROMPT 1 menu']];
export const JOIN_NAME: Script = [...MENU, [line('1'), 'PROMPT 2 name']];
export const JOIN_GROUP: Script = [...JOIN_NAME, [line('Bar'), 'PROMPT 3 group']];
export const JOIN_PASSWORD: Script = [...JOIN_GROUP, [line('8888'), 'PROMPT 4 password']];
export const VERIFYING: Script = [...JOIN_PASSWORD, [line('1234'), 'verify 8888 1234']];
export const ENTERING: Script = [...VERIFYING, [verified, 'enter 8888 Bar']];
export const CHATTING: Script = [...ENTERING, [joined('8888', 'Bar'), 'JOINED 8888 Bar']];
export const CREATE_NAME: Script = [...MENU, [line('2'), 'PROMPT 2 name']];
export const CREATE_PASSWORD: Script = [...CREATE_NAME, [line('Bar'), 'PROMPT 3 password']];
export const CREATING: Script = [...CREATE_PASSWORD, [line('1234'), 'create 1234']];
export const RENAME: Script = [...ENTERING, [settle({ type: 'name-taken' }), 'REJECTED name-taken name 4', 'PROMPT 5 name']];
export const GREETED: Script = [...MENU, [input(hello())]];
export const RESUMING: Script = [...MENU, [input(hello({ token: Uint8Array.of(7), lastSequence: 12 })), 'resume 7 after 12']];

export const say = (id: number, text: string) => input({ type: 'SAY', id, text });
export const leave = input({ type: 'LEAVE' });
export const tooLong = input({ type: 'UNREADABLE', code: 'line-too-long' });
export const notUtf8 = input({ type: 'UNREADABLE', code: 'bad-utf8' });
export const tooManyGroups = settle({ type: 'refused', code: 'too-many-groups', counts: false });

/** What a client says that has not yet heard that it is over. */
export const lateAnswer = (value: string): Step => input({ type: 'ANSWER', id: 2, question: 'menu', value });
export const bye = input({ type: 'BYE', code: 'exit', text: '', retryAfterMs: 0 });
