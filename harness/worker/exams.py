"""From the catalogue back to files: the examiner reads a suite from a folder."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from harness.content.library import load_library
from harness.domain.errors import ContentError
from harness.domain.packs import unpack
from harness.grading.exam import Exam
from harness.store.base import db
from harness.store.models import FrozenItem, FrozenSecret

if TYPE_CHECKING:
    from types import TracebackType


class Exams:
    """Tasks by digest, each written out once into a folder of ours that goes with us."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="assay-exams-"))
        self._known: dict[str, Exam] = {}

    def __enter__(self) -> Exams:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def get(self, digest: str) -> Exam:
        """The task of this digest. Raises ContentError where the catalogue lacks it or its bytes are others."""
        if digest not in self._known:
            self._known[digest] = self._write(digest)
        return self._known[digest]

    def _write(self, digest: str) -> Exam:
        item = db.session.get(FrozenItem, digest)
        secret = db.session.get(FrozenSecret, digest)
        if item is None or secret is None:
            raise ContentError(f"the catalogue has no task {digest}")
        root = self._folder / digest
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, root, ignore_errors=True)
            for name, data in {**unpack(item.content), **unpack(secret.content)}.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            exam = Exam.of(load_library([root]).task(item.item))
            if exam.digest != digest:
                raise ContentError(f"the catalogue's {item.item} is not what its digest says")
            undo.pop_all()
        return exam
