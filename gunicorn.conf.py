"""How gunicorn serves the site, for `make run` and `make serve`. HOST, PORT and WEB_CONCURRENCY can be set."""

import gc
import os
from typing import Any

from gunicorn.glogging import Logger

from explorer.logs import PathsOnly
from therapies.search import danger_meaning

_host, _port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
_name = f"[{_host}]" if ":" in _host else _host

bind = f"{_name}:{_port}"  # loopback unless HOST says otherwise: a proxy in front does TLS
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"  # a slow client holds up a thread, not a worker
threads = 4
keepalive = 5  # seconds in which a browser's next request can use the same connection
graceful_timeout = 10
limit_request_line = 8190  # long enough for an address with very many facets
max_requests = 20_000  # a worker is replaced now and then, so that no leak can grow
max_requests_jitter = 2_000
accesslog = None  # who reads what is nobody's business; a proxy may count requests by path
control_socket_disable = True  # nothing outside the process controls it
umask = 0o077  # what a worker writes is for its owner alone
preload_app = True  # workers share the memory of what is loaded before them; each opens its own files when asked


class logger_class(Logger):
    """Keeps query strings out of gunicorn's own messages, which may quote the address of a broken request."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(PathsOnly())


def on_starting(server: Any) -> None:
    """Loads the models of meaning and of danger once, before the workers are made, so that they share their memory."""
    danger_meaning.read("load everything now")
    gc.collect()
    gc.freeze()  # a collection in a worker would write to the memory that it shares


def when_ready(server: Any) -> None:
    print(f"\n  Therapy Explorer is ready at http://{_name}:{_port}/  (Ctrl-C stops it)")
    print("  To edit the catalogue, make a curator account: .venv/bin/python manage.py createcurator NAME")
    print(f"  and sign in at http://{_name}:{_port}/admin/\n", flush=True)
