"""How the three addresses are answered: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort, g, request

CLAIMED = [(403, None), (200, "orders of globex"), (200, "ok")]  # what every option claims


def answered(decorate):
    app = Flask(__name__)

    @app.before_request
    def refuse_blocked():
        if g.get("tenant") in {"acme"}:
            abort(403)

    @app.get("/health")
    def health():
        return "ok"

    tenants = Blueprint("tenants", __name__, url_prefix="/<tenant>")

    @tenants.get("/orders")
    def orders():
        return f"orders of {g.tenant}"

    decorate(tenants)
    app.register_blueprint(tenants)
    app.logger.disabled = True
    answers = [app.test_client().get(path) for path in ("/acme/orders", "/globex/orders", "/health")]
    return [(answer.status_code, answer.text if answer.status_code == 200 else None) for answer in answers]


def pop(endpoint, values):
    g.tenant = values.pop("tenant")


def read(endpoint, values):
    g.tenant = values["tenant"]


def pop_from_request():
    g.tenant = request.view_args.pop("tenant")


def pop_from_request_or_none():
    g.tenant = request.view_args.pop("tenant", None)


def preprocessor():
    return answered(lambda tenants: tenants.url_value_preprocessor(pop)), CLAIMED


def before_request():
    return answered(lambda tenants: tenants.before_request(pop_from_request)), CLAIMED


def before_app_request():
    return answered(lambda tenants: tenants.before_app_request(pop_from_request_or_none)), CLAIMED


def app_preprocessor():
    return answered(lambda tenants: tenants.app_url_value_preprocessor(lambda *_: pop_from_request())), CLAIMED


def url_defaults():
    return answered(lambda tenants: tenants.url_defaults(pop)), CLAIMED


def preprocessor_reading():
    return answered(lambda tenants: tenants.url_value_preprocessor(read)), CLAIMED
