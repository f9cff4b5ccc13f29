"""What worker B sends in the stem, two apps standing for the memories of two workers: pairs of texts."""

from flask import Flask, Response, request


def make_worker():
    """The app as each worker loads it: with a `history` of its own."""
    app = Flask(__name__)
    history = []

    @app.post("/messages")
    def post():
        history.append(request.form["text"])
        return "", 204

    @app.get("/events")
    def events():
        seen = int(request.headers.get("Last-Event-ID", "0"))

        def stream():
            for number, text in enumerate(history[seen:], seen + 1):
                yield f"id: {number}\ndata: {text}\n\n"

        return Response(stream(), mimetype="text/event-stream")

    return app.test_client()


def sent(numbers_and_texts):
    return "".join(f"id: {number}\ndata: {text}\n\n" for number, text in numbers_and_texts)


FROM_A, FROM_B = [f"a{n}" for n in range(6)], [f"b{n}" for n in range(3)]


def reconnect():
    a, b = make_worker(), make_worker()
    for worker, texts in ((a, FROM_A), (b, FROM_B)):
        for text in texts:
            worker.post("/messages", data={"text": text})
    shown = a.get("/events").text
    last = shown.rpartition("id: ")[2].partition("\n")[0]
    response = b.get("/events", headers={"Last-Event-ID": last})
    return response.text if response.status_code == 200 else response.status_code


def all_three():
    return reconnect(), sent(enumerate(FROM_B, 1))


def renumbered():
    return reconnect(), sent(enumerate(FROM_B, 7))


def nothing():
    return reconnect(), ""


def all_nine():
    return reconnect(), sent(enumerate(FROM_A + FROM_B, 1))


def again():
    return reconnect(), sent(enumerate(FROM_A, 1))


def error():
    return reconnect(), 500
