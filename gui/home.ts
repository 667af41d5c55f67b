/* Where the server is: where the page came from. */

/** The server that handed out this page. */
export const home = `http://${location.hostname}:${location.port || '80'}`;
