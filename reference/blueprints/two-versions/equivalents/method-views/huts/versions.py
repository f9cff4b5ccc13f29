"""Both versions. Their errors are JSON before any handler sees them, or by handlers for single codes."""

from flask import Blueprint, current_app, make_response, request, url_for
from flask.views import MethodView

from .store import find_hut, open_huts

one = Blueprint("one", __name__)
two = Blueprint("two", __name__)


def first_failure(code, text="refused"):
    return make_response({"error": text}, code)


def second_failure(code, text="refused"):
    return make_response({"error": {"status": code, "message": text}}, code)


class Version(MethodView):
    """The list without an id, a hut with one."""

    def get(self, id=None):
        if id is not None:
            return self.shown(find_hut(id))
        return {"version": self.number, "huts": list(map(self.shown, open_huts()))}

    def shown(self, hut):
        own = {name: hut[name] for name in self.fields}
        return own | {"self": url_for(request.endpoint, id=hut["id"]), "index": url_for(request.endpoint)}


class First(Version):
    number = 1
    fields = ("id", "name")

    def shown(self, hut):
        return super().shown(hut) | {"successor": url_for("two.huts", id=hut["id"])}


class Second(Version):
    number = 2
    fields = ("id", "name", "beds")


for blueprint, view in ((one, First), (two, Second)):
    function = view.as_view("huts")
    blueprint.add_url_rule("/", view_func=function)
    blueprint.add_url_rule("/huts/<int:id>", view_func=function)


def has_key():
    return request.headers.get("X-Api-Key") == current_app.config["API_KEY"]


@one.before_request
def only_with_key():
    return None if has_key() else first_failure(401)


@two.before_request
def only_with_key_and_client():
    if not has_key():
        return second_failure(401)
    return None if request.headers.get("X-Client") else second_failure(400)


@one.after_request
def sunset(response):
    response.headers.add("Sunset", current_app.config["V1_SUNSET"])
    return response


for code in (404, 410):
    one.register_error_handler(code, lambda error: first_failure(error.code))
    two.register_error_handler(code, lambda error: second_failure(error.code))
