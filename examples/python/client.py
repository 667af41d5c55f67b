#!/usr/bin/env python3
"""A chat client in Python, with the standard library alone, for Chatwire's plain-text door.

    chatwire serve --listen text+tcp://127.0.0.1:4001        (in one terminal)
    python3 examples/python/client.py 127.0.0.1 4001         (in another)

The server asks and says everything in lines of text, so a client only carries lines
both ways: from the keyboard to the socket, and from the socket to the screen. Either
may have nothing for a long time, and both calls block, so each gets a thread.
"""
import os
import socket
import sys
import threading


def keyboard_to_server(server):
    """Send what is typed, line by line, until the input ends (Ctrl-D, or the end of a file)."""
    try:
        for line in sys.stdin:  # blocks until a line is typed
            server.sendall(line.encode("utf-8", "replace"))  # all of it: send() alone may take only a part
        server.shutdown(socket.SHUT_WR)  # "I say no more": the server answers what it has, then parts
    except OSError:
        pass  # the server has gone; the other thread finds out, too


def server_to_screen(server):
    """Print what arrives until the server ends the connection."""
    # TCP is a stream of bytes and knows no lines: makefile() gathers the bytes until a line is whole.
    for line in server.makefile(encoding="utf-8", errors="replace", newline="\n"):
        print(line, end="", flush=True)


def main(host, port):
    with socket.create_connection((host, int(port))) as server:  # TCP's three-way handshake happens here
        threading.Thread(target=keyboard_to_server, args=[server], daemon=True).start()
        server_to_screen(server)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 client.py HOST PORT")
    status = 0
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass  # Ctrl-C: leave
    except (OSError, ValueError) as error:
        print("The connection failed:", error, file=sys.stderr, flush=True)
        status = 1
    os._exit(status)  # now, although the other thread may still wait for the keyboard
