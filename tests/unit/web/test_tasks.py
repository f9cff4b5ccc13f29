"""The pages of a task: the plain form alone must do everything, and the script's requests are the same deeds."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.services import shelf, tasks
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Attempt, FrozenSecret, Invitation, Part
from harness.worker import queue

SCRIPT = {"X-Assay-Save": "1"}


class Desk:
    """Nora at her task, which has a draft in its first version and one submission of two."""

    def __init__(self, world):
        self.world, self.client = world, world.client("invited")
        self.path = world.find(lambda: f"/attempts/{self.attempt().ref}/tasks/1")

    def attempt(self):
        return db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == "Nora")).one()

    def item(self):
        return next(item for item in self.attempt().items if item.part is Part.TASKS)

    def find(self, ask):
        return self.world.find(lambda: ask(self.item()))

    def draft(self):
        return self.find(lambda item: {file.path: file.content for file in item.draft})

    def handed_in(self):
        return self.find(lambda item: [(one.kind.value, unpack(one.blob.content)) for one in item.submissions])

    def send(self, files, do="save", version=1, key="a", script=False, **more):
        pairs = list(files.items()) if isinstance(files, dict) else files
        form = {"version": version, "key": key, "do": do, "path": [one[0] for one in pairs], **more}
        form["content"] = [one[1] for one in pairs]
        return self.client.post(self.path, data=form, headers=SCRIPT if script else {})

    def page(self):
        return html.unescape(self.client.get(self.path).text)


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def fresh(world, desk):
    """The same, before anything was saved."""
    with world.site.app_context(), writing():
        item = desk.item()
        item.draft.clear()
        item.draft_version, item.draft_at = 0, None
    return desk


def test_the_page_has_the_brief_the_starter_and_a_field_for_each_file(fresh):
    page = fresh.page()
    task = fresh.find(lambda item: tasks.view(item.frozen))
    assert f'<h1 id="title">{task.title}</h1>' in page
    assert re.findall(r'name="path" value="([^"]+)"', page) == [
        *sorted(path for path in task.files if not path.startswith("tests/")),
        *sorted(path for path in task.files if path.startswith("tests/")),
    ]
    assert all(text in page for text in task.files.values())


def test_no_page_of_a_task_has_a_line_of_its_hidden_half(fresh, world):
    hidden = fresh.find(lambda item: unpack(db.session.get_one(FrozenSecret, item.digest).content))
    public = fresh.find(
        lambda item: b"".join([*unpack(item.frozen.content).values(), *unpack(item.frozen.kit).values()])
    )
    lines = {
        line.strip()
        for data in hidden.values()
        for line in data.decode("utf-8", "ignore").splitlines()
        if len(line.strip()) > 30 and line.strip().encode() not in public
    }
    assert len(lines) > 50
    for address in ("", "/run", "/submissions", "/starter"):
        shown = html.unescape(fresh.client.get(fresh.path + address).text)
        assert not [line for line in lines if line in shown]
    assert b"hidden/" not in fresh.client.get(f"{fresh.path}/kit").data


def test_the_kit_is_an_attachment_of_an_exact_type(desk):
    reply = desk.client.get(f"{desk.path}/kit")
    assert reply.headers["Content-Type"] == "application/zip"
    assert reply.headers["Content-Disposition"].startswith("attachment; filename=")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_reads_ahead(world, desk):
    with world.site.app_context(), writing():
        attempt = desk.attempt()
        attempt.parts.clear()
    assert desk.client.get(desk.path).status_code == 302
    assert desk.client.get(f"{desk.path}/kit").status_code == 409
    assert desk.client.get(f"{desk.path}/starter").status_code == 409


def test_a_plain_form_saves_renames_deletes_and_makes_files(desk):
    desk.send({"app.py": "x = 1\n", "old.py": "y = 2\n"})
    form = [("app.py", "x = 3\r\n"), ("new.py", "y = 2\n"), ("", "gone"), ("made.py", "z = 4")]
    reply = desk.send(form, version=2, was=["app.py", "old.py", "gone.py", ""])
    assert reply.status_code == 302
    assert desk.draft() == {"app.py": "x = 3\n", "new.py": "y = 2\n", "made.py": "z = 4"}


@pytest.mark.parametrize(
    ("files", "was", "said"),
    [
        ([("app.py", "kept = 1"), ("app.py", "kept = 2")], ["app.py", "b.py"], "Two files are called app.py."),
        ([("app.py", "kept = 1"), ("", "kept = 2")], ["app.py", ""], "The new file has no name."),
        ([("app.py", "kept = 1"), ("App.py", "kept = 2")], ["app.py", ""], "differs from 'app.py' only by case"),
        ([("app", "kept = 1"), ("app/a.py", "kept = 2")], ["app", ""], "is both a file and a folder"),
        ([("../app.py", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "leads out of the project"),
        ([("/etc/cron", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "is an absolute path"),
        ([("a\u202ey.py", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "direction-changing character"),
        ([("a\\b.py", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "has a backslash"),
        ([(".git/hooks/x", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "can't be called '.git/hooks/x'"),
        ([("a/" * 20 + "b.py", "kept = 1"), ("b.py", "kept = 2")], ["app.py", ""], "levels deep"),
        ([("a.py", "kept = 1\0"), ("b.py", "kept = 2")], ["app.py", ""], "has a NUL character"),
    ],
)
def test_what_could_not_be_handed_in_is_not_saved_and_not_lost(desk, files, was, said):
    reply = desk.send(files, was=was)
    page = html.unescape(reply.text)
    assert reply.status_code == 422
    assert said in page
    assert "kept = 1" in page
    assert "kept = 2" in page
    assert desk.draft() == {"app.py": "# by Nora\n"}


def test_names_and_contents_of_files_are_only_text(desk):
    desk.send({'"><script>alert(1)</script>.py': "</textarea><script>alert(2)</script>{{ 7 * 7 }}"})
    page = desk.client.get(desk.path).text
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


def test_a_draft_has_a_measure(desk):
    assert "'app.py' is larger than 1 MiB" in html.unescape(desk.send({"app.py": "x" * 1_048_577}).text)
    assert "has more than 200 files" in desk.send({f"{number}.py": "" for number in range(201)}).text
    assert desk.draft() == {"app.py": "# by Nora\n"}


def test_a_form_past_every_measure_is_refused_in_words(desk):
    reply = desk.send({"app.py": "x" * 9_000_000})
    assert reply.status_code == 413
    assert "nothing of it was taken" in reply.text


def test_missing_files_of_the_starter_come_back_and_what_is_written_stays(desk):
    starter = desk.find(lambda item: dict(tasks.view(item.frozen).files))
    first, *others = sorted(starter)
    desk.send({first: "mine"}, do="restore")
    assert desk.draft() == {first: "mine"} | {path: starter[path] for path in others}
    assert desk.client.get(f"{desk.path}/starter").json["files"] == starter


def test_two_tabs_are_told_of_each_other_and_choose(desk):
    assert desk.send({"app.py": "first"}, script=True).json["version"] == 2
    late = desk.send({"app.py": "second"}, script=True)
    assert late.status_code == 409
    assert (late.json["conflict"], late.json["saved"], late.json["version"]) == (True, False, 2)
    assert desk.draft() == {"app.py": "first"}
    assert desk.send({"app.py": "second"}, version=2, script=True).json["version"] == 3
    assert desk.draft() == {"app.py": "second"}


def test_without_script_the_later_tab_gets_its_text_back_and_both_ways_out(desk):
    desk.send({"app.py": "first"})
    late = desk.send({"app.py": "second"})
    assert late.status_code == 409
    assert "second" in late.text
    assert "take the other version" in late.text
    version = re.search(r'name="version" value="(\d+)"', late.text)[1]
    assert desk.send({"app.py": "second"}, version=version).status_code == 302
    assert desk.draft() == {"app.py": "second"}


def test_the_same_text_again_is_no_conflict(desk):
    """The answer to the first try was lost on its way."""
    assert desk.send({"app.py": "text"}, script=True).json["version"] == 2
    assert desk.send({"app.py": "text"}, script=True).json["version"] == 2


def test_a_double_click_is_one_submission_and_one_receipt(desk):
    replies = [desk.send({"app.py": "x = 5\n"}, do="hand-in", script=True) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    assert [kind for kind, _ in desk.handed_in()] == ["handed-in", "handed-in"]
    digest = desk.find(lambda item: item.submissions[-1].digest)
    page = desk.page()
    assert digest in page
    assert page.count("Received ") == 2
    assert "0 submissions left. The best counts." in page


def test_a_key_that_comes_again_with_other_files_is_another_click(desk, world):
    """The answer to the first was lost on its way, and the person wrote on."""
    desk.send({"app.py": "x = 5\n"}, do="run", key="k", script=True)
    with world.site.app_context():
        queue.complete(queue.claim("w"), [])
    desk.send({"app.py": "x = 6\n"}, do="run", version=2, key="k", script=True)
    assert [files["app.py"] for _, files in desk.handed_in()[1:]] == [b"x = 5\n", b"x = 6\n"]


def test_two_tabs_that_hand_in_the_same_are_one_submission(desk):
    desk.send({"app.py": "x = 5\n"}, do="hand-in", key="tab one", script=True)
    other = desk.send({"app.py": "x = 5\n"}, do="hand-in", version=2, key="tab two", script=True)
    assert "are submission 2 already" in other.json["told"]
    assert len(desk.handed_in()) == 2


def test_past_the_limit_the_draft_is_saved_and_nothing_handed_in(desk):
    desk.send({"app.py": "x = 5\n"}, do="hand-in", key="two", script=True)
    reply = desk.send({"app.py": "x = 6\n"}, do="hand-in", version=2, key="three", script=True)
    assert (reply.status_code, reply.json["saved"]) == (409, True)
    assert "All submissions of this task are used." in reply.json["problem"]
    assert desk.draft() == {"app.py": "x = 6\n"}
    assert len(desk.handed_in()) == 2


def test_the_warm_up_has_the_assessments_own_limit_and_uses_none_of_it(desk):
    begun = desk.client.post("/assessment/warm-up", follow_redirects=True)
    path = re.sub(r"/questions/.*", "/tasks/1", begun.request.path)
    for left in (2, 1, 0):
        shown = html.unescape(desk.client.get(path).text)
        assert f"{left} {'submission' if left == 1 else 'submissions'} left of 2" in shown
        assert "do not count there" in shown
        form = {
            "version": 2 - left,
            "key": f"key {left}",
            "do": "hand-in",
            "path": "hello.py",
            "content": f"x = {left}\n",
        }
        desk.client.post(path, data=form)
    assert "1 submission left. The best counts." in desk.page()


def test_without_python_nothing_is_handed_in(desk):
    reply = desk.send({"notes.md": "x"}, do="hand-in", script=True)
    assert "holds no Python source" in reply.json["problem"]
    assert len(desk.handed_in()) == 1


def test_a_run_has_the_kits_tests_the_persons_files_and_our_conftest(desk):
    kit = desk.find(lambda item: unpack(item.frozen.kit))
    desk.send({"app.py": "x = 1\n", "tests/conftest.py": "forged = 1\n"}, do="run")
    kind, files = desk.handed_in()[-1]
    assert kind == "public-run"
    assert files["app.py"] == b"x = 1\n"
    for path in [path for path in kit if path.startswith("tests/")]:
        assert files[path] == kit[path]
    assert files["assay.toml"] == kit["assay.toml"]
    assert "2 submissions left" not in desk.page()


def test_a_second_run_waits_for_the_first(desk):
    desk.send({"app.py": "x = 1\n"}, do="run", script=True)
    reply = desk.send({"app.py": "x = 2\n"}, do="run", version=2, key="b", script=True)
    assert "is not over yet" in reply.json["problem"]


def test_a_run_is_shown_as_it_grows_and_its_text_is_inert(desk, world):
    desk.send({"app.py": "x = 1\n"}, do="run")
    waiting = desk.client.get(f"{desk.path}/run").text
    assert "Waiting" in waiting
    assert 'hx-trigger="every 700ms"' in waiting
    with world.site.app_context():
        held = queue.claim("w")
        queue.keep(held, ["passed tests/a.py::test_one\n", "failed tests/a.py::test_two\n<img src=x onerror=1>"])
    growing = desk.client.get(f"{desk.path}/run").text
    assert "2 tests so far" in growing
    assert growing.count("<details open>") == 1
    assert "<img" not in growing
    with world.site.app_context():
        queue.complete(held, ["passed tests/a.py::test_one\n"])
    done = desk.client.get(f"{desk.path}/run").text
    assert "1 of 1 passed" in done
    assert "hx-get" not in done


def test_a_run_that_failed_by_our_fault_says_so_and_shows_nothing_of_it(desk, world):
    desk.send({"app.py": "x = 1\n"}, do="run")
    with world.site.app_context():
        for _ in range(queue.MOST_TRIES):
            queue.give_back(queue.claim("w"), "engine: /var/run/docker.sock is away")
    shown = desk.client.get(f"{desk.path}/run").text
    assert "fault of ours" in shown
    assert "docker.sock" not in shown


def test_a_submission_shows_where_it_stands(desk, world):
    desk.send({"app.py": "x = 5\n"}, do="hand-in")
    listed = lambda: desk.client.get(f"{desk.path}/submissions").text  # noqa: E731 - asked again and again
    assert "waiting" in listed()
    with world.site.app_context():
        held = queue.claim("w")
        queue.keep(held, ["one", "two"])
    assert "being graded: 2 checks so far" in listed()
    with world.site.app_context():
        queue.complete(held, [])
    assert "hx-get" not in listed()
    assert "The report comes when every part has ended." in listed()
    assert "Read the report" not in listed()


def test_after_the_end_nothing_is_taken_and_nothing_lost(desk):
    with time_machine.travel(now() + timedelta(hours=2)):
        assert desk.client.get(desk.path).location == "/assessment/"
        late = desk.send({"app.py": "late"}, script=True)
        assert (late.status_code, late.json["over"], late.json["saved"]) == (409, True, False)
        assert desk.send({"app.py": "late"}, do="hand-in").location == "/assessment/"
        assert desk.send({"app.py": "late"}, do="run").location == "/assessment/"
    assert desk.draft() == {"app.py": "# by Nora\n"}
    assert len(desk.handed_in()) == 1


def test_before_the_end_it_is_said_whether_the_draft_will_count(desk):
    ending = "/assessment/tasks/end"
    assert "your draft becomes one more submission" not in desk.client.get(ending).text, "it was handed in as it stands"
    desk.send({"app.py": "x = 5\n"})
    assert "your draft becomes one more submission" in desk.client.get(ending).text


def test_the_style_that_the_editor_makes_is_allowed_for_its_page_alone(desk):
    reply = desk.client.get(desk.path)
    nonce = re.search(r'data-nonce="([^"]+)"', reply.text)[1]
    policy = reply.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
    assert nonce not in desk.client.get(desk.path).text
    assert "nonce" not in desk.client.get(f"{desk.path}/run").headers["Content-Security-Policy"]


def test_every_task_can_be_opened_and_its_kit_taken(world):
    """Also those of kinds that the assessment above has not."""
    client = world.client("practising")
    for name in world.find(lambda: [one.item for one in shelf.offered_tasks()]):
        begun = client.post("/practice/tasks", data={"item": name, "key": name})
        page = client.get(begun.location)
        assert page.status_code == 200, name
        assert "until" not in page.text.split("</header>")[0], "practice has no clock"
        assert client.get(f"{begun.location}/kit").status_code == 200
