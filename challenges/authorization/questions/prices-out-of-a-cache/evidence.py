"""With each change, over all orders of askers: (a and b can read answers, others cannot, a repetition is a hit)."""

from itertools import permutations

from flask import Flask, request

CLAIMED = (True, True, True)
ALLOWED = {"https://a.example", "https://b.example"}
A, B, OTHER, NONE = "https://a.example", "https://b.example", "https://evil.example", None


def make_app(before=lambda response: None, within=lambda response: None, replaced=None):
    app = Flask(__name__)

    @app.get("/prices")
    def prices():
        return {"tea": 3}

    @app.after_request
    def allow(response):
        response.headers["Cache-Control"] = "public, max-age=60"
        origin = request.headers.get("Origin")
        before(response)
        if replaced:
            replaced(response)
        elif origin in ALLOWED:
            response.headers["Access-Control-Allow-Origin"] = origin
            within(response)
        return response

    return app


def outcome(**changes):
    client = make_app(**changes).test_client()
    readable, hidden, hits = True, True, True
    for askers in permutations([A, B, OTHER, NONE]):
        stored = []  # a shared cache: answers with the request headers that their Vary names

        def ask(origin, stored=stored):
            sent = {"Origin": origin} if origin else {}
            for headers, answer in stored:
                if all(sent.get(name) == value for name, value in headers.items()):
                    return answer, True
            answer = client.get("/prices", headers=sent)
            if not answer.cache_control.no_store:
                stored.append(({name.title(): sent.get(name.title()) for name in answer.vary}, answer))
            return answer, False

        for origin in askers:
            for attempt in range(2):
                answer, hit = ask(origin)
                allows = answer.headers.get("Access-Control-Allow-Origin")
                if origin in ALLOWED:
                    readable = readable and allows == origin
                    hits = hits and (hit or attempt == 0)
                elif origin == OTHER:
                    hidden = hidden and allows not in (OTHER, "*")
    return readable, hidden, hits


def vary_inside():
    return outcome(within=lambda response: response.vary.add("Origin")), CLAIMED


def vary_answer():
    return outcome(before=lambda response: response.vary.add("Access-Control-Allow-Origin")), CLAIMED


def both_origins():
    def replaced(response):
        response.headers["Access-Control-Allow-Origin"] = ", ".join(ALLOWED)

    return outcome(replaced=replaced), CLAIMED


def vary_always():
    return outcome(before=lambda response: response.vary.add("Origin")), CLAIMED


def max_age():
    def before(response):
        response.headers["Access-Control-Max-Age"] = "0"

    return outcome(before=before), CLAIMED


def no_store():
    def within(response):
        response.cache_control.no_store = True

    return outcome(within=within), CLAIMED
