"""What is found out about an upload, and how uploads are stored: all of a request or none."""

import hashlib
import os
import re
from collections.abc import Sequence
from uuid import uuid4

from flask import current_app
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from .models import Receipt, db

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
LONGEST_NAME = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Refused(Exception):
    """An upload that is not stored, and why."""

    def __init__(self, status: int, error: str, **details: object) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **details}

    def answer(self) -> tuple[dict[str, object], int]:
        return self.body, self.status


def name_of(file: FileStorage) -> str:
    """The last part of the client's path, on whichever system it was written. It is shown, never opened."""
    name = re.split(r"[/\\]", file.filename or "")[-1]
    if name in ("", ".", "..") or len(name) > LONGEST_NAME or CONTROL.search(name):
        raise Refused(400, "bad-name")
    return name


def size_of(file: FileStorage) -> int:
    """Counted: the length that a part declares is what the client likes."""
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    limit = current_app.config["MAX_FILE_SIZE"]
    if size > limit:
        raise Refused(413, "file-too-large", limit=limit)
    return size


def type_of(file: FileStorage) -> str:
    """Read off the first bytes."""
    start = file.stream.read(max(map(len, SIGNATURES)))
    file.stream.seek(0)
    for signature, found in SIGNATURES.items():
        if start.startswith(signature):
            return found
    raise Refused(415, "unsupported-type")


def digest_of(file: FileStorage) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()
    file.stream.seek(0)
    return digest


def examined(trip: int, file: FileStorage) -> Receipt:
    """The receipt that a file makes, not stored yet."""
    return Receipt(
        trip=trip,
        name=name_of(file),
        size=size_of(file),
        type=type_of(file),
        digest=digest_of(file),
        stored_as=uuid4().hex,
    )


def store(trip: int, files: Sequence[FileStorage]) -> list[Receipt]:
    """Examines all files before one is written; whatever fails is rolled back."""
    receipts = [examined(trip, file) for file in files]
    try:
        db.session.add_all(receipts)
        db.session.flush()
        for receipt, file in zip(receipts, files, strict=True):
            file.save(receipt.path)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(409, "duplicate") from error
    except Exception:
        db.session.rollback()
        raise
    return receipts
