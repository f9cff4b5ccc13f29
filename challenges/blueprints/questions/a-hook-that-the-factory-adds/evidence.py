"""How both apps answer in both orders: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort, current_app, request

OPEN, CLOSED = [200, 200], [401, 200]
CLAIMED = [[OPEN, CLOSED], [CLOSED, OPEN]]  # what every option claims, for either order


def check_key():
    if "X-Key" not in request.headers:
        abort(401)


def hook_before(app, api):
    if app.config["CLOSED"]:
        api.before_request(check_key)


def both_orders(at_import=lambda api: None, before=lambda app, api: None, after=lambda app, api: None, name=None):
    """The answers of the open and the closed app, then of the closed and the open one, each pair with a new module."""

    def made_in(order):
        api = Blueprint("api", __name__, url_prefix="/api")

        @api.get("/items")
        def items():
            return []

        at_import(api)

        def create_app(closed):
            app = Flask(__name__)
            app.config["CLOSED"] = closed
            app.add_url_rule("/health", "health", lambda: "ok")
            before(app, api)
            app.register_blueprint(api, **(name(closed) if name else {}))
            after(app, api)
            return app

        def answers(closed):
            try:
                client = create_app(closed).test_client()
            except AssertionError:
                return AssertionError
            return [client.get(path).status_code for path in ("/api/items", "/health")]

        return [answers(closed) for closed in order]

    return [made_in((False, True)), made_in((True, False))]


def ask_the_app():
    def at_import(api):
        @api.before_request
        def check():
            if not current_app.config["CLOSED"]:
                return None
            return check_key()

    return both_orders(at_import), CLAIMED


def guard():
    def before(app, api):
        if app.config["CLOSED"] and not api._got_registered_once:
            api.before_request(check_key)

    return both_orders(before=before), CLAIMED


def after_registration():
    return both_orders(after=hook_before), CLAIMED


def hook_of_the_app():
    def before(app, api):
        if app.config["CLOSED"]:
            app.before_request(check_key)

    return both_orders(before=before), CLAIMED


def record():
    def at_import(api):
        api.record(lambda state: hook_before(state.app, api))

    return both_orders(at_import), CLAIMED


def other_name():
    def name(closed):
        return {"name": "closed_api" if closed else "open_api"}

    return both_orders(before=hook_before, name=name), CLAIMED
