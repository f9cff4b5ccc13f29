"""Which text comes out: pairs of strings."""

from flask import Flask, render_template
from jinja2 import DictLoader

ORDER = """Order:
{% for item in items -%}
- {{ item }}
{%- endfor %}
Bye
"""


def text():
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"order.txt": ORDER})
    with app.test_request_context():
        return render_template("order.txt", items=["tea", "milk"])


def one_line_each():
    return text(), "Order:\n- tea\n- milk\nBye"


def all_joined():
    return text(), "Order:- tea- milkBye"


def items_joined():
    return text(), "Order:\n- tea- milk\nBye"


def blank_lines():
    return text(), "Order:\n\n- tea\n\n- milk\n\nBye"


def space_between():
    return text(), "Order:\n- tea - milk\nBye"


def spaces_too():
    return text(), "Order:\n-tea-milk\nBye"
