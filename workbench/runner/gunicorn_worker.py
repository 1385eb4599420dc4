"""gunicorn’s worker with threads, for pages that take the processor and for clients that are slow or silent.

It differs from ``gthread`` in three things:

- It accepts a connection while it has nothing else to do, or once what it began last has taken half a second and a
  thread is free. Other processes accept what it does not. Pages that are made together take the processor from one
  another: each is done when the last one is.
- A connection gets a thread once it has sent something. ``gthread`` keeps a thread for it for five seconds. What stops
  in the middle of a request keeps its thread, as there.
- Closing waits for the client beside other work. ``gthread`` does nothing else until the client has closed too, for up
  to two seconds each time.
"""

from __future__ import annotations

import contextlib
import selectors
import socket  # noqa: TID251 -- it takes connections, and opens none
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SILENT = 10.0  # seconds for which a connection may send nothing, after those for which the kernel keeps it
ALONE = 0.5  # seconds for which a request has its process to itself
LINGER = 2.0  # seconds in which a client may close after an answer (RFC 9112 section 9.6)
MOST_DRAINED = 65_536  # bytes that a client may send after its request; then the connection is cut


class WebWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Threads that take connections from a queue which all processes share: that of the listening socket."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self.running: dict[TConn, float] = {}  # requests that have or wait for a thread, and since when
        self.closing: dict[TConn, int] = {}  # with the bytes that came after the answer; the oldest first

    def init_process(self) -> None:
        """Let the kernel keep connections that have sent nothing, where it can (Linux)."""
        for listening in self.sockets:
            if hasattr(socket, "TCP_DEFER_ACCEPT") and listening.family in {socket.AF_INET, socket.AF_INET6}:
                with contextlib.suppress(OSError):  # a sandbox may refuse it
                    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, int(SILENT))
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection, unless one that came in the same moment took the place."""
        if self._has_room():
            super().accept(listener)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Accept connections where asked to, as long as there is room; at the end, those that wait already."""
        super().set_accept_enabled(enabled and self._has_room())
        if not self.alive:
            self._take_waiting()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, once it has sent something."""
        if conn.initialized or conn.wait_for_data(0):
            self.running[conn] = time.monotonic()
            if self.alive:
                self.set_accept_enabled(self._accepting)
            super().enqueue_req(conn)
        else:
            conn.timeout = time.monotonic() + SILENT
            self.pending_conns.append(conn)
            self._watch(conn, partial(self.on_pending_socket_readable, conn))

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Take a connection back from its thread, and close it where nothing more is to come."""
        self.running.pop(conn, None)
        if self.alive:
            self.set_accept_enabled(self.nr_conns < self.worker_connections)
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self._begin_closing(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for what happens, at most until there is room beside a request that takes long."""
        left = self._alone_for()
        if left > 0 and len(self.running) < self.cfg.threads:
            timeout = min(timeout, left)
        super().wait_for_and_dispatch_events(timeout)

    def murder_pending(self) -> None:
        """Close connections whose time is up: those that sent nothing, and those whose client does not close."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn in self.closing if conn.timeout <= now]:
            self._end(conn)

    def _has_room(self) -> bool:
        """Return whether a thread is free, and the request that began last has had the process to itself."""
        return not self.running or (len(self.running) < self.cfg.threads and self._alone_for() <= 0)

    def _alone_for(self) -> float:
        """Return the seconds for which the request that began last has the process to itself."""
        return max(self.running.values(), default=0.0) + ALONE - time.monotonic()

    def _take_waiting(self) -> None:
        """Queue all connections that wait to be accepted: nobody else answers them when the server stops."""
        for listener in self.sockets:
            before = -1
            while self.nr_conns != before:
                before = self.nr_conns
                super().accept(listener)

    def _begin_closing(self, conn: TConn) -> None:
        """Send the end of the answer. The rest waits for the client: closed at once, it may lose what we sent last."""
        conn.timeout = time.monotonic() + LINGER
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            self._watch(conn, partial(self._drain, conn))
        except (OSError, ValueError):  # the client has closed, or gunicorn has, after an answer that broke off
            self.nr_conns -= 1
            conn.close()
        else:
            self.closing[conn] = 0

    def _drain(self, conn: TConn, sock: socket.socket) -> None:
        try:
            size = len(sock.recv(MOST_DRAINED))
        except OSError:
            size = 0
        self.closing[conn] += size
        if not size or self.closing[conn] >= MOST_DRAINED:
            self._end(conn)

    def _end(self, conn: TConn) -> None:
        del self.closing[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def _watch(self, conn: TConn, then: partial[None]) -> None:
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, then)
