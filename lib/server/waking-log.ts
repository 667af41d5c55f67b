/*
 * A log may reply at any time later. The machine has to know the time then, and what it makes of a reply has
 * to be done, so every reply goes through the driver.
 */
import type { GroupLog } from '../group/log.js';

/** Calls a reply with what the log has answered. */
export type Through = <T>(reply: (answer: T) => void, answer: T) => void;

/** The same log; everything that it tells is told within `through`. */
export function wakingLog(log: GroupLog, through: Through): GroupLog {
  const waking =
    <T>(reply: (answer: T) => void) =>
    (answer: T) =>
      through(reply, answer);
  return {
    get size() {
      return log.size;
    },
    create: (record, reply) => log.create(record, waking(reply)),
    find: (group, reply) => log.find(group, waking(reply)),
    append: (group, entry, reply) => log.append(group, entry, waking(reply)),
    read: (group, after, reply) => log.read(group, after, waking(reply)),
    follow: (group, onEntry) => log.follow(group, waking(onEntry)),
    retire: (group) => log.retire(group),
  };
}
