/*
 * The page of a group: what was said, who is there, and where one writes.
 */
import { useSignal } from '@preact/signals';
import { Button } from '../design/button.js';
import { CopyButton } from '../design/copy-button.js';
import { CopyLink } from '../design/copy-link.js';
import { Notice } from '../design/notice.js';
import { strings } from '../strings.js';
import type { Chat } from './chat.js';
import { Composer } from './composer.js';
import './group.css';
import { linkToJoin } from './join-link.js';
import { MemberList } from './member-list.js';
import { TranscriptView } from './transcript-view.js';

/** The group that one is in. */
export function Group({ chat }: { readonly chat: Chat }) {
  const { chat: words } = strings;
  const areMembersOpen = useSignal(false);
  const group = chat.membership.value?.group ?? '';
  const { created } = chat;
  return (
    <div class="group">
      <div class="group-bar">
        <h2>{words.groupName(group)}</h2>
        <div class="group-actions">
          <CopyButton text={group}>{words.copyId}</CopyButton>
          <CopyLink link={linkToJoin(group)}>{words.copyLink}</CopyLink>
          <Button
            class="members-button"
            aria-expanded={areMembersOpen.value}
            aria-controls="members"
            onClick={() => {
              areMembersOpen.value = !areMembersOpen.value;
            }}
          >
            {words.members(chat.members.list.value.length)}
          </Button>
          <Button onClick={() => void chat.leave()}>{words.leave}</Button>
        </div>
      </div>
      {created.value !== undefined && (
        <Notice
          kind="good"
          onClose={() => {
            created.value = undefined;
          }}
        >
          <strong>{words.created(created.value)}</strong> {words.createdHint}
        </Notice>
      )}
      <TranscriptView chat={chat} />
      <aside id="members" class={areMembersOpen.value ? 'members members-open' : 'members'}>
        <MemberList chat={chat} />
      </aside>
      <Composer chat={chat} />
    </div>
  );
}
