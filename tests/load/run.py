"""300 candidates at once for two minutes, on one machine with SQLite: ``make load``.

The platform runs as `assay serve` runs it (one gunicorn, threads, one SQLite file) with one bare Flask route beside it;
Locust does what candidates' pages do, from this machine too. It fails where a request failed, where something that was
acknowledged is not in the database afterwards, or where the 95th percentile of a save is more than ten times that of
the bare route in the same run. docs/benchmarks.md has what was measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from harness.commands.serving.place import URL, Place  # noqa: E402
from harness.commands.serving.preparing import prepare  # noqa: E402
from harness.domain.content import Pool  # noqa: E402
from harness.services import accounts, assessments, attempts, drafting, inviting  # noqa: E402
from harness.services.drafting import Rules  # noqa: E402
from harness.services.inviting import Invitee  # noqa: E402
from harness.store.base import app_for, db  # noqa: E402
from harness.store.models import AttemptItem, FrozenItem, ItemKind, Part, Role  # noqa: E402
from tests.e2e.conftest import await_ready, free_port  # noqa: E402

HERE = Path(__file__).parent
MOST_TIMES_BARE = 10
COMING = 5  # candidates a second, before anything is measured
ASKING = 5  # that ask for the bare route only
SAVES = ("save an answer", "save a draft")
TASK = "contexts/busy-weighbridge"
BLUEPRINT = "fundamentals:junior=4,orm:mid=4,security:mid=4,apis:mid=4,devops:mid=4"


def locust() -> str:
    """Locust in an environment of its own: it changes how sockets work, and nothing of ours needs that."""
    folder = ROOT / "build" / "load"
    program = folder / "bin" / "locust"
    if not program.exists():
        print("Installing Locust …", flush=True)
        venv.create(folder, with_pip=True)
        wanted = ["--require-hashes", "-r", str(ROOT / "requirements" / "load.txt")]
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *wanted], check=True)
    return str(program)


def invite(people: int) -> list[str]:
    """An assessment of twenty questions and a task, and so many links."""
    owner = accounts.add_user("load@example.org", "Load", Role.INTERVIEWER)
    made = assessments.create(owner, "Load")
    drafting.set_rules(made.id, Rules("Load", "", question_minutes=60, task_minutes=60))
    drafting.draw_questions(made.id, BLUEPRINT, Pool.PRACTICE)
    chosen = select(FrozenItem.digest).where(FrozenItem.kind == ItemKind.TASK, FrozenItem.item == TASK)
    drafting.set_tasks(made.id, list(db.session.scalars(chosen.where(FrozenItem.current))))
    assessments.publish(made.id, owner.id)
    invited = inviting.invite(made.id, [Invitee(f"Candidate {number}") for number in range(people)], owner.id)
    return [f"/assessment/open/{token}" for _, token in invited]


@contextmanager
def serving(place: Place, port: int) -> Iterator[None]:
    environment = {
        **place.environment(),
        "ASSAY_BIND": f"127.0.0.1:{port}",
        "ASSAY_SESSION_COOKIE_SECURE": "no",
        "ASSAY_PROXIES": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:harness.web.gunicorn_conf", "tests.load.site:make()"]
    log = place.folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            await_ready(f"http://127.0.0.1:{port}", process, log)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def load(program: str, folder: Path, port: int, links: list[str], seconds: int) -> None:
    """Lets the candidates loose. Locust's figures go to ``load_stats.csv``."""
    (folder / "links").write_text("\n".join(links), "utf-8")
    environment = {**os.environ, "ASSAY_LOAD_LINKS": str(folder / "links"), "ASSAY_LOAD_KEPT": str(folder / "kept")}
    users = len(links) + ASKING
    command = [program, "-f", str(HERE / "candidates.py"), "--headless", "--host", f"http://127.0.0.1:{port}"]
    command += ["--users", str(users), "--spawn-rate", str(COMING), "--run-time", f"{seconds}s", "--stop-timeout", "30"]
    command += ["--csv", str(folder / "load"), "--reset-stats", "--loglevel", "ERROR"]
    subprocess.run(command, env=environment, check=False, cwd=folder)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of request: how many, how many failed, its median and its 95th percentile in milliseconds."""

    name: str
    count: int
    failed: int
    median: float
    p95: float


def figures(folder: Path) -> Mapping[str, Line]:
    with (folder / "load_stats.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["Name"]: Line(
            row["Name"], int(row["Request Count"]), int(row["Failure Count"]), float(row["50%"]), float(row["95%"])
        )
        for row in rows
        if row["Name"] != "Aggregated" and row["Request Count"] != "0"
    }


def lost(kept: Mapping[str, Any]) -> list[str]:
    """What was acknowledged and is not there. A save that was on its way at the end may be there instead."""
    wrong = []
    for link, told in kept.items():
        invitation = attempts.find_invitation(link.rpartition("/")[2])
        attempt = attempts.attempt_of(invitation.id)
        assert attempt is not None
        questions = [item for item in attempt.items if item.part is Part.QUESTIONS]
        for address, answer in told["answers"].items():
            item = questions[int(re.findall(r"\d+$", address)[0]) - 1]
            if not stands(item.answer.chosen if item.answer else [], answer):
                wrong.append(f"{invitation.name}, {address}")
        task = next(item for item in attempt.items if item.part is Part.TASKS)
        if told["draft"] and not drafted(task, told["draft"]):
            wrong.append(f"{invitation.name}, the draft")
        db.session.expire_all()
    return wrong


def stands(chosen: list[str], answer: Mapping[str, str]) -> bool:
    acknowledged = answer.get("acknowledged")
    return chosen == ([acknowledged] if acknowledged else []) or chosen == [answer["sent"]]


def drafted(task: AttemptItem, draft: Mapping[str, str]) -> bool:
    content = {file.path: file.content for file in task.draft}.get(draft["path"])
    return content in (draft.get("acknowledged"), draft["sent"])


def judge(lines: Mapping[str, Line], wrong: list[str]) -> list[str]:
    """What is not as it should be."""
    bare = lines["bare route"].p95
    faults = [f"{one.failed} of {one.count} requests failed: {one.name}" for one in lines.values() if one.failed]
    faults += [f"lost: {what}" for what in wrong]
    for name in SAVES:
        if lines[name].p95 > MOST_TIMES_BARE * bare:
            faults.append(f"{name}: 95th percentile {lines[name].p95:g} ms, {lines[name].p95 / bare:.1f} times bare")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=120, help="measured, after everybody has come in")
    options = parser.parse_args()
    program, port = locust(), free_port()
    with tempfile.TemporaryDirectory(prefix="assay-load-") as name:
        folder = Path(name)
        place = Place(folder)
        place.prepare()
        prepare(place, "", [], print)
        app = app_for(place.environment()[URL])
        with app.app_context():
            links = invite(options.people)
            db.session.remove()
            db.engine.dispose()
        with serving(place, port):
            load(program, folder, port, links, options.seconds + options.people // COMING)
        kept = json.loads((folder / "kept").read_text("utf-8"))
        lines = figures(folder)
        with app.app_context():
            wrong = lost(kept)
    bare = lines["bare route"].p95
    print(f"\n{'request':24}{'count':>8}{'failed':>8}{'median ms':>11}{'95 % ms':>9}{'to bare':>9}")
    for one in sorted(lines.values(), key=lambda one: one.p95):
        print(f"{one.name:24}{one.count:8}{one.failed:8}{one.median:11g}{one.p95:9g}{one.p95 / bare:9.1f}")
    print(f"{len(kept)} candidates were looked up in the database: {len(wrong)} of their saves are missing.")
    faults = judge(lines, wrong)
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults or len(kept) != options.people else 0


if __name__ == "__main__":
    sys.exit(main())
