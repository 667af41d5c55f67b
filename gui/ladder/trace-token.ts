/*
 * The token for a server's trace. It comes in the link's fragment, which no server and no log ever sees, is taken out of
 * the address bar at once, and is kept for this tab.
 */
const KEY = 'chatwire.trace-token';
const IN_FRAGMENT = /(?:^#|&)trace-token=([\w-]+)/;

/** The token, if there is one. */
export function traceToken(): string | undefined {
  const given = IN_FRAGMENT.exec(location.hash)?.[1];
  if (given !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
    try {
      sessionStorage.setItem(KEY, given);
    } catch {
      // it holds until the page is left
    }
    return given;
  }
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
