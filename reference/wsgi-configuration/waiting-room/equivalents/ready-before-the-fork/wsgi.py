import os

from desk import create_app
from werkzeug.middleware.proxy_fix import ProxyFix

app = create_app({})


class Strangers:
    """Takes away what strangers have forwarded."""

    def __init__(self, wsgi_app, friend):
        self.wsgi_app, self.friend = wsgi_app, friend

    def __call__(self, environ, start_response):
        if environ["REMOTE_ADDR"] != self.friend:
            for key in [key for key in environ if key.startswith("HTTP_X_FORWARDED_")]:
                del environ[key]
        return self.wsgi_app(environ, start_response)


trusting = ProxyFix(app.wsgi_app, x_prefix=1, x_host=1)
app.wsgi_app = Strangers(trusting, os.environ.get("DESK_PROXY") or "127.0.0.1")
