"""Which of the three addresses show an anonymous visitor the text of their view."""

import secrets

from flask import Blueprint, Flask
from flask_login import LoginManager, login_required


def open_pages():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    LoginManager(app).user_loader(lambda user_id: None)

    @app.get("/invoices")
    @login_required
    def invoices():
        return "invoices"

    @login_required
    @app.get("/statements")
    def statements():
        return "statements"

    admin = Blueprint("admin", __name__, url_prefix="/admin")

    @admin.before_request
    @login_required
    def guard():
        pass

    @admin.get("/users")
    def users():
        return "users"

    app.register_blueprint(admin)
    visitor = app.test_client()
    pages = {"/invoices": "invoices", "/statements": "statements", "/admin/users": "users"}
    return {path for path, text in pages.items() if visitor.get(path).text == text}


def none_open():
    return open_pages(), set()


def users_open():
    return open_pages(), {"/admin/users"}


def invoices_open():
    return open_pages(), {"/invoices"}


def statements_open():
    return open_pages(), {"/statements"}


def invoices_and_users():
    return open_pages(), {"/invoices", "/admin/users"}


def statements_and_users():
    return open_pages(), {"/statements", "/admin/users"}
