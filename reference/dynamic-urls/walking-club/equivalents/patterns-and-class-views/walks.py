"""The guided walks of a walking club: one converter that takes a pattern, and classes for the pages."""

import re
from datetime import date, timedelta
from functools import cached_property
from types import SimpleNamespace
from urllib.parse import urlencode, urljoin

from flask import Flask, Response, abort, current_app, json, make_response, request
from flask.views import MethodView
from werkzeug.routing import BaseConverter

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Pattern(BaseConverter):
    """``<re("a|b"):name>`` matches what the pattern matches."""

    def __init__(self, url_map, pattern):
        super().__init__(url_map)
        self.regex = pattern


class Page(MethodView):
    @cached_property
    def walks(self):
        return current_app.extensions["walks"]

    @cached_property
    def root(self):
        return request.script_root

    def link(self, *parts, **query):
        known = {key: value for key, value in query.items() if value is not None}
        return f"{self.root}/{'/'.join(parts)}" + (f"?{urlencode(known)}" if known else "")

    def shown(self, walk):
        return {
            "id": walk.id,
            "day": walk.day,
            "guide": walk.guide,
            "url": urljoin(request.host_url, self.link("walks", str(walk.id))),
            "day_url": self.link("days", walk.day, ""),
            "guide_url": self.link("guides", walk.guide.replace(" ", "_")),
        }

    def listed(self, **wanted):
        wanted = {key: value for key, value in wanted.items() if value is not None}
        return [self.shown(walk) for walk in self.walks if wanted.items() <= vars(walk).items()]


class Health(Page):
    def get(self):
        return {"status": "ok"}


class Walks(Page):
    def get(self):
        return {"walks": self.listed()}

    def post(self):
        sent = request.get_json()
        walk = SimpleNamespace(id=len(self.walks) + 1, day=sent["day"], guide=sent["guide"])
        self.walks.append(walk)
        answer = make_response(self.shown(walk), 201)
        answer.headers["Location"] = self.shown(walk)["url"]
        return answer


class OneWalk(Page):
    def get(self, number):
        for walk in self.walks:
            if str(walk.id) == number:
                return self.shown(walk)
        abort(404)


class Day(Page):
    def get(self, text):
        try:
            day = date(*map(int, DAY.fullmatch(text).groups()))
        except ValueError:
            abort(404)
        guide = request.args.get("guide")
        neighbours = {
            key: self.link("days", (day + timedelta(days=step)).isoformat(), "", guide=guide)
            for key, step in (("previous", -1), ("next", 1))
        }
        return {"day": text, "walks": self.listed(day=text, guide=guide), **neighbours}


class Guide(Page):
    def get(self, text):
        guide = text.replace("_", " ")
        return {"guide": guide, "walks": self.listed(guide=guide)}


def in_json(response: Response) -> Response:
    if response.status_code in (404, 405):
        response.data = json.dumps({"error": response.status})
        response.mimetype = "application/json"
    return response


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(config or {})
    app.extensions["walks"] = []
    app.url_map.converters["re"] = Pattern
    app.after_request(in_json)
    app.add_url_rule("/health", view_func=Health.as_view("health"))
    app.add_url_rule("/walks/", view_func=Walks.as_view("walks"))
    app.add_url_rule("/walks/<re('[0-9]+'):number>", view_func=OneWalk.as_view("walk"))
    app.add_url_rule(r"/days/<re('[0-9]{4}-[0-9]{2}-[0-9]{2}'):text>/", view_func=Day.as_view("day"))
    app.add_url_rule("/guides/<re('[A-Za-z&_]+'):text>", view_func=Guide.as_view("guide"))
    return app
