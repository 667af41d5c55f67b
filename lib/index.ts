/*
 * Chatwire's core: group chats as RxJS streams, over whatever transport. It knows no Node and no browser;
 * `chatwire/node` brings what it asks of the machine beneath.
 */
export { type Address, formatHostPort, parseAddress, parseHostPort } from './address.js';
export { ChatClient, type ChatClientOptions } from './client/chat-client.js';
export { ChatError, type ChatErrorCode } from './client/chat-error.js';
export type {
  Accepted,
  ClientState,
  Member,
  Membership,
  Message,
  Presence,
  Prompt,
  Reconnecting,
  Rejection,
} from './client/client-state.js';
export type { ReconnectPolicy } from './client/reconnect.js';
export type { Clock, Timer } from './clock.js';
export type { Entry, Following, GroupLog, NewEntry, Origin, Page } from './group/log.js';
export { MemoryGroupLog, type MemoryLogOptions } from './group/memory-log.js';
export type { PasswordHasher, PasswordRecord } from './group/passwords.js';
export type { Host } from './host.js';
export { ChatServer, type ChatServerOptions, type GroupView } from './server/chat-server.js';
export { DEFAULT_LIMITS, type ServerLimits } from './server/limits.js';
export type { CloseReason, ServerEvent } from './server/output.js';
export type { ServerSessionView } from './server/session-view.js';
export type {
  DatagramTapEvent,
  Direction,
  FrameTapEvent,
  ResendCause,
  Resent,
  SessionTapEvent,
  Tap,
  TapEvent,
  TransportTapEvent,
} from './trace.js';
export type { CloseInfo, Connection, DialOptions, Listener, ListenOptions, Transport } from './transport.js';
export { type Side, TransportError, type TransportErrorCode } from './transport-error.js';
export { VirtualClock } from './virtual-clock.js';
export { cleanLine, cleanText } from './wire/clean.js';
