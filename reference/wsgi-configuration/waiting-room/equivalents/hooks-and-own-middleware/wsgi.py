import os

from desk import create_app

NAMES = {"REMOTE_ADDR": "FOR", "wsgi.url_scheme": "PROTO", "HTTP_HOST": "HOST", "SCRIPT_NAME": "PREFIX"}
PROXY = os.environ.get("DESK_PROXY", "127.0.0.1")


def last(environ, name):
    return environ.get(f"HTTP_X_FORWARDED_{name}", "").rpartition(",")[2].strip()


def behind_proxy(wsgi_app):
    def called(environ, start_response):
        if environ["REMOTE_ADDR"] == PROXY:
            environ.update({key: value for key, name in NAMES.items() if (value := last(environ, name))})
        return wsgi_app(environ, start_response)

    return called


app = create_app({})
app.wsgi_app = behind_proxy(app.wsgi_app)
