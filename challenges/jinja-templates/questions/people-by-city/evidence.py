"""What the template prints: pairs of texts in one line."""

from flask import Flask, render_template_string

PEOPLE = [
    {"name": "Ada", "city": "Rome"},
    {"name": "Bob", "city": "oslo"},
    {"name": "Cy", "city": "rome"},
    {"name": "Dee", "city": "Oslo"},
]
PAGE = """{% for city, group in people|groupby("city") -%}
{{ city }}: {{ group|map(attribute="name")|join(", ") }};
{% endfor %}
"""


def printed():
    app = Flask(__name__)
    with app.test_request_context():
        return " ".join(render_template_string(PAGE, people=PEOPLE).split())


def in_list_order():
    return printed(), "Rome: Ada, Cy; oslo: Bob, Dee;"


def capitals_first():
    return printed(), "Oslo: Dee; Rome: Ada; oslo: Bob; rome: Cy;"


def lower_case():
    return printed(), "oslo: Bob, Dee; rome: Ada, Cy;"


def neighbors_only():
    return printed(), "Rome: Ada; oslo: Bob; rome: Cy; Oslo: Dee;"


def sorted_by_value():
    return printed(), "oslo: Bob, Dee; Rome: Ada, Cy;"


def last_name_wins():
    return printed(), "Oslo: Bob, Dee; rome: Ada, Cy;"
