"""Which of two responses, to two new browsers, carry the cookie: pairs (observed, claimed)."""

from flask import Flask, after_this_request, current_app, make_response, request, session

CLAIMED = [True, False]  # the first browser has no cookie yet; the second brings one along


def cookies(here):
    app = Flask(__name__)
    app.secret_key = "for this run only"

    def language():
        chosen = request.cookies.get("lang")
        if chosen is None:
            chosen = request.accept_languages.best_match(["de", "en"], "en")
            here(chosen)
        return chosen

    @app.get("/")
    def index():
        return {"lang": language()}

    new, known = app.test_client(), app.test_client()
    known.set_cookie("lang", "de")
    found = []
    for client in (new, known):
        response = client.get("/")
        if response.status_code == 500:
            return 500
        found.append(any(line.startswith("lang=") for line in response.headers.getlist("Set-Cookie")))
    return found


def this_request():
    def here(chosen):
        @after_this_request
        def remember(response):
            response.set_cookie("lang", chosen)
            return response

    return cookies(here), CLAIMED


def after_request():
    def here(chosen):
        @current_app.after_request
        def remember(response):
            response.set_cookie("lang", chosen)
            return response

    return cookies(here), CLAIMED


def teardown():
    def here(chosen):
        @current_app.teardown_request
        def remember(response):
            response.set_cookie("lang", chosen)
            return response

    return cookies(here), CLAIMED


def made():
    def here(chosen):
        response = make_response()
        response.set_cookie("lang", chosen)

    return cookies(here), CLAIMED


def in_session():
    def here(chosen):
        session["lang"] = chosen
        session.permanent = True

    return cookies(here), CLAIMED


def in_request():
    def here(chosen):
        cookies = request.cookies
        cookies["lang"] = chosen

    return cookies(here), CLAIMED
