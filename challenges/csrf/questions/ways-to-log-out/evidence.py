"""Who can log Ada out with each way: (her own navigation, a foreign link, a foreign form)."""

import re
import secrets

from flask import Flask, redirect, render_template_string, session
from flask_wtf import CSRFProtect

CLAIMED = (True, False, False)  # every option claims: she can, and the others cannot
SITE = "https://shop.example"
FIELD = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'


def who_can(route, element):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    csrf = CSRFProtect(app)

    def logout():
        session.clear()
        return redirect("/")

    route(app, csrf, logout)

    @app.get("/")
    def start():
        return render_template_string(element)

    def tried(attempt):
        browser = app.test_client()
        with browser.session_transaction(base_url=SITE) as stored:
            stored["user_id"] = "ada"
        page = browser.get("/", base_url=SITE).text
        attempt(browser, page)
        with browser.session_transaction(base_url=SITE) as stored:
            return "user_id" not in stored

    def own(browser, page):
        headers = {"Referer": SITE + "/", "Origin": SITE}
        if link := re.search(r'<a href="([^"]+)"', page):
            browser.get(link[1], base_url=SITE, headers=headers)
        else:
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
            browser.post("/logout", base_url=SITE, data=fields, headers=headers)

    foreign = {"Referer": "https://evil.example/", "Origin": "https://evil.example"}
    return (
        tried(own),
        tried(lambda browser, page: browser.get("/logout", base_url=SITE, headers={"Referer": foreign["Referer"]})),
        tried(lambda browser, page: browser.post("/logout", base_url=SITE, headers=foreign)),
    )


def form(inside):
    return f'<form method="post" action="/logout">{inside}<button>Log out</button></form>'


def get_with_protect():
    def route(app, csrf, logout):
        def checked():
            csrf.protect()
            return logout()

        app.get("/logout")(checked)

    return who_can(route, '<a href="/logout?csrf_token={{ csrf_token() }}">'), CLAIMED


def get_or_post():
    def route(app, csrf, logout):
        app.route("/logout", methods=["GET", "POST"])(logout)

    return who_can(route, form(FIELD)), CLAIMED


def exempt_post():
    return who_can(lambda app, csrf, logout: app.post("/logout")(csrf.exempt(logout)), form(FIELD)), CLAIMED


def post_with_token():
    return who_can(lambda app, csrf, logout: app.post("/logout")(logout), form(FIELD)), CLAIMED


def post_with_link():
    element = '<a href="/logout" data-csrf="{{ csrf_token() }}">Log out</a>'
    return who_can(lambda app, csrf, logout: app.post("/logout")(logout), element), CLAIMED


def post_without_token():
    return who_can(lambda app, csrf, logout: app.post("/logout")(logout), form("")), CLAIMED
