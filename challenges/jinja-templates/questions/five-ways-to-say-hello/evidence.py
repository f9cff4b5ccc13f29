"""Which of the five results are escaped: pairs of lists of names."""

from flask import Flask, render_template, render_template_string
from jinja2 import DictLoader

FILES = ("hello.html", "hello.svg", "hello.txt", "hello.html.j2")
STRING = "string"


def escaped():
    app = Flask(__name__)
    app.jinja_loader = DictLoader(dict.fromkeys(FILES, "Hello {{ name }}"))
    name = "<b>Ada</b>"
    with app.test_request_context():
        results = {file: render_template(file, name=name) for file in FILES}
        results[STRING] = render_template_string("Hello {{ name }}", name=name)
    return [where for where, text in results.items() if text.startswith("Hello &lt;b&gt;")]


def all_five():
    return escaped(), [*FILES, STRING]


def all_but_text():
    return escaped(), ["hello.html", "hello.svg", "hello.html.j2", STRING]


def html_alone():
    return escaped(), ["hello.html"]


def both_html():
    return escaped(), ["hello.html", "hello.html.j2"]


def by_ending():
    return escaped(), ["hello.html", "hello.svg", STRING]


def files_on_the_list():
    return escaped(), ["hello.html", "hello.svg"]
