"""What three mails, an edit and one more mail cause: pairs (compilations before the edit, the texts), as wanted."""

from flask import Flask, render_template
from jinja2 import FunctionLoader

WANTED = (1, ["old", "old", "old", "new"])


def mails(loaded, reload=None):
    texts = {"thanks": "old"}
    current = texts.get
    app = Flask(__name__)
    app.config["TEMPLATES_AUTO_RELOAD"] = reload

    def load(name):
        return loaded(current, name, current(name))

    app.jinja_loader = FunctionLoader(load)
    compiled = []
    compile_ = app.jinja_env.compile

    def counted(*args, **options):
        compiled.append("once")
        return compile_(*args, **options)

    app.jinja_env.compile = counted
    with app.test_request_context():
        sent = [render_template("thanks") for _ in range(3)]
        before = len(compiled)
        texts["thanks"] = "new"
        return before, [*sent, render_template("thanks")]


def text_reload():
    return mails(lambda current, name, text: text, reload=True), WANTED


def text_default():
    return mails(lambda current, name, text: text), WANTED


def check_default():
    return mails(lambda current, name, text: (text, None, lambda: current(name) == text)), WANTED


def never_reload():
    return mails(lambda current, name, text: (text, None, lambda: False), reload=True), WANTED


def check_reload():
    return mails(lambda current, name, text: (text, None, lambda: current(name) == text), reload=True), WANTED


def changed_reload():
    return mails(lambda current, name, text: (text, None, lambda: current(name) != text), reload=True), WANTED
