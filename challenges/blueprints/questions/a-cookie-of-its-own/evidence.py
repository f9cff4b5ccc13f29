"""The cookies of a partner page and then of another page: pairs (observed, claimed)."""

from flask import Blueprint, Flask, current_app, session
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

CLAIMED = [["session"], ["partner"], ["session"]]  # another page, a partner's, and another page again


def visit():
    session["seen"] = True
    return "seen"


def cookies(combine):
    site = Flask("site")
    site.secret_key = "for this test"
    site.add_url_rule("/", "home", visit)
    try:
        wsgi = combine(site)
    except Exception as error:
        return type(error)

    def names(path):
        answer = Client(wsgi).get(path)
        return [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")]

    return [names("/"), names("/partner/"), names("/")]


def own_app():
    partner = Flask("partner")
    partner.secret_key = "for this test"
    partner.config["SESSION_COOKIE_NAME"] = "partner"
    partner.add_url_rule("/", "home", visit)
    return partner


def with_blueprint(change=lambda partner: None, **options):
    def combine(site):
        partner = Blueprint("partner", __name__)
        partner.add_url_rule("/", "home", visit)
        change(partner)
        site.register_blueprint(partner, url_prefix="/partner", **options)
        return site

    return cookies(combine)


def dispatcher():
    return cookies(lambda site: DispatcherMiddleware(site, {"/partner": own_app()})), CLAIMED


def config_attribute():
    def change(partner):
        partner.config = {"SESSION_COOKIE_NAME": "partner"}

    return with_blueprint(change), CLAIMED


def hook_sets_config():
    def change(partner):
        @partner.before_request
        def rename():
            current_app.config["SESSION_COOKIE_NAME"] = "partner"

    return with_blueprint(change), CLAIMED


def record_sets_config():
    def change(partner):
        partner.record(lambda state: state.app.config.update(SESSION_COOKIE_NAME="partner"))

    return with_blueprint(change), CLAIMED


def option_at_registration():
    return with_blueprint(SESSION_COOKIE_NAME="partner"), CLAIMED


def app_as_blueprint():
    def combine(site):
        site.register_blueprint(own_app(), url_prefix="/partner")
        return site

    return cookies(combine), CLAIMED
