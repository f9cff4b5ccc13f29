"""(JSON after CSV is JSON, the second CSV comes from the cache): pairs (observed, claimed)."""

from flask import Flask, Response, jsonify, request

CLAIMED = (True, True)


def observed(change):
    app = Flask(__name__)

    @app.get("/sales")
    def sales():
        types = ["application/json", "text/csv"]
        best = request.accept_mimetypes.best_match(types)
        response = Response("a,b", mimetype="text/csv") if best == "text/csv" else jsonify(a=1)
        response.cache_control.public = True
        response.cache_control.max_age = 60
        change(response, best)
        return response

    client, stored = app.test_client(), []

    def through_cache(headers):
        """A shared cache in which everything is fresh: RFC 9111, section 4.1."""
        for asked, answer in stored:
            names = {name.lower() for name in answer.vary}
            if "*" not in names and all(asked.get(name.title()) == headers.get(name.title()) for name in names):
                return answer.mimetype, True
        answer = client.get("/sales", headers=headers)
        stored.append((headers, answer))
        return answer.mimetype, False

    through_cache({"Accept": "text/csv"})
    again = through_cache({"Accept": "text/csv"})
    other = through_cache({"Accept": "application/json"})
    return other[0] == "application/json", again == ("text/csv", True)


def vary_content_type():
    return observed(lambda response, best: response.vary.add("Content-Type")), CLAIMED


def vary_star():
    return observed(lambda response, best: response.vary.add("*")), CLAIMED


def vary_accept():
    return observed(lambda response, best: response.vary.add("Accept")), CLAIMED


def etag():
    return observed(lambda response, best: response.add_etag()), CLAIMED


def content_location():
    def change(response, best):
        response.content_location = f"/sales/{best}"

    return observed(change), CLAIMED


def must_revalidate():
    def change(response, best):
        response.cache_control.must_revalidate = True

    return observed(change), CLAIMED
