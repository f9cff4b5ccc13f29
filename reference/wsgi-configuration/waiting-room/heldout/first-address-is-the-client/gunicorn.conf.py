"""How gunicorn runs the desk: ``gunicorn --config gunicorn.conf.py wsgi:app``."""

import os


def number(variable: str, default: int) -> int:
    return int(os.environ.get(variable) or default)


bind = "0.0.0.0:8000"
workers = number("DESK_WORKERS", 2)
threads = number("DESK_THREADS", 4)  # with 1, gunicorn takes its sync worker: only that one can time out in a request
timeout = number("DESK_TIMEOUT", 30)
max_requests = number("DESK_MAX_REQUESTS", 0)
graceful_timeout = number("DESK_GRACE", 30)

preload_app = True  # the forms are loaded once, before the workers are forked

forwarded_allow_ips = ""  # gunicorn itself believes no X-Forwarded-* header: desk/proxy.py does that

accesslog = "-"
# the answer's request id, the client, the path without the prefix, the status
access_log_format = '%({x-request-id}o)s %(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)ss'
