"""What 300 candidates do, as Locust's users: the requests that the pages' own scripts send, and no others.

Each comes by a link of its own, from an address of its own (as a proxy of ours says), starts both parts, and then marks
answers and has drafts saved until the end. What was sent last and what was acknowledged last is written down for
``run.py``, which looks into the database afterwards. Runs in an environment of Locust's own, without assay.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path
from urllib.parse import urlencode

from locust import FastHttpUser, between, constant_pacing, events, task

LINKS = Path(os.environ["ASSAY_LOAD_LINKS"]).read_text("utf-8").split()
KEPT = Path(os.environ["ASSAY_LOAD_KEPT"])
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
OPTION = re.compile(r'name="chosen" value="([^"]+)"')
HEAD = {"X-Assay-Save": "1"}
kept: dict[str, dict[str, object]] = {}
waiting = list(enumerate(LINKS))


class Candidate(FastHttpUser):
    """One person. A click or a save every few seconds is faster than anybody works."""

    wait_time = between(2, 5)
    fixed_count = len(LINKS)
    network_timeout = connection_timeout = 60

    def on_start(self) -> None:
        number, link = waiting.pop()
        self.dice = random.Random(number)
        self.address = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
        self.answers: dict[str, dict[str, object]] = {}
        self.draft: dict[str, object] = {}
        overview = self.get(link, "open the link")
        started = self.post("/assessment/questions/start", {"csrf_token": token(overview)}, "start a part")
        self.questions = re.findall(r'href="(/[^"]+/questions/\d+)"', started) or [""]
        self.fields(started)
        overview = self.get("/assessment/", "overview")
        workbench = self.post("/assessment/tasks/start", {"csrf_token": token(overview)}, "start a part")
        self.work = found(r'data-work="([^"]+)"', workbench)
        starter = json.loads(self.get(found(r'data-starter="([^"]+)"', workbench), "starter"))
        self.files: dict[str, str] = starter["files"]
        self.draft_version = int(found(VERSION, workbench))
        kept[link] = {"answers": self.answers, "draft": self.draft}

    def get(self, path: str, name: str) -> str:
        return text(self.client.get(path, name=name, headers=self.address))

    def post(self, path: str, fields: dict[str, str], name: str) -> str:
        return text(self.client.post(path, data=fields, name=name, headers=self.address))

    def fields(self, page: str) -> None:
        """What the page of one question has in its form."""
        self.csrf = token(page)
        self.version = int(found(VERSION, page))
        self.options = OPTION.findall(page)
        self.here = found(r'data-save="([^"]+)"', page)

    @task(4)
    def click(self) -> None:
        """Marks another option of the question that is open, and now and then goes on to another one."""
        chosen = self.dice.choice(self.options)
        told = self.answers.setdefault(self.here, {})
        told["sent"] = chosen
        self.save(self.here, {"version": str(self.version), "chosen": chosen}, "save an answer", told, chosen)
        self.version += 1
        if self.dice.random() < 0.5:
            self.fields(self.get(self.dice.choice(self.questions), "a question"))

    @task(3)
    def type(self) -> None:
        """The draft, as the editor saves it while one types."""
        path = sorted(self.files)[0]
        self.files[path] += f"# {self.dice.random()}\n"
        content = self.files[path]
        body = {"version": str(self.draft_version), "path": list(self.files), "content": list(self.files.values())}
        body |= {"was": list(self.files), "do": "save", "key": "load"}
        self.draft |= {"path": path, "sent": content}
        told = self.save(self.work, body, "save a draft", self.draft, content)
        self.draft_version = int(told.get("version", self.draft_version))

    def save(
        self, path: str, body: dict[str, object], name: str, told: dict[str, object], value: object
    ) -> dict[str, object]:
        """A save, and what is written down of it; one that was not taken is a failure."""
        headers = {**self.address, **HEAD, "X-CSRFToken": self.csrf}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        sent = urlencode(body, doseq=True)
        with self.client.post(path, data=sent, headers=headers, name=name, catch_response=True) as reply:
            answer = reply.json() if reply.status_code == 200 else {}
            if answer.get("kept") or answer.get("saved"):
                told["acknowledged"] = value
                reply.success()
            else:
                reply.failure(f"not saved: {reply.status_code}")
        return dict(answer)

    @task(1)
    def look(self) -> None:
        self.get(self.work, "the task's page")


class Bare(FastHttpUser):
    """Somebody who asks for the bare route, twice a second."""

    wait_time = constant_pacing(0.5)
    fixed_count = 5

    @task
    def ask(self) -> None:
        self.client.get("/bare/", name="bare route")


def text(reply: object) -> str:
    if reply.status_code != 200:  # type: ignore[attr-defined]
        raise RuntimeError(f"{reply.status_code} from {reply.url}")  # type: ignore[attr-defined]
    return str(reply.text)  # type: ignore[attr-defined]


def found(pattern: str | re.Pattern[str], page: str) -> str:
    match = re.search(pattern, page)
    if match is None:
        raise RuntimeError(f"no {pattern} in a page that begins {page[:200]}")
    return match[1]


def token(page: str) -> str:
    return found(CSRF, page)


@events.quitting.add_listener
def write_down(environment: object, **more: object) -> None:
    KEPT.write_text(json.dumps(kept), "utf-8")
