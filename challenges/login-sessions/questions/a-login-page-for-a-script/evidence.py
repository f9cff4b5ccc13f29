"""How a visitor is answered: the status of /api/orders, and status and Location of /account."""

import secrets

from flask import Blueprint, Flask, abort, request
from flask_login import LoginManager, UserMixin, current_user, login_required

CLAIMED = (401, 302, "/login?next=%2Faccount")


def answers(change, login_view="pages.login"):
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    login_manager = LoginManager(app)
    login_manager.login_view = login_view
    pages, api = Blueprint("pages", __name__), Blueprint("api", __name__)
    users = {"7": UserMixin()}
    login_manager.user_loader(users.get)

    @pages.get("/login")
    def login():
        return "name and password"

    @pages.get("/account")
    @login_required
    def account():
        return "account"

    @api.get("/api/orders")
    @login_required
    def orders():
        return []

    change(login_manager, api)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    visitor = app.test_client()
    script = visitor.get("/api/orders")
    page = visitor.get("/account")
    return script.status_code, page.status_code, page.location


def error_handler():
    def change(login_manager, api):
        @api.errorhandler(401)
        def handler(error):
            return {"error": "log in"}, 401

    return answers(change), CLAIMED


def no_login_view():
    def change(login_manager, api):
        login_manager.refresh_view = "pages.login"

    return answers(change, login_view=None), CLAIMED


def view_of_pages():
    def change(login_manager, api):
        login_manager.blueprint_login_views = {"pages": "pages.login"}

    return answers(change, login_view=None), CLAIMED


def before_request():
    def change(login_manager, api):
        @api.before_request
        def check():
            return None if current_user.is_authenticated else login_manager.unauthorized()

    return answers(change), CLAIMED


def abort_in_handler():
    def change(login_manager, api):
        @login_manager.unauthorized_handler
        def handler():
            abort(401)

    return answers(change), CLAIMED


def abort_in_loader():
    def change(login_manager, api):
        @login_manager.user_loader
        def load_user(user_id):
            if request.blueprint == "api":
                abort(401)

    return answers(change), CLAIMED
