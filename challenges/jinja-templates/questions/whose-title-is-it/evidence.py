"""What the template prints: pairs of texts."""

from flask import Flask, render_template_string

PAGE = """{% macro card(title) -%}
  <h2>{{ title }}</h2>{{ caller() }}
{%- endmacro %}

{% for book in books -%}
  {% call card(book.title) %}{{ title }} by {{ book.author }}{% endcall %}
{%- endfor %}
"""


def printed():
    app = Flask(__name__)
    book = {"title": "Emma", "author": "Austen"}
    with app.test_request_context():
        return render_template_string(PAGE, title="Library", books=[book]).strip()


def names_of_the_place():
    return printed(), "<h2>Emma</h2>Library by Austen"


def names_of_the_macro():
    return printed(), "<h2>Emma</h2>Emma by Austen"


def macro_and_no_loop():
    return printed(), "<h2>Emma</h2>Emma by"


def page_and_no_loop():
    return printed(), "<h2>Emma</h2>Library by"


def page_in_both():
    return printed(), "<h2>Library</h2>Library by Austen"


def swapped():
    return printed(), "<h2>Library</h2>Emma by Austen"
