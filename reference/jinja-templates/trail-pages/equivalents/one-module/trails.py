"""The whole site in one file: templates are strings, cards an include, and the names of all pages are functions."""

import json
from types import SimpleNamespace

from flask import Flask, abort, current_app, redirect, render_template, request, session
from jinja2 import DictLoader
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

LAYOUT = """<!doctype html>
<meta charset="utf-8">
<title>{{ heading }} | {{ config.SITE_NAME }}</title>
<div id="site-name">{{ config.SITE_NAME }}</div>
<p>{% block notice %}<b id="closed-count">{{ closed()|length }}</b> closed{% endblock %}</p>
<nav id="main-nav"><ul>
{% for address, label in (("/", "Trails"), ("/about", "About")) %}
  <li><a {{ {"href": address, "aria-current": "page" if address == section else none}|xmlattr }}>{{ label }}</a></li>
{% endfor %}
</ul></nav>
<h1>{{ heading }}</h1>
{% block content %}{% endblock %}
"""

CARDS = """<ul>{% for trail in cards %}
<li data-card={{ trail.id }} data-status={{ ("open", "closed")[trail.closed] }}>
  <a data-field=name href="/trails/{{ trail.id }}">{{ trail.name }}</a>
  <i data-field=distance>{{ shown(trail.km) }}</i>
</li>
{% endfor %}</ul>"""

INDEX = """{% extends "layout.html" %}
{% block content %}
<form><input name="q" id="q"{{ {"value": request.args.q}|xmlattr }}></form>
<div id="trails">{% include "cards.html" %}</div>
<script type="application/json" id="map-data">{{ for_map|json_in_script }}</script>
{% endblock %}"""

TRAIL = """{% extends "layout.html" %}
{% block content %}
<dl><dt>Region</dt><dd id="region">{{ trail.region }}</dd></dl>
<dl><dt>Distance</dt><dd id="distance">{{ shown(trail.km) }}</dd></dl>
{% for report in trail.reports %}
<blockquote data-report="{{ report.id }}">
  <cite data-field="author">{{ report.author or "Anonymous" }}</cite>
  <section data-field="text">{{ report.text|marked_up }}</section>
  {% if report.link %}{{ report.link|linked }}{% endif %}
</blockquote>
{% endfor %}
{% if cards %}<aside id="nearby">{% include "cards.html" %}</aside>{% endif %}
{% endblock %}"""

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>{{ config.SITE_NAME|e }}</title>
{%- for trail, report in reports %}
<item><title>{{ trail.name|e }}</title><description>{{ report.text|e }}</description></item>
{%- endfor %}</channel></rss>"""

TEMPLATES = {
    "layout.html": LAYOUT,
    "cards.html": CARDS,
    "index.html": INDEX,
    "trail.html": TRAIL,
    "page.html": '{% extends "layout.html" %}',
    "feed.rss": FEED,
}


def marked_up(text):
    """Escapes first, and then adds the markup to what is safe already."""
    found, lines = [], []
    for line in [*str(escape(text)).split("\n"), ""]:
        if line:
            lines.append(line)
        elif lines:
            found.append("<p>" + "<br/>".join(lines) + "</p>")
            lines = []
    return Markup("".join(found))


def linked(link):
    if link.casefold().partition(":")[0] in ("http", "https") and link.partition(":")[2].startswith("//"):
        return Markup('<a data-field="link" href="%s">photos</a>') % link
    return Markup('<code data-field="link">%s</code>') % link


def json_in_script(value):
    return Markup(json.dumps(value).replace("<", "\\u003c"))


def shown(km):
    """Reads the session itself: so it needs nothing from the template that calls it."""
    if session.get("units") == "mi":
        return f"{km * 0.621371:.1f} mi"
    return f"{km:.1f} km"


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping({"SITE_NAME": "Trail reports", "SECRET_KEY": "dev", **(config or {})})
    app.jinja_loader = DictLoader(TEMPLATES)
    app.jinja_env.filters.update(marked_up=marked_up, linked=linked, json_in_script=json_in_script)
    trails, reports = [], []
    app.jinja_env.globals.update(shown=shown, closed=lambda: [trail for trail in trails if trail.closed])

    def find(trail_id):
        return next((trail for trail in trails if trail.id == trail_id), None) or abort(404)

    @app.post("/api/trails")
    def add_trail():
        trails.append(SimpleNamespace(id=len(trails) + 1, reports=[], **{"closed": False, **request.get_json()}))
        return {"id": trails[-1].id}, 201

    @app.post("/api/trails/<int:trail_id>/reports")
    def add_report(trail_id):
        trail = find(trail_id)
        fields = {"author": None, "link": None, **request.get_json()}
        report = SimpleNamespace(id=len(reports) + 1, **fields)
        trail.reports.append(report)
        reports.append((trail, report))
        return {"id": report.id}, 201

    @app.post("/units")
    def units():
        session["units"] = request.form["units"]
        return redirect("/", 303)

    @app.get("/")
    def index():
        wanted = request.args.get("q", "").lower()
        cards = [trail for trail in trails if wanted in trail.name.lower()]
        for_map = [{name: getattr(trail, name) for name in ("id", "name", "km")} for trail in cards]
        return render_template("index.html", heading="Trails", section="/", cards=cards, for_map=for_map)

    @app.get("/trails/<int:trail_id>")
    def trail_page(trail_id):
        trail = find(trail_id)
        cards = [other for other in trails if other.region == trail.region and other.id != trail.id]
        return render_template("trail.html", heading=trail.name, section="/", trail=trail, cards=cards)

    @app.get("/about")
    def about():
        return render_template("page.html", heading="About", section="/about")

    @app.get("/feed")
    def feed():
        body = render_template("feed.rss", reports=reports)
        return current_app.response_class(body, mimetype="application/rss+xml")

    @app.errorhandler(HTTPException)
    def failed(error):
        heading = "No such page" if error.code == 404 else error.name
        return render_template("page.html", heading=heading, section=None), error.code

    return app
