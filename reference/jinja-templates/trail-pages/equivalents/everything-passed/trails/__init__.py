"""The site without a context processor: one function renders all pages, and macros get all that they use."""

from xml.etree import ElementTree as ET

from flask import Flask, abort, current_app, get_template_attribute, render_template, request, session

from .api import api
from .store import Store, get_store


def show(template, heading, status=200, **names):
    """Renders a page with its own names and those that the layout needs."""
    site = {"name": current_app.config["SITE_NAME"], "closed": get_store().closed_count()}
    return render_template(template, heading=heading, site=site, units=units(), **names), status


def units():
    return session.get("units") or "km"


def web_address(link):
    scheme, found, _ = (link or "").partition("://")
    return bool(found) and scheme.lower() in {"http", "https"}


def split_text(text):
    """The lines of each paragraph."""
    paragraphs = [[]]
    for line in text.split("\n"):
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def cards(trails):
    """The cards of trails, made by the macro: its result is marked as safe."""
    macro = get_template_attribute("parts/cards.html", "cards")
    return macro(trails, units())


def create_app(config=None):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "for development only"
    app.config["SITE_NAME"] = "Trail reports"
    app.config.update(config or {})
    app.extensions["store"] = Store()
    app.register_blueprint(api)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["split_text"] = split_text
    app.jinja_env.filters["miles"] = lambda km: km * 0.621371

    @app.route("/")
    def index():
        q = request.args.get("q")
        trails = get_store().trails(q or "")
        data = [dict(id=trail.id, name=trail.name, km=trail.km) for trail in trails]
        return show("list.html", "Trails", q=q, cards=cards(trails), data=data)

    @app.route("/trails/<trail_id>")
    def trail(trail_id):
        found = get_store().trail(int(trail_id)) if trail_id.isdecimal() else None
        if found is None:
            abort(404)
        links = {report.id: report.link for report in found.reports if web_address(report.link)}
        return show("one.html", found.name, trail=found, cards=cards(get_store().nearby(found)), links=links)

    @app.route("/about")
    def about():
        return show("layout.html", "About")

    @app.route("/feed")
    def feed():
        root = ET.Element("rss", version="2.0")
        channel = ET.SubElement(root, "channel")
        ET.SubElement(channel, "title").text = app.config["SITE_NAME"]
        for trail, report in get_store().reports():
            item = ET.SubElement(channel, "item")
            ET.SubElement(item, "title").text = trail.name
            ET.SubElement(item, "description").text = report.text
        body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return body, {"Content-Type": "application/rss+xml"}

    @app.errorhandler(404)
    def missing(_):
        return show("layout.html", "No such page", 404)

    return app
