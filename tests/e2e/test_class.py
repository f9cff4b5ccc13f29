"""A teacher and a class of forty, in a real browser: from a zip, graded for real, to grades that everybody reads."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import ROOT, log_in

WORK = ROOT / "reference" / "dynamic-urls" / "walking-club"
MANY = 40
GRADED_MS = 240_000  # on a machine that has other things to do; alone it takes about half a minute
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def solutions() -> dict[str, dict[str, bytes]]:
    """The reference's right and wrong solutions, by their name."""
    folders = [WORK / "solution", *sorted((WORK / "wrong").iterdir())]
    return {
        one.name: {file.relative_to(one).as_posix(): file.read_bytes() for file in files_of(one)} for one in folders
    }


def files_of(folder: Path) -> list[Path]:
    return [one for one in sorted(folder.rglob("*")) if one.is_file() and "__pycache__" not in one.parts]


def a_class() -> list[tuple[str, str, str]]:
    """Everybody's id and name, and whose solution they hand in."""
    handed_in = islice(cycle(solutions()), MANY)
    return [
        (f"{1000 + number}", f"Pupil {LETTERS[number // 26]}{LETTERS[number % 26]}", solution)
        for number, solution in enumerate(handed_in)
    ]


def packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def class_zip() -> bytes:
    """A third as folders by id, a third as archives by name, a third as from Moodle; and one that is hostile."""
    known, entries = solutions(), {"nobody/../../etc/passwd": b"x"}
    for place, (number, name, solution) in enumerate(a_class()):
        if place % 3 == 0:
            entries |= {f"{number}/{path}": data for path, data in known[solution].items()}
        elif place % 3 == 1:
            entries[f"{name}.zip"] = packed(known[solution])
        else:
            folder = f"{name}_{7000 + place}_assignsubmission_file"
            entries |= {f"{folder}/{path}": data for path, data in known[solution].items()}
    return packed(entries)


def roster() -> str:
    return "id,name\n" + "".join(f"{number},{name}\n" for number, name, _ in a_class())


def publish_an_assessment(visit) -> str:
    """One task and nothing else; gives the assessment's address."""
    page = visit.page
    visit.go("/assessments/")
    page.get_by_label("Title").fill("Addresses, spring term")
    page.get_by_role("button", name="Begin a draft").click()
    place = re.sub(r"/questions$", "", page.url)
    visit.go(f"{place}/tasks")
    page.get_by_label("Addresses for a walking club").check()
    page.get_by_role("button", name="Save and go on").click()
    visit.go(f"{place}/edit")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="grades", exact=True).click()
    return place


def make_a_rubric(visit) -> None:
    """Points by hand weigh a fifth; names are hidden and grades held back until they are published."""
    page = visit.page
    page.get_by_role("link", name="Rubric and rules").click()
    page.get_by_label("all at the same moment").check()
    page.get_by_label("Hide names").check()
    page.get_by_label("A rubric's points weigh").fill("20")
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_text("Add a criterion").click()
    form = page.locator("form[action$='/rubric']")
    form.get_by_label("What is looked at").fill("Readable")
    form.get_by_label("Points", exact=True).fill("4")
    form.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Readable")).to_be_visible()
    visit.look("grade-rules")


def upload(visit, place: str) -> None:
    page = visit.page
    visit.go(f"{place}/uploads")
    page.get_by_label("Or pasted").fill(roster())
    file = {"name": "class.zip", "mimeType": "application/zip", "buffer": class_zip()}
    page.get_by_label("The submissions").set_input_files(file)
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("heading", name="What was uploaded")).to_be_visible()


def gradebook(visit, place: str) -> dict[str, dict[str, object]]:
    """Everybody's figures, by name."""
    reply = visit.page.request.get(f"{place}/grades/for-json")
    assert reply.ok, reply.text()
    return {one["name"]: one for one in json.loads(reply.text())["people"]}


def links(visit, place: str) -> dict[str, str]:
    """Makes everybody's link; gives them by name."""
    visit.go(f"{place}/uploads")
    visit.page.locator(".receipts a").last.click()
    visit.page.get_by_role("button", name="Make their links").click()
    shown = visit.page.locator(".links > li")
    names, addresses = shown.locator("strong").all_inner_texts(), shown.locator("code.link").all_inner_texts()
    return dict(zip(names, addresses, strict=True))


def test_from_a_zip_of_forty_to_published_grades(visit, platform, interviewer):
    boss = visit()
    page = boss.page
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(boss, interviewer)
    place = publish_an_assessment(boss)
    make_a_rubric(boss)

    upload(boss, place)
    expect(page.locator(".tallies")).to_contain_text(f"{MANY} new")
    expect(page.locator(".tallies")).to_contain_text("1 refused")
    boss.look("upload-preview")
    page.get_by_role("button", name="Store and grade them").click()
    stored = page.url

    # While the worker grades:
    boss.look("upload-stored")
    upload(boss, place)
    expect(page.locator(".tallies")).to_contain_text(f"{MANY} there already")
    page.get_by_role("button", name="Store and grade").click()
    expect(page.get_by_text("Nothing is new")).to_be_visible()
    phone = visit("phone", "dark")
    log_in(phone, interviewer)
    for address, name in (("/grades", "grades"), ("/grades/rules", "grade-rules"), ("/uploads", "upload")):
        phone.go(f"{place}{address}")
        phone.look(name)

    boss.go(stored)
    expect(page.locator("#progress")).to_contain_text(f"All {MANY} are through: {MANY} graded.", timeout=GRADED_MS)

    boss.go(f"{place}/grades")
    expect(page.locator("table.grades tbody tr")).to_have_count(MANY)
    expect(page.locator("main")).not_to_contain_text("Pupil")
    boss.look("grades")
    page.get_by_role("link", name="Submission of").first.click()
    page.get_by_role("spinbutton").first.fill("3")
    page.get_by_label("Comment (the candidate reads it)").fill("Clear names.")
    boss.look("points-by-hand")
    page.get_by_role("button", name="Save, and on to the next").click()
    expect(page.get_by_text("3 of 4 points.")).to_be_visible()

    known = links(boss, place)
    assert len(known) == MANY
    pupil = visit("phone", "dark")
    pupil.go(known["Pupil aa"])
    expect(pupil.page.get_by_text("when the grades are published")).to_be_visible()

    boss.go(f"{place}/grades")
    page.get_by_label("Publish although some are open").check()
    page.get_by_role("button", name="Publish all grades").click()
    expect(page.locator("main")).to_contain_text("Pupil aa")
    boss.look("grades-published")
    reached = gradebook(boss, place)
    by_solution = defaultdict(set)
    for _, name, solution in a_class():
        by_solution[solution].add(reached[name]["tasks"])
    assert by_solution.pop("solution") == {100.0}
    assert all(len(found) == 1 and found.pop() < 100.0 for found in by_solution.values())
    assert len(by_solution) == len(solutions()) - 1

    ((name, told),) = [(name, told) for name, told in reached.items() if told["by_hand"] is not None]
    assert told["grade"] == round(0.8 * told["tasks"] + 0.2 * 75, 1)
    pupil.go(known[name])
    pupil.page.get_by_role("link", name="Your report").click()
    expect(pupil.page.locator(".grade")).to_contain_text("3 of 4")
    expect(pupil.page.locator(".grade .whole")).to_contain_text(f"{told['grade']:g}")
    pupil.look("grade-of-a-candidate")
