"""How gunicorn serves the platform: `gunicorn -c python:harness.web.gunicorn_conf 'harness.web:create_app()'`.

One process with many threads: a request mostly waits for the database, and limits on logins count every request.
More processes (WEB_CONCURRENCY) want ASSAY_RATELIMIT_STORAGE_URI on a Redis, which they share.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

bind = os.environ.get("ASSAY_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("ASSAY_THREADS", "24"))
timeout = 60
graceful_timeout = 20
keepalive = 15
preload_app = False  # a database's connections must not be shared by processes
proc_name = "assay"
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat on a disk can stall a worker
    worker_tmp_dir = "/dev/shm"  # noqa: S108
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "harness.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},  # harness.web.logs has each
    },
}
