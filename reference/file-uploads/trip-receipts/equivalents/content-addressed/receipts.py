"""Receipts of business trips: an archive class keeps them, with Core statements and files named by digest."""

import re
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, Integer, String, insert, select
from werkzeug.exceptions import HTTPException, NotFound

db = SQLAlchemy()
table = db.Table(
    "receipts",
    Column("id", Integer, primary_key=True),
    Column("trip", Integer, index=True),
    Column("name", String(200)),
    Column("type", String(40)),
    Column("size", Integer),
    Column("digest", String(128)),
)
SHOWN = (table.c.id, table.c.name, table.c.type, table.c.size)
GOOD_NAME = re.compile(r"(?!\.{1,2}\Z)[^\x00-\x1f\x7f]{1,200}", re.DOTALL)
STARTS = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
)


class Refusal(HTTPException):
    def __init__(self, code: int, reason: str, **extra: int) -> None:
        super().__init__(reason)
        self.code = code
        self.payload = {"error": reason} | extra


@dataclass
class Upload:
    """An upload in memory: the limits keep it small."""

    sent_name: str
    content: bytes

    @property
    def name(self) -> str:
        _, _, last = self.sent_name.replace("\\", "/").rpartition("/")
        if not GOOD_NAME.fullmatch(last):
            raise Refusal(400, "bad-name")
        return last

    @property
    def type(self) -> str:
        for pattern, found in STARTS:
            if pattern.match(self.content):
                return found
        raise Refusal(415, "unsupported-type")

    @property
    def digest(self) -> str:
        return blake2b(self.content).hexdigest()

    def row(self, trip: int, limit: int) -> dict[str, object]:
        if len(self.content) > limit:
            raise Refusal(413, "file-too-large", limit=limit)
        return {
            "trip": trip,
            "name": self.name,
            "type": self.type,
            "size": len(self.content),
            "digest": self.digest,
        }


class Archive:
    """The receipts of one trip. Its folder has a file per receipt, named by the content's digest."""

    def __init__(self, trip: int) -> None:
        self.trip = trip
        self.folder = Path(current_app.config["UPLOAD_FOLDER"], f"trip-{trip}")

    def all(self) -> list[dict[str, object]]:
        found = db.session.execute(select(*SHOWN).where(table.c.trip == self.trip).order_by(table.c.id))
        return [dict(row) for row in found.mappings()]

    def refuse_copies(self, digests: list[str]) -> None:
        known = set(db.session.scalars(select(table.c.digest).where(table.c.trip == self.trip)))
        if known & set(digests) or len(set(digests)) < len(digests):
            raise Refusal(409, "duplicate")

    def add(self, uploads: Iterable[Upload]) -> list[dict[str, object]]:
        uploads = list(uploads)
        rows = [upload.row(self.trip, current_app.config["MAX_FILE_SIZE"]) for upload in uploads]
        self.refuse_copies([str(row["digest"]) for row in rows])
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            undo.callback(db.session.rollback)
            added = []
            for upload, row in zip(uploads, rows, strict=True):
                path = self.folder / upload.digest
                undo.callback(path.unlink, missing_ok=True)
                path.write_bytes(upload.content)
                added.append(dict(db.session.execute(insert(table).values(row).returning(*SHOWN)).mappings().one()))
            db.session.commit()
            undo.pop_all()
        return added

    def download(self, number: int) -> Response:
        row = db.session.execute(select(table).where(table.c.trip == self.trip, table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound
        response = send_from_directory(self.folder, row.digest, mimetype=row.type)
        response.headers.set("Content-Disposition", "attachment", filename=row.name)
        return response


class Receipts(MethodView):
    def get(self, trip: int):
        return {"receipts": Archive(trip).all()}

    def post(self, trip: int):
        chosen = [file for file in request.files.getlist("file") if file.filename != ""]
        if not chosen:
            raise Refusal(400, "no-file")
        return {"receipts": Archive(trip).add(Upload(file.filename, file.read()) for file in chosen)}, 201


class OneReceipt(MethodView):
    def get(self, trip: int, number: int):
        return Archive(trip).download(number)


class ReceiptsApp(Flask):
    def handle_http_exception(self, e):
        if isinstance(e, Refusal):
            return e.payload, e.code
        if e.code == 413:
            return {"error": "request-too-large", "limit": self.config["MAX_CONTENT_LENGTH"]}, 413
        return super().handle_http_exception(e)

    def process_response(self, response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        return super().process_response(response)


def create_app(config=None):
    app = ReceiptsApp(__name__)
    defaults = {
        "SQLALCHEMY_DATABASE_URI": "sqlite:///receipts.db",
        "UPLOAD_FOLDER": f"{app.instance_path}/uploads",
        "MAX_FILE_SIZE": 4_000_000,
        "MAX_REQUEST_SIZE": 16_000_000,
    }
    app.config.from_mapping(defaults | dict(config or {}))
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_REQUEST_SIZE"]
    db.init_app(app)
    app.add_url_rule("/health", view_func=lambda: {"status": "ok"}, endpoint="health")
    app.add_url_rule("/trips/<int:trip>/receipts", view_func=Receipts.as_view("receipts"))
    app.add_url_rule("/trips/<int:trip>/receipts/<int:number>", view_func=OneReceipt.as_view("receipt"))
    with app.app_context():
        Path(app.config["UPLOAD_FOLDER"]).mkdir(parents=True, exist_ok=True)
        db.create_all()
    return app
