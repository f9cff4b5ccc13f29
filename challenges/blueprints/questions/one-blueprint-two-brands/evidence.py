"""What both brands show: pairs (observed, claimed)."""

from flask import Blueprint, Flask, current_app, g

CLAIMED = ["North", "South"]  # what every option claims


def shown(prepare=lambda app, pages: None, before=lambda app, pages, title: None, home=None, options=lambda title: {}):
    app = Flask(__name__)
    app.testing = True
    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/", "home", lambda **values: home(pages, **values))
    prepare(app, pages)
    for title in ("North", "South"):
        before(app, pages, title)
        brand = title.lower()
        app.register_blueprint(pages, name=brand, url_prefix=f"/{brand}", **options(title))
    client = app.test_client()
    there = [client.get(path).text for path in ("/north/", "/south/")]
    back = [client.get(path).text for path in ("/south/", "/north/")]
    return there if there == back[::-1] else None


def title_option(title):
    return {"title": title}


def configured(pages):
    return current_app.config["TITLE"]


def attribute_of(pages):
    return pages.title


def url_defaults():
    return shown(home=lambda pages, title: title, options=lambda title: {"url_defaults": {"title": title}}), CLAIMED


def attribute():
    return shown(before=lambda app, pages, title: setattr(pages, "title", title), home=attribute_of), CLAIMED


def app_config():
    return shown(before=lambda app, pages, title: app.config.update(TITLE=title), home=configured), CLAIMED


def record():
    def prepare(app, pages):
        pages.record(lambda state: setattr(pages, "title", state.options["title"]))

    return shown(prepare, home=attribute_of, options=title_option), CLAIMED


def record_once():
    def prepare(app, pages):
        pages.record_once(lambda state: state.app.config.update(TITLE=state.options["title"]))

    return shown(prepare, home=configured, options=title_option), CLAIMED


def name_of_blueprint():
    def prepare(app, pages):
        @pages.before_request
        def remember():
            g.title = pages.name.title()

    return shown(prepare, home=lambda pages: g.title), CLAIMED
