"""Receipts of business trips: people upload them, bookkeepers download them."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, Response, current_app, request, send_file
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.datastructures import FileStorage

MAX_NAME_LENGTH = 200
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Receipt(db.Model):
    """An uploaded file. Its content is stored in the upload folder, under ``key``."""

    __table_args__ = (UniqueConstraint("trip", "digest"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    trip: Mapped[str] = mapped_column(String)  # digits: the number of a trip may be larger than an integer column
    name: Mapped[str] = mapped_column(String(MAX_NAME_LENGTH))
    type: Mapped[str] = mapped_column(String(50))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))

    @property
    def path(self) -> Path:
        return Path(current_app.config["UPLOAD_FOLDER"]) / self.key

    def as_json(self) -> dict[str, Any]:
        return {"id": self.key, "name": self.name, "type": self.type, "size": self.size}


class Refused(Exception):
    """The request can't be accepted."""

    def __init__(self, status: int, error: str, **details: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **details}


def clean_name(filename: str) -> str:
    """The last component of a file name as the client gave it."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    if not 1 <= len(name) <= MAX_NAME_LENGTH or name in (".", "..") or CONTROL_CHARACTERS.search(name):
        raise Refused(400, "bad-name")
    return name


def detect_type(content: bytes) -> str:
    for signature, mimetype in SIGNATURES.items():
        if content.startswith(signature):
            return mimetype
    raise Refused(415, "unsupported-type")


def read_upload(trip: int, upload: FileStorage) -> tuple[Receipt, bytes]:
    """Checks one file; nothing is stored yet."""
    name = clean_name(upload.filename or "")
    limit = current_app.config["MAX_FILE_SIZE"]
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise Refused(413, "file-too-large", limit=limit)
    receipt = Receipt(
        key=uuid4().hex,
        trip=str(trip),
        name=name,
        type=detect_type(content),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )
    return receipt, content


def store(uploads: list[tuple[Receipt, bytes]]) -> None:
    """Stores all receipts with their contents, or none."""
    try:
        db.session.add_all([receipt for receipt, _ in uploads])
        try:
            db.session.flush()
        except IntegrityError as error:
            raise Refused(409, "duplicate") from error
        for receipt, content in uploads:
            receipt.path.write_bytes(content)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///receipts.db",
        UPLOAD_FOLDER=str(Path(app.instance_path) / "uploads"),
        MAX_FILE_SIZE=4_000_000,
        MAX_REQUEST_SIZE=16_000_000,
    )
    app.config.from_mapping(config or {})
    # The size of the body is the only limit of a request: Flask's further ones would refuse what the brief accepts.
    app.config.update(MAX_CONTENT_LENGTH=app.config["MAX_REQUEST_SIZE"], MAX_FORM_MEMORY_SIZE=None, MAX_FORM_PARTS=None)
    db.init_app(app)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[dict[str, Any], int]:
        return error.body, error.status

    @app.errorhandler(413)
    def request_too_large(error: Exception) -> tuple[dict[str, Any], int]:
        return {"error": "request-too-large", "limit": app.config["MAX_REQUEST_SIZE"]}, 413

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/trips/<int(min=1):trip>/receipts")
    def upload_receipts(trip: int) -> tuple[dict[str, Any], int]:
        files = [file for file in request.files.getlist("file") if file.filename]
        if not files:
            raise Refused(400, "no-file")
        uploads = [read_upload(trip, file) for file in files]
        if len({receipt.digest for receipt, _ in uploads}) < len(uploads):
            raise Refused(409, "duplicate")
        answer = {"receipts": [receipt.as_json() for receipt, _ in uploads]}
        store(uploads)
        return answer, 201

    @app.get("/trips/<int(min=1):trip>/receipts")
    def list_receipts(trip: int) -> dict[str, Any]:
        receipts = db.session.scalars(select(Receipt).filter_by(trip=str(trip)).order_by(Receipt.number))
        return {"receipts": [receipt.as_json() for receipt in receipts]}

    @app.get("/trips/<int(min=1):trip>/receipts/<key>")
    def download_receipt(trip: int, key: str) -> Response:
        receipt = db.first_or_404(select(Receipt).filter_by(trip=str(trip), key=key))
        response = send_file(receipt.path, mimetype=receipt.type, as_attachment=True, download_name=receipt.name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    Path(app.config["UPLOAD_FOLDER"]).mkdir(parents=True, exist_ok=True)
    with app.app_context():
        db.create_all()
    return app
