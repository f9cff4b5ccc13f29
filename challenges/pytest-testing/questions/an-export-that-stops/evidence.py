"""Whether the test passes or fails with each line."""

from types import SimpleNamespace

from flask import Flask, Response


def wallets():
    yield SimpleNamespace(owner="Ada", balance=100)
    raise ValueError


def outcome(line):
    app = Flask(__name__)

    @app.get("/wallets.csv")
    def export():
        def lines():
            for wallet in wallets():
                yield f"{wallet.owner},{wallet.balance}\n"

        return Response(lines(), mimetype="text/csv")

    app.config["TESTING"] = True
    try:
        assert line(app.test_client().get("/wallets.csv"))
    except (AssertionError, ValueError):
        return "fails"
    return "passes"


def status():
    return outcome(lambda response: response.status_code == 200), "fails"


def mime_type():
    return outcome(lambda response: response.mimetype == "text/csv"), "fails"


def streamed():
    return outcome(lambda response: response.is_streamed), "fails"


def first_line():
    return outcome(lambda response: next(response.iter_encoded()) == b"Ada,100\n"), "fails"


def length():
    return outcome(lambda response: response.content_length is None), "fails"


def body():
    return outcome(lambda response: response.text.endswith("\n")), "fails"
