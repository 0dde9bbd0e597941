"""The gunicorn worker of this site: no slow client holds a thread up.

gunicorn starts and watches the processes; in each, waitress takes connections. It reads a request whole before a thread
sees it, and sends the answer by itself after the thread has left it. What takes too long is closed.
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from gunicorn.workers import base
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

IDLE_SECONDS = 20  # a connection on which nothing is sent or taken
REQUEST_SECONDS = 60  # from a request's first byte to its last
MOST_CONNECTIONS = 800  # for each worker; systems allow 1,024 open files unless told otherwise
LARGEST_HEADERS, LARGEST_BODY = 32 * 1024, 32 * 1024 * 1024


class Channel(HTTPChannel):
    """A connection that knows since when its request is coming in."""

    begun = 0.0

    def received(self, data: bytes) -> Any:
        if self.request is None:
            self.begun = time.monotonic()
        return super().received(data)

    def close_if_slow(self) -> None:
        if self.request is not None and time.monotonic() - self.begun > REQUEST_SECONDS:
            self.will_close = True

    @property
    def is_at_work(self) -> bool:
        return bool(self.requests or self.total_outbufs_len)


class Worker(base.Worker):
    def run(self) -> None:
        connections: dict[int, Any] = {}
        server = create_server(
            self.answer,
            map=connections,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            backlog=self.cfg.backlog,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=5,
            max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST_BODY,
            asyncore_use_poll=True,
            log_socket_errors=False,
            ident=None,
            **proxies(settings.TRUSTED_PROXIES),
        )
        server.channel_class = Channel
        while self.alive and self.ppid == os.getppid():
            self.turn(server, connections)
        server.accepting = False
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < deadline and any(channel.is_at_work for channel in server.active_channels.values()):
            self.turn(server, connections)
        server.task_dispatcher.shutdown(timeout=1)

    def turn(self, server: Any, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=connections, count=1)
        for channel in list(server.active_channels.values()):
            channel.close_if_slow()

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        answered: Iterable[bytes] = self.wsgi(environ, start_response)
        return answered


def proxies(count: int) -> dict[str, Any]:
    """Who asks, and whether by TLS, is what the last `count` proxies say; with none, what a reader says is dropped."""
    if not count:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": "*", "trusted_proxy_count": count, "trusted_proxy_headers": headers}
