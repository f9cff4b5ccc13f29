"""What the template prints: pairs of texts with single spaces."""

from flask import Flask, render_template_string

PAGE = """{% for user in users if user.active -%}
  {{ loop.index }}/{{ loop.length }} {{ user.name }}{{ ";" if not loop.last }}
{% else -%}
  nobody
{% endfor %}
"""
USERS = [{"name": name, "active": name in ("Ada", "Cy")} for name in ("Ada", "Bob", "Cy", "Dee")]


def printed():
    app = Flask(__name__)
    with app.test_request_context():
        return " ".join(render_template_string(PAGE, users=USERS).split())


def filtered_with_else():
    return printed(), "1/2 Ada; 2/2 Cy nobody"


def length_of_all():
    return printed(), "1/4 Ada; 2/4 Cy"


def filtered():
    return printed(), "1/2 Ada; 2/2 Cy"


def all_counted():
    return printed(), "1/4 Ada; 3/4 Cy;"


def last_of_all():
    return printed(), "1/2 Ada; 2/2 Cy;"


def from_zero():
    return printed(), "0/2 Ada; 1/2 Cy"
