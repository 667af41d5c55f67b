/*
 * The whole page: the bar, what goes on with the connection, and the place where the person is.
 */
import { Notice } from '../design/notice.js';
import { TopBar } from '../design/top-bar.js';
import { BesideSwitch, LadderBeside } from '../ladder/beside.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';
import { Goodbye } from './goodbye.js';
import { Group } from './group.js';
import { GroupForm } from './group-form.js';
import { Menu } from './menu.js';
import { isOnline } from './online.js';
import './page.css';

const LINKS = [
  { href: '/ladder', text: strings.chat.ladder },
  { href: '/lab', text: strings.chat.lab },
];

/** The page. */
export function Page({ chat }: { readonly chat: Chat }) {
  const { place, notice } = chat;
  return (
    <div class="page">
      <TopBar title={strings.chat.title} links={LINKS}>
        <BesideSwitch />
      </TopBar>
      <div class="banners">
        <Connection chat={chat} />
        {notice.value && (
          <Notice
            kind={notice.value.kind}
            onClose={() => {
              notice.value = undefined;
            }}
          >
            {notice.value.text}
          </Notice>
        )}
      </div>
      <div class="page-body">
        <main class={place.value === 'group' ? 'main main-group' : 'main'}>
          {place.value === 'menu' && <Menu chat={chat} />}
          {(place.value === 'join' || place.value === 'create') && <GroupForm key={place.value} chat={chat} option={place.value} />}
          {place.value === 'group' && <Group chat={chat} />}
          {place.value === 'goodbye' && <Goodbye chat={chat} />}
        </main>
        <LadderBeside />
      </div>
    </div>
  );
}

/** What is wrong with the connection, while something is. */
function Connection({ chat }: { readonly chat: Chat }) {
  const link = chat.link.value;
  if (!isOnline.value) return <Notice kind="warn">{strings.chat.offline}</Notice>;
  if (link.name !== 'reconnecting') return null;
  const seconds = link.delayMs < 1_000 ? (link.delayMs / 1_000).toFixed(1) : String(Math.round(link.delayMs / 1_000));
  return <Notice kind="warn">{(link.wasShutDown ? strings.chat.shutDown : strings.chat.reconnecting)(seconds, link.attempt)}</Notice>;
}
