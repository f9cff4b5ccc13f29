"""A task as its candidate gets it: the brief, the files to begin with, the kit; and where a submission of it stands."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from harness.domain.packs import unpack
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import UNFINISHED, FrozenItem, Job, JobKind, JobState, Submission

if TYPE_CHECKING:
    from harness.store.models import AttemptItem


@dataclass(frozen=True, slots=True)
class TaskView:
    """What a page shows of a task. ``files`` are the starter's and the public tests', by path."""

    title: str
    summary: str
    kind: str
    minutes: int
    brief: str  # Markdown
    files: Mapping[str, str]


def view(item: FrozenItem) -> TaskView:
    """The task's public half, as its pages show it."""
    half = unpack(item.content)
    folder = f"challenges/{item.item.split('/')[0]}/tasks/{item.item.split('/')[1]}/"
    inside = {path.removeprefix(folder): data for path, data in half.items() if path.startswith(folder)}
    manifest = tomllib.loads(inside["task.toml"].decode())
    starter = {
        path.removeprefix("public/starter/"): data
        for path, data in inside.items()
        if path.startswith("public/starter/")
    }
    tests = {path.removeprefix("public/"): data for path, data in inside.items() if path.startswith("public/tests/")}
    return TaskView(
        title=manifest["title"],
        summary=manifest["summary"],
        kind=manifest["kind"],
        minutes=manifest["minutes"],
        brief=inside["public/brief.md"].decode().split("\n", 1)[1].strip(),  # the page has the title
        files={path: data.decode() for path, data in sorted({**starter, **tests}.items())},
    )


def kit_of(item: FrozenItem) -> dict[str, bytes]:
    """The kit's files. Raises Refused where the item is no task."""
    if item.kit is None:
        raise Refused(Why.UNKNOWN, "There is no such task.")
    return unpack(item.kit)


def for_editor(item: FrozenItem, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of an uploaded project is its candidate's: all but what stands there as the kit brings it to every task."""
    own = view(item).files
    brought = {path: data for path, data in kit_of(item).items() if path not in own}
    return {path: data for path, data in files.items() if brought.get(path) != data}


def to_run(item: FrozenItem, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files beside which the public tests run: a kit, with the candidate's own in place of the starter."""
    kit, own = kit_of(item), view(item).files
    brought = {path: data for path, data in kit.items() if path not in own}
    tests = {path: data for path, data in kit.items() if path.startswith("tests/")}
    return {**tests, **files, **brought}


def kit_archive(item: FrozenItem, folder: str) -> bytes:
    """The kit as a zip, all of it in one folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in kit_of(item).items():
            archive.writestr(f"{folder}/{path}", data)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands. ``before`` counts the jobs that are done first."""

    job: Job
    before: int

    @property
    def going_on(self) -> bool:
        return self.job.state in UNFINISHED


def progress(submission: Submission) -> Progress | None:
    """The last job of a submission, and how many wait before it. Dry runs of regrades are nobody's but the graders'."""
    own = select(Job).where(Job.submission_id == submission.id, Job.kind != JobKind.DRY_RUN)
    job = db.session.scalar(own.order_by(Job.id.desc()).limit(1))
    if job is None:
        return None
    earlier = or_(Job.priority < job.priority, and_(Job.priority == job.priority, Job.id < job.id))
    count = select(func.count()).select_from(Job).where(Job.state == JobState.WAITING, earlier)
    return Progress(job, (db.session.scalar(count) or 0) if job.state is JobState.WAITING else 0)


def states(submissions: Collection[int]) -> Mapping[int, JobState]:
    """How far each of these submissions is, in one query."""
    own = and_(Job.submission_id.in_(submissions), Job.kind != JobKind.DRY_RUN)
    newest = select(func.max(Job.id)).where(own).group_by(Job.submission_id)
    chosen = select(Job.submission_id, Job.state).where(Job.id.in_(newest))
    return dict(db.session.execute(chosen).all())


@dataclass(frozen=True, slots=True)
class RunLine:
    """One test of a public run. ``text`` is the candidate's own program's, to be shown inert."""

    outcome: str
    name: str
    text: str

    @property
    def reason(self) -> str:
        """The last line in which pytest says what went wrong, without its mark; nothing where there is none."""
        said = [line[1:].strip() for line in self.text.splitlines() if line.startswith("E  ")]
        return said[-1] if said else ""


def last_run(item: AttemptItem) -> tuple[Progress, list[RunLine], str] | None:
    """The last run of the public tests: where it stands, its lines so far, and what went wrong."""
    submission = db.session.scalar(
        select(Submission)
        .join(Job)
        .where(Submission.item_id == item.id, Job.kind == JobKind.PUBLIC_RUN)
        .order_by(Submission.id.desc())
        .limit(1)
    )
    found = progress(submission) if submission else None
    if found is None:
        return None
    lines, trouble = [], found.job.trouble if found.job.state is JobState.FAILED else ""
    for line in found.job.progress:
        head, _, text = line.partition("\n")
        outcome, _, name = head.partition(" ")
        if outcome == "trouble":
            trouble = name
        else:
            lines.append(RunLine(outcome, name, text))
    return found, lines, trouble
