/* Where the page begins. */
import { render } from 'preact';
import '../design/base.css';
import { Chat } from './chat.js';
import { takeGroupToJoin } from './join-link.js';
import { Page } from './page.js';
import { keepTitle } from './title.js';

const chat = new Chat();
keepTitle(chat);
render(<Page chat={chat} />, document.getElementById('page') as HTMLElement);
chat.start();

/** The address may ask for a group, now or later: not while one sits in another. */
function goWhereAsked(): void {
  const group = takeGroupToJoin();
  if (group === undefined || chat.membership.value) return;
  chat.known.value = { ...chat.known.value, group };
  chat.open('join');
}
goWhereAsked();
addEventListener('hashchange', goWhereAsked);
