"""How gunicorn runs the desk: ``gunicorn --config gunicorn.conf.py wsgi:app``."""

import os

bind = "0.0.0.0:8000"

# With one thread gunicorn takes sync workers, with more of them gthread: no worker_class, so that both are possible.
workers = int(os.environ.get("DESK_WORKERS", "2"))
threads = int(os.environ.get("DESK_THREADS", "4"))
timeout = int(os.environ.get("DESK_TIMEOUT", "30"))
max_requests = int(os.environ.get("DESK_MAX_REQUESTS", "0"))
graceful_timeout = int(os.environ.get("DESK_GRACE", "30"))

# The app, and the forms with it, is loaded once. What may not be shared begins after the fork.
preload_app = True

# Who may say that a request came by https. The app's own middleware asks the same question for the other headers.
forwarded_allow_ips = os.environ.get("DESK_PROXY", "127.0.0.1")

accesslog = "-"
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %({x-request-id}o)s'


def post_fork(server, worker):
    """Gives the new worker what belongs to one process alone."""
    from desk import begin_worker
    from wsgi import app

    begin_worker(app)
