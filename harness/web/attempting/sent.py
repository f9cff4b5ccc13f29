"""What a task's page sends: the files of its form, or an archive or files of the person's own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from flask import request

from harness.intake import ENDINGS, read_files, read_submission
from harness.services.errors import Refused, Why


def own_first(files: Mapping[str, str]) -> dict[str, str]:
    """The same files: what one writes, then the tests."""
    return dict(sorted(files.items(), key=lambda file: (file[0].startswith("tests/"), file[0])))


@dataclass(frozen=True, slots=True)
class Form:
    """A task's form as it stands. ``rest`` is what has no place among the files: a path and a content each."""

    stands: Mapping[str, str]
    rest: tuple[tuple[str, str], ...] = ()
    version: int = -1
    problem: str = field(default="")

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [*own_first(self.stands).items(), *self.rest]

    def files(self) -> dict[str, str]:
        """By path. Raises Refused where two are called alike, or one has no name."""
        if self.problem:
            raise Refused(Why.INVALID, self.problem)
        return dict(self.stands)


def read_form() -> Form:
    """The request's. A line ends as Python's tools write it, whatever a form sends.

    A file whose path was emptied is deleted; ``was`` tells it from a new one that got no name.
    """
    values = (request.form.getlist(name) for name in ("path", "content", "was"))
    stands: dict[str, str] = {}
    rest, problem = [], ""
    for path, content, was in zip_longest(*values, fillvalue=""):
        name, text = path.strip(), content.replace("\r\n", "\n")
        if name and name not in stands:
            stands[name] = text
        elif name:
            problem = f"Two files are called {name}. Rename one of them."
            rest.append((name, text))
        elif text.strip() and not was:
            problem = "The new file has no name. Write a path such as folder/name.py above it."
            rest.append(("", text))
    return Form(stands, tuple(rest), request.form.get("version", default=-1, type=int), problem)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded. ``whole`` says that it is a project, and not files to go among those that are there."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]
    whole: bool


def read_upload(standing: Mapping[str, str]) -> Upload:
    """The request's archive or files; single files go where one of that name stands. Raises Refused, IntakeError."""
    sent = [one for one in request.files.getlist("archive") if one.filename]
    if not sent:
        raise Refused(Why.INVALID, "Choose a .zip, a .tar.gz, or files first.")
    endings = [next((end for end in ENDINGS if (one.filename or "").lower().endswith(end)), "") for one in sent]
    if not any(endings):
        read = read_files((place(one.filename or "", standing), one.stream.read()) for one in sent)
        return Upload(read.files, read.notes, whole=False)
    if len(sent) > 1:
        raise Refused(Why.INVALID, "Choose one archive, or several files, but not both at once.")
    with tempfile.TemporaryDirectory(prefix="assay-upload-") as folder:
        path = Path(folder) / f"project{endings[0]}"
        sent[0].save(path)
        read = read_submission(path)
    return Upload(read.files, read.notes, whole=True)


def place(name: str, standing: Mapping[str, str]) -> str:
    """Where a file that came without its folder belongs: beside nothing, or where the only one of its name is."""
    alike = [path for path in standing if PurePosixPath(path).name == name]
    return alike[0] if len(alike) == 1 else name
