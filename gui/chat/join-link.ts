/*
 * The link that brings somebody to the form for joining, with the group's ID in it and never the password. It stands
 * behind the `#`, which no browser sends to a server.
 */

const JOIN = /^#join=([^&]{1,64})$/;

/** The link to a group. */
export function linkToJoin(group: string): string {
  return `${location.origin}/#join=${encodeURIComponent(group)}`;
}

/** The group in the address that the page was opened with; it is taken out of the address. */
export function takeGroupToJoin(): string | undefined {
  const [, encoded] = JOIN.exec(location.hash) ?? [];
  if (encoded === undefined) return undefined;
  history.replaceState(null, '', location.pathname);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined; // half of an escape
  }
}
