"""Whether the page shows the sum after an option's change: pairs (shown, the sum)."""

import re

from flask import Flask, render_template_string
from jinja2 import TemplateError

CART = [{"price": 3, "amount": 2}, {"price": 10, "amount": 1}, {"price": 1, "amount": 5}]
SUM = "21"
PAGE = """{% set total = 0 %}
{% for line in cart %}
  {% set total = total + line.price * line.amount %}
{% endfor %}
<b>{{ total }}</b>
"""
FIRST, BOLD = "{% set total = 0 %}", "<b>{{ total }}</b>"
assert FIRST in PAGE and BOLD in PAGE


def shown(page, **names):
    app = Flask(__name__)
    with app.test_request_context():
        try:
            text = render_template_string(page, cart=CART, **names)
        except TemplateError as error:
            return type(error)
    return "".join(re.findall("<b>(.*?)</b>", text))


def plus_equals():
    return shown(PAGE.replace("total = total +", "total +=")), SUM


def with_around():
    return shown(PAGE.replace(FIRST, "{% with total = 0 %}") + "{% endwith %}"), SUM


def from_the_view():
    return shown(PAGE.replace(FIRST, ""), total=0), SUM


def in_the_last_turn():
    page = PAGE.replace(BOLD, "").replace("{% endfor %}", "{% if loop.last %}" + BOLD + "{% endif %}{% endfor %}")
    return shown(page), SUM


def with_object(made):
    rest = PAGE.replace(FIRST, "").replace("total", "s.total")
    return shown("{% set s = " + made + " %}" + rest)


def namespace():
    return with_object("namespace(total=0)"), SUM


def a_dict():
    return with_object("{'total': 0}"), SUM
