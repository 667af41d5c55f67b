/*
 * One entry of the transcript. It never changes, so it is drawn once, whatever comes after it.
 */
import { Component } from 'preact';
import { strings } from '../strings.js';
import { OwnState } from './own-state.js';
import { SaidText } from './said-text.js';
import type { Entry } from './transcript.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });

/** How many colours there are for names; see transcript.css. */
const HUES = 8;

interface EntryRowProps {
  readonly entry: Entry;
  /** What is new begins here. */
  readonly isFirstUnread: boolean;
}

/** A row; on the first of a day, below the date. */
export class EntryRow extends Component<EntryRowProps> {
  override shouldComponentUpdate({ entry, isFirstUnread }: EntryRowProps): boolean {
    return entry !== this.props.entry || isFirstUnread !== this.props.isFirstUnread;
  }

  render({ entry, isFirstUnread }: EntryRowProps) {
    return (
      <li data-entry={entry.id}>
        {entry.beginsDay && (
          <p class="divider">
            <time dateTime={entry.time.toISOString().slice(0, 10)}>{calendar.format(entry.time)}</time>
          </p>
        )}
        {isFirstUnread && <p class="divider divider-unread">{strings.chat.unreadFrom}</p>}
        {entry.kind === 'notice' ? <Happened entry={entry} /> : <Message entry={entry} />}
      </li>
    );
  }
}

function Happened({ entry }: { readonly entry: Extract<Entry, { kind: 'notice' }> }) {
  return (
    <p class="happened">
      {entry.who && <bdi>{entry.who}</bdi>} {entry.text} <Time of={entry.time} />
    </p>
  );
}

function Message({ entry }: { readonly entry: Extract<Entry, { kind: 'message' }> }) {
  return (
    <article class={entry.isOwn ? 'message message-own' : 'message'}>
      <header class={entry.goesOn ? 'unseen' : ''}>
        <bdi class={`sender hue-${hueOf(entry.sender)}`}>{entry.sender}</bdi> <Time of={entry.time} />
      </header>
      <SaidText text={entry.text} />
      {entry.isOwn && <OwnState mark="✓" word={strings.chat.ownState.accepted} />}
    </article>
  );
}

function Time({ of }: { readonly of: Date }) {
  return (
    <time class="time" dateTime={of.toISOString()}>
      {clock.format(of)}
    </time>
  );
}

/** The same colour for the same name, everywhere. */
function hueOf(name: string): number {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) >>> 0;
  return sum % HUES;
}
