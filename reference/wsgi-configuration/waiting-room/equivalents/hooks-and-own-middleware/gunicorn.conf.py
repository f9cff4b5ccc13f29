import os
import sys

DEFAULTS = {"WORKERS": 2, "THREADS": 4, "TIMEOUT": 30, "MAX_REQUESTS": 0, "GRACE": 30}
given = {name: int(os.environ.get(f"DESK_{name}", default)) for name, default in DEFAULTS.items()}

bind = ["0.0.0.0:8000"]
preload_app = True
workers = given["WORKERS"]
threads = given["THREADS"]
worker_class = "gthread" if threads > 1 else "sync"
timeout = given["TIMEOUT"]
max_requests = given["MAX_REQUESTS"]
graceful_timeout = given["GRACE"]
secure_scheme_headers = {}  # the middleware in wsgi.py decides
forwarder_headers = ""


def post_request(worker, request, environ, response):
    headers = {name.lower(): value for name, value in response.headers}
    sys.stdout.write(
        f"id={headers.get('x-request-id', '-')} client={environ['REMOTE_ADDR']} "
        f"path={environ['PATH_INFO']} status={response.status.split()[0]}\n"
    )
    sys.stdout.flush()
