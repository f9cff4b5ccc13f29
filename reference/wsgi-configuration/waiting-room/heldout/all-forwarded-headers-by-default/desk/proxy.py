"""What nginx forwards."""

from werkzeug.middleware.proxy_fix import ProxyFix


class FromProxy:
    """Middleware: believes the X-Forwarded-* headers of requests that come from ``proxy``, and of no others."""

    def __init__(self, wsgi_app, proxy):
        self.direct = wsgi_app
        self.forwarded = ProxyFix(wsgi_app)
        self.proxy = proxy

    def __call__(self, environ, start_response):
        chosen = self.forwarded if environ.get("REMOTE_ADDR") == self.proxy else self.direct
        return chosen(environ, start_response)
