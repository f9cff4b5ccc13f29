from os import environ

bind = "0.0.0.0:8000"
preload_app = True
worker_class = "sync"  # becomes gthread where threads > 1
workers = int(environ.get("DESK_WORKERS") or 2)
threads = int(environ.get("DESK_THREADS") or 4)
timeout = int(environ.get("DESK_TIMEOUT") or 30)
graceful_timeout = int(environ.get("DESK_GRACE") or 30)
max_requests = int(environ.get("DESK_MAX_REQUESTS") or 0)
max_requests_jitter = 0
forwarded_allow_ips = environ.get("DESK_PROXY") or "127.0.0.1"
accesslog = "-"
access_log_format = '{"id": "%({x-request-id}o)s", "client": "%(h)s", "request": "%(r)s", "status": %(s)s}'
