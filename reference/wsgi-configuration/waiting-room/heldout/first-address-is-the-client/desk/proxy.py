"""What nginx forwards."""

from werkzeug.middleware.proxy_fix import ProxyFix


class FirstAddress:
    """Middleware: the client is the first of the addresses, the others are those of proxies."""

    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        if "HTTP_X_FORWARDED_FOR" in environ:
            environ["REMOTE_ADDR"] = environ["HTTP_X_FORWARDED_FOR"].split(",")[0].strip()
        return self.wsgi_app(environ, start_response)


class FromProxy:
    """Middleware: believes the X-Forwarded-* headers of requests that come from ``proxy``, and of no others."""

    def __init__(self, wsgi_app, proxy):
        self.direct = wsgi_app
        self.forwarded = ProxyFix(FirstAddress(wsgi_app), x_for=0, x_proto=1, x_host=1, x_prefix=1)
        self.proxy = proxy

    def __call__(self, environ, start_response):
        chosen = self.forwarded if environ.get("REMOTE_ADDR") == self.proxy else self.direct
        return chosen(environ, start_response)
