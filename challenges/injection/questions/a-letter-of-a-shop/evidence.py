"""Whether number and total can be put in, and whether some template shows the key: pairs of both."""

from string import Formatter, Template

from flask import Flask, render_template_string
from jinja2 import Environment
from markupsafe import Markup

PAYMENT_KEY = "pk-4711-secret"
BRACES = "No {order.number}: {order.total}"
DOUBLE_BRACES = "No {{ order.number }}: {{ order.total }}"
DOLLARS = "No $number: $total"
ATTACKS = [
    "{order.__init__.__globals__[PAYMENT_KEY]}",
    "{{ order.__init__.__globals__.PAYMENT_KEY }}",
    "$order.__init__.__globals__.PAYMENT_KEY ${PAYMENT_KEY} $PAYMENT_KEY",
    "%(PAYMENT_KEY)s",
    "${number.__class__} ${__init__.__globals__} $__init__",
]
RIGHT = (True, False)


class Order:
    def __init__(self, number, total):
        self.number = number
        self.total = total


def shown(letter, honest):
    order = Order(17, "9.75")
    app = Flask(__name__)
    seen = []
    with app.test_request_context():
        for template in (honest, *ATTACKS):
            try:
                seen.append(letter(template, order))
            except (KeyError, ValueError, IndexError) as error:
                seen.append(type(error).__name__)
    return seen[0] == "No 17: 9.75", any(PAYMENT_KEY in text for text in seen)


def format_map():
    return shown(lambda template, order: template.format_map({"order": order}), BRACES), RIGHT


def environment():
    return shown(
        lambda template, order: Environment(autoescape=True).from_string(template).render(order=order), DOUBLE_BRACES
    ), RIGHT


def markup():
    return shown(lambda template, order: str(Markup(template).format(order=order)), BRACES), RIGHT


def formatter():
    return shown(lambda template, order: Formatter().vformat(template, (), {"order": order}), BRACES), RIGHT


def template_string():
    return shown(lambda template, order: render_template_string(template, order=order), DOUBLE_BRACES), RIGHT


def dollar_names():
    return shown(lambda template, order: Template(template).safe_substitute(vars(order)), DOLLARS), RIGHT
