"""What the two addresses answer: pairs of lists."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, render_template


def answered():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "post.html").write_text("{{ section }}: {{ title }}")
        app = Flask(__name__)
        blog = Blueprint("blog", __name__, template_folder=folder)

        @app.context_processor
        def for_site():
            return {"section": "site", "title": "Shop"}

        @blog.context_processor
        def for_blog():
            return {"section": "blog", "title": "Blog"}

        @blog.get("/post")
        def post():
            return render_template("post.html", title="Post")

        @app.get("/about")
        def about():
            return render_template("post.html")

        app.register_blueprint(blog)
        client = app.test_client()
        return [client.get(address).text for address in ("/post", "/about")]


def processor_wins():
    return answered(), ["blog: Blog", "site: Shop"]


def view_over_blueprint():
    return answered(), ["blog: Post", "site: Shop"]


def with_the_file():
    return answered(), ["blog: Post", "blog: Blog"]


def app_is_last():
    return answered(), ["site: Post", "site: Shop"]


def one_for_all():
    return answered(), ["blog: Post", "blog: Shop"]


def blueprint_alone():
    return answered(), ["blog: Blog", "blog: Blog"]
