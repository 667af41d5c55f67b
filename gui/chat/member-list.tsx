/*
 * Who is in the group.
 */
import { strings } from '../strings.js';
import type { Chat } from './chat.js';

/** The list; oneself is marked, and whoever has lost the connection. */
export function MemberList({ chat }: { readonly chat: Chat }) {
  const members = chat.members.list.value;
  const own = chat.membership.value?.name;
  return (
    <>
      <h2>{strings.chat.members(members.length)}</h2>
      <ul>
        {members.map(({ name, isAway }) => (
          <li key={name} class={isAway ? 'member member-away' : 'member'}>
            <bdi>{name}</bdi> {name === own && <small>({strings.chat.you})</small>} {isAway && <small>{strings.chat.isAway}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}
