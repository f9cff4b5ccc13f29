"""What the browser makes of the script: pairs (objects for each name, what was passed).

A script ends at the first ``</script``, entities in it are not decoded, and a literal is read by JavaScript's rules.
"""

import json

from flask import Flask, render_template
from jinja2 import DictLoader

NAMES = ("Ada", "O'Hara", 'the "Duke"', "back\\slash", "</script><script>alert(1)</script>", "a & b", "&#34;")
CALL = "JSON.parse('"


def in_single_quotes(source):
    """What JavaScript reads between single quotes, or None where the string ends early."""
    read, position = "", 0
    while position < len(source):
        if source[position] == "'":
            return None
        if source[position] == "\\":
            size = 6 if source[position + 1] == "u" else 2
            piece = source[position : position + size]
            read += "'" if piece == "\\'" else json.loads(f'"{piece}"')
            position += size
        else:
            read += source[position]
            position += 1
    return read


def value(literal):
    try:
        if literal.startswith(CALL) and literal.endswith("')"):
            return json.loads(in_single_quotes(literal[len(CALL) : -2]) or "")
        return json.loads(literal)
    except ValueError:
        return "broken"


def seen(expression):
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": "<script>\n  const user = " + expression + ";\n</script>"})
    found = []
    with app.test_request_context():
        for name in NAMES:
            page = render_template("page.html", user={"name": name, "age": None})
            script = page.removeprefix("<script>").partition("</script")[0]
            found.append(value(script.strip().removeprefix("const user = ").removesuffix(";")))
    return found


PASSED = [{"name": name, "age": None} for name in NAMES]


def printed():
    return seen("{{ user }}"), PASSED


def in_quotes():
    return seen('"{{ user|tojson }}"'), PASSED


def tojson():
    return seen("{{ user|tojson }}"), PASSED


def parsed():
    return seen("JSON.parse('{{ user|tojson|safe }}')"), PASSED


def safe():
    return seen("{{ user|safe }}"), PASSED


def escaped_json():
    return seen("{{ user|tojson|forceescape }}"), PASSED
