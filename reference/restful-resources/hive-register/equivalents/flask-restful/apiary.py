"""The register with Flask-RESTful: resources, and one representation function for each format."""

import csv
import hashlib
import io
import json

from flask import Flask, Response, request
from flask_restful import Api, Resource, abort
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.exceptions import HTTPException

JSON, CSV = "application/json", "text/csv"
COLUMNS = ("code", "site", "boxes", "note")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Hive(db.Model):
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    site: Mapped[str]
    boxes: Mapped[int]
    note: Mapped[str]

    def shown(self):
        return {column: getattr(self, column) for column in COLUMNS}


def json_text(data):
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def csv_text(data):
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for hive in data["hives"] if "hives" in data else [data]:
        writer.writerow(hive[column] for column in COLUMNS)
    return lines.getvalue()


TEXTS = {JSON: json_text, CSV: csv_text}


def tag_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def representation(mimetype):
    """Answers to GET are in the format that was asked for; errors and answers to other methods are JSON."""

    def output(data, code, headers=None):
        if code == 204:
            return Response(status=204, headers=headers)
        if request.method not in ("GET", "HEAD") or code != 200:
            return Response(json_text(data), code, headers, content_type=JSON)
        text = TEXTS[mimetype](data)
        response = Response(text, code, headers, content_type=f"{mimetype}; charset=utf-8" if mimetype == CSV else JSON)
        response.headers["Vary"] = "Accept"
        response.set_etag(tag_of(text))
        if request.if_none_match.contains_weak(tag_of(text)):
            response.status_code = 304
            response.response = []
        return response

    return output


class RegisterApi(Api):
    """Not to be acceptable is an error of GET and HEAD alone."""

    def make_response(self, data, *args, **kwargs):
        if request.method in ("GET", "HEAD"):
            wanted = request.accept_mimetypes.best_match([JSON, CSV]) if request.accept_mimetypes else JSON
        else:
            wanted = JSON
        if wanted is None:
            wanted = JSON
            if args[0] == 200:
                data, args = {"message": "There are JSON and CSV"}, (406, *args[1:])
        return self.representations[wanted](data, *args, headers=kwargs.get("headers"))


def body_with(required, optional=()):
    data = request.get_json()
    if not isinstance(data, dict):
        abort(422, message="no object")
    good = {
        "code": lambda v: isinstance(v, str) and 2 <= len(v) <= 12 and v.isascii() and v.isalnum() and v == v.lower(),
        "site": lambda v: isinstance(v, str) and 0 < len(v) < 61,
        "boxes": lambda v: isinstance(v, int) and not isinstance(v, bool) and v in range(1, 10),
        "note": lambda v: isinstance(v, str) and len(v) < 201,
    }
    for field in (*required, *optional):
        if field not in data and field in required:
            abort(422, message=f"{field} is missing")
        if field in data and not good[field](data[field]):
            abort(422, message=f"{field} is wrong")
    return {field: data[field] for field in (*required, *optional) if field in data}


def hive_or_404(code):
    return db.session.get(Hive, code) or abort(404, message="no such hive")


def require_match(hive):
    if "If-Match" not in request.headers:
        abort(428, message="If-Match is missing")
    if not any(tag_of(text(hive.shown())) in request.if_match for text in TEXTS.values()):
        abort(412, message="this was changed")


class Hives(Resource):
    def get(self):
        return {"hives": [hive.shown() for hive in db.session.scalars(select(Hive).order_by(Hive.code))]}

    def post(self):
        fields = body_with(("code", "site", "boxes"), ("note",))
        if db.session.get(Hive, fields["code"]):
            abort(409, message="the code is taken")
        return make(**fields)


class OneHive(Resource):
    def get(self, code):
        return hive_or_404(code).shown()

    def put(self, code):
        hive = db.session.get(Hive, code)
        only_make = request.headers.get("If-None-Match", "").strip() == "*"
        if hive is None and "If-Match" in request.headers or hive is not None and only_make:
            abort(412, message="not in this state")
        if hive is not None:
            require_match(hive)
        fields = {"note": "", **body_with(("site", "boxes"), ("note",))}
        return make(code=code, **fields) if hive is None else change(hive, fields)

    def patch(self, code):
        hive = hive_or_404(code)
        require_match(hive)
        return change(hive, body_with((), ("site", "boxes", "note")))

    def delete(self, code):
        hive = hive_or_404(code)
        require_match(hive)
        db.session.delete(hive)
        db.session.commit()
        return None, 204


def make(code, site, boxes, note=""):
    hive = Hive(code=code, site=site, boxes=boxes, note=note)
    db.session.add(hive)
    db.session.commit()
    return hive.shown(), 201, {"Location": f"{request.host_url}hives/{code}"}


def change(hive, fields):
    for field, value in fields.items():
        setattr(hive, field, value)
    db.session.commit()
    return hive.shown()


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///apiary.db"
    app.config.update(config or {})
    db.init_app(app)
    api = RegisterApi(app)
    api.representations.clear()
    for mimetype in (JSON, CSV):
        api.representation(mimetype)(representation(mimetype))
    api.add_resource(Hives, "/hives")
    api.add_resource(OneHive, "/hives/<code>")

    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.errorhandler(HTTPException)
    def error(error):
        headers = [(name, value) for name, value in error.get_headers() if name not in ("Content-Type",)]
        return {"message": error.name}, error.code, headers

    with app.app_context():
        db.create_all()
    return app
