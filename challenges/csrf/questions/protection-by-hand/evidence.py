"""How the four views answer a POST without a token."""

import secrets

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect, FlaskForm


def statuses():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = CSRFProtect(app)
    account = Blueprint("account", __name__, url_prefix="/account")
    account.before_request(csrf.protect)

    @account.post("/email")
    def change_email():
        return "", 204

    @account.post("/import")
    @csrf.exempt
    def import_contacts():
        return "", 204

    app.register_blueprint(account)

    @app.post("/vote")
    def vote():
        return "", 204

    @app.post("/feedback")
    def feedback():
        form = FlaskForm()
        return ("", 204) if form.validate() else ("", 422)

    client = app.test_client()
    return tuple(client.post(path).status_code for path in ("/account/email", "/account/import", "/vote", "/feedback"))


def exemption_respected():
    return statuses(), (400, 204, 204, 422)


def by_hand():
    return statuses(), (400, 400, 204, 422)


def form_off():
    return statuses(), (400, 204, 204, 204)


def all_off():
    return statuses(), (204, 204, 204, 204)


def hand_and_no_form():
    return statuses(), (400, 400, 204, 204)


def protect_is_off():
    return statuses(), (204, 204, 204, 422)
