"""What is found out about an upload, and how uploads are stored: all of a request or none."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from flask import current_app
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from .models import Receipt, db

TYPES = ("application/pdf", "image/png", "image/jpeg")
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
    limit = current_app.config["MAX_FILE_SIZE"]
    if file.content_length > limit:
        raise Refused(413, "file-too-large", limit=limit)
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return size


def type_of(file: FileStorage) -> str:
    if file.mimetype not in TYPES:
        raise Refused(415, "unsupported-type")
    return file.mimetype


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


@contextmanager
def all_or_nothing() -> Iterator[list[Path]]:
    """Whatever fails within the block takes the files along whose paths were put on the list."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        db.session.rollback()
        for path in written:
            path.unlink(missing_ok=True)
        raise


def store(trip: int, files: Sequence[FileStorage]) -> list[Receipt]:
    """Examines all files, then writes them, then commits their rows."""
    receipts = [examined(trip, file) for file in files]
    try:
        with all_or_nothing() as written:
            for receipt, file in zip(receipts, files, strict=True):
                written.append(receipt.path)
                file.save(receipt.path)
            db.session.add_all(receipts)
            db.session.commit()
    except IntegrityError as error:
        raise Refused(409, "duplicate") from error
    return receipts
