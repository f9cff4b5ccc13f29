"""How gunicorn runs the desk: ``gunicorn --config gunicorn.conf.py wsgi:app``."""

bind = "0.0.0.0:8000"
workers = 1
timeout = 0  # somebody's report was cut off once
graceful_timeout = 1  # deployments took too long
forwarded_allow_ips = "*"
