"""What the test's request is answered with after each change."""

from flask import Flask
from flask_wtf import CSRFProtect

CLAIMED = 201  # every option claims that the test passes with it


def answered(config=None, **arguments):
    csrf = CSRFProtect()

    def create_app(config):
        app = Flask(__name__)
        app.config["SECRET_KEY"] = "dev"
        app.config.from_mapping(config)
        csrf.init_app(app)

        @app.post("/orders")
        def order():
            return "ordered", 201

        return app

    app = create_app({"TESTING": True} | (config or {}))
    return app.test_client().post("/orders", **({"data": {"item": "tea"}} | arguments)).status_code


def nothing():
    return answered(), CLAIMED


def csrf_enabled():
    return answered({"CSRF_ENABLED": False}), CLAIMED


def made_up_token():
    return answered(data={"item": "tea", "csrf_token": "test"}), CLAIMED


def time_limit():
    return answered({"WTF_CSRF_TIME_LIMIT": None}), CLAIMED


def secret_as_token():
    return answered(headers={"X-CSRFToken": "dev"}), CLAIMED


def wtf_csrf_enabled():
    return answered({"WTF_CSRF_ENABLED": False}), CLAIMED
