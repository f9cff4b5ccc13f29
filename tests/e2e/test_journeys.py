"""The whole way of each person, in a real browser, with submissions graded in the sandbox."""

from __future__ import annotations

import json
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, ROOT, log_in, set_password

WORK = ROOT / "reference" / "application-factory" / "library-factory"
GRADED_MS = 120_000


def test_the_first_administrator_comes_in_and_adds_somebody(visit, platform):
    one = visit("phone", "dark")
    one.go(platform.link("Nobody looks after"))
    one.look("first-administrator")
    one.page.get_by_label("E-mail").fill("root@example.org")
    one.page.get_by_label("Name").fill("Ada Admin")
    one.page.get_by_label("Password").fill(PASSWORD)
    one.page.get_by_role("button", name="Set the password").click()
    expect(one.page.get_by_role("heading", name="Hello, Ada Admin")).to_be_visible()
    one.look("home-administrator")
    one.page.get_by_role("link", name="People").click()
    one.page.get_by_label("E-mail", exact=True).fill("ivo@example.org")
    one.page.get_by_label("Name", exact=True).fill("Ivo")
    one.page.get_by_label("Role", exact=True).select_option("interviewer")
    one.look("people")
    one.page.get_by_role("button", name="Add, and make a link").click()
    one.look("people-link")
    link = one.page.locator("code.link").inner_text()
    other = visit()
    set_password(other, link)
    expect(other.page.get_by_role("heading", name="Hello, Ivo")).to_be_visible()
    other.look("home-interviewer-empty")
    one.page.get_by_role("link", name="People").last.click()
    hand_over_and_erase(one, "Ivo")
    one.page.get_by_role("link", name="Who did what").click()
    expect(one.page.get_by_text("person: erase").first).to_be_visible()
    one.look("log")


def hand_over_and_erase(visit, name: str) -> None:
    """An administrator does both with an account, from the list of people, and is back there."""
    page = visit.page
    card = page.locator(".card", has_text=name)
    card.get_by_text("Change").click()
    card.get_by_role("link", name="Hand over or erase").click()
    visit.look("data-of-a-person")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the data").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert json.loads(archive.read("person.json"))["person"]["name"] == name
    erase = page.get_by_role("button", name="Erase for good")
    page.get_by_label("To erase it, write the name").fill(name.lower())
    visit.expected += ("status of 422",)
    erase.click()
    expect(page.get_by_text("That is not the name")).to_be_visible()
    visit.look("data-not-erased")
    page.get_by_label("To erase it, write the name").fill(name)
    erase.click()
    expect(page.get_by_text("Erased.")).to_be_visible()
    expect(page.locator(".card", has_text=name)).to_have_count(0)


def invite(visit, name: str, title: str) -> tuple[object, str]:
    """An interviewer builds, publishes and invites; gives the invited person's link."""
    page = visit.page
    visit.go("/assessments/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Begin a draft").click()
    page.get_by_label("Fundamentals, junior").fill("2")
    page.get_by_label("Security, mid").fill("1")
    page.get_by_role("button", name="Draw these questions").click()
    expect(page.locator(".chosen > li")).to_have_count(3)
    visit.look("draft-questions")
    page.get_by_role("link", name="Go on to the tasks").click()
    page.get_by_label("A library that is made by a factory").check()
    visit.look("draft-tasks")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="How much each weighs")).to_be_visible()
    visit.look("draft-weights")
    page.get_by_role("button", name="Save and go on").click()
    visit.look("draft-rules")
    page.get_by_role("button", name="Save and go on").click()
    visit.look("draft")
    page.get_by_role("link", name="See it as a candidate does").click()
    expect(page.locator(".pick")).to_have_count(18)
    visit.look("preview")
    page.get_by_role("link", name="With the answers").click()
    visit.look("preview-with-answers")
    page.get_by_role("link", name="Back").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Invite the first people").click()
    page.get_by_label("One person a line").fill(f"{name}, {name.lower()}@example.org")
    visit.look("invite")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="1 person, and every line fits")).to_be_visible()
    visit.look("invite-checked")
    page.get_by_role("button", name="Invite this person").click()
    visit.look("links")
    link = page.locator("code.link").inner_text()
    page.get_by_role("link", name=title).click()
    visit.look("follow")
    return page, link


def more_time(desk, page) -> None:
    """The interviewer adds minutes to the clock that runs, and the clock on the candidate's page follows."""
    before = page.locator(".timer time").get_attribute("datetime")
    desk.get_by_role("link", name="Manage Nele").click()
    desk.get_by_label("Minutes to add to the clock of the questions").fill("15")
    desk.get_by_role("button", name="Add them to the questions").click()
    expect(desk.get_by_text("15 more minutes.")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as whoever comes back to the page
    expect(page.locator(".timer time")).not_to_have_attribute("datetime", before)
    expect(page.locator(".timer [data-news]")).to_have_text("You have 15 more minutes.")


def decide(boss, name: str) -> None:
    """Records a decision with its reason on the report, and finds it beside everybody else's."""
    desk = boss.page
    desk.go_back()
    desk.get_by_label("Advance").check()
    desk.get_by_label("The reason").fill("Knows contexts well; the cached app is worth a talk.")
    desk.get_by_role("button", name="Record it").click()
    expect(desk.locator(".decided").first).to_contain_text("the cached app is worth a talk")
    boss.look("decided")
    desk.get_by_role("link", name=f"Backend {boss.size.partition('-')[0]}").first.click()
    desk.get_by_role("link", name="compare").click()
    expect(desk.get_by_role("row").filter(has_text=name)).to_contain_text("advance")
    desk.wait_for_function("() => [...document.images].every((one) => one.loading === 'lazy' || one.naturalWidth)")
    boss.look("cohort")


def type_solution(visit, folder: str) -> None:
    """Puts the files of a solution into the editor, one by one, as somebody pastes."""
    page = visit.page
    # Chromium itself styles text that replaces a selection, and our policy forbids it; nothing is lost by that.
    visit.expected += ("Applying inline style",)
    for file in sorted((WORK / folder).rglob("*.py")):
        name = file.relative_to(WORK / folder).as_posix()
        tab = page.get_by_role("tab", name=name, exact=True)
        if tab.count() == 0:
            page.get_by_role("button", name="New file").click()
            page.get_by_label("Path", exact=True).fill(name)
            page.get_by_role("button", name="Make it").click()
        else:
            tab.click()
        page.get_by_role("textbox", name=f"Content of {name}").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(file.read_text(encoding="utf-8"))


def try_the_pages(visit) -> None:
    """The warm-up: its question, its task made right, run, handed in, and back."""
    page = visit.page
    page.get_by_role("button", name="Try the pages first").click()
    page.locator(".pick").first.click()
    expect(page.locator("[data-saving]")).to_have_text("Saved")
    page.get_by_role("button", name="To the end").click()
    visit.look("warm-up-review")
    page.get_by_role("link", name="On to the task").click()
    page.get_by_role("tab", name="hello.py").click()
    page.get_by_role("textbox", name="Content of hello.py").click()
    visit.expected += ("Applying inline style",)  # see type_solution
    page.keyboard.press("Control+A")
    hello = ROOT / "harness/worker/warm_up/reference/warm-up/say-hello/solution/hello.py"
    page.keyboard.insert_text(hello.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Run the public tests").click()
    expect(page.locator("#run")).to_contain_text("1 of 1 passed", timeout=GRADED_MS)
    visit.look("warm-up-task")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#submissions")).to_contain_text("graded", timeout=GRADED_MS)
    page.get_by_role("link", name="Back to the assessment").click()


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_from_a_blueprint_to_a_report_that_is_appealed(visit, platform, interviewer, size, scheme):
    boss = visit(size, scheme)
    log_in(boss, interviewer)
    boss.look("home-interviewer")
    desk, link = invite(boss, "Nele", f"Backend {size}")

    one = visit(size, scheme)
    page = one.page
    one.go(link)
    one.look("overview")
    try_the_pages(one)
    page.get_by_role("button", name="Start the questions").click()
    page.locator(".pick").first.click()
    expect(page.locator("[data-saving]")).to_have_text("Saved")
    one.look("question")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Question 2 of 3")).to_be_attached()

    more_time(desk, page)
    boss.look("manage")

    one.expected = ("ERR_INTERNET_DISCONNECTED",)
    one.context.set_offline(True)
    page.locator(".pick").nth(1).click()
    expect(page.locator("[data-saving]")).to_contain_text("no connection")
    one.look("question-offline")
    one.context.set_offline(False)
    expect(page.locator("[data-saving]")).to_have_text("Saved", timeout=15_000)

    other = visit("phone" if size == "desktop" else "desktop", scheme)  # the same person at another device
    other.go(link)
    other.page.get_by_role("link", name="Go on").click()
    other.go(other.page.url.removesuffix("/1") + "/2")
    expect(other.page.locator(".pick input").nth(1)).to_be_checked()
    other.page.get_by_role("link", name="All on one page").click()
    other.look("questions")
    other.page.get_by_role("link", name="See what is open, or end").click()
    other.look("review")
    other.page.on("dialog", lambda dialog: dialog.accept())
    other.page.get_by_role("button", name="End the questions").click()
    expect(other.page.get_by_text("This part is ended")).to_be_visible()

    one.go("/assessment/")
    page.get_by_role("button", name="Start the tasks").click()
    expect(page.locator(".cm-editor").first).to_be_visible()
    one.look("task")
    page.get_by_role("button", name="Run the public tests").click()
    expect(page.locator("#run")).to_contain_text("passed", timeout=GRADED_MS)
    type_solution(one, "wrong/cached-app")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("#submissions .badge")).to_have_text("graded", timeout=GRADED_MS)
    one.look("task-handed-in")
    page.get_by_role("link", name="End the tasks").click()
    one.look("ending")
    page.get_by_role("button", name="End the tasks").click()
    expect(page.get_by_text("Your report")).to_be_visible()
    page.get_by_label("Which AI tools").fill("none")
    page.get_by_role("button", name="Save the declaration").click()
    one.look("overview-ended")
    page.get_by_role("link", name="Your report").click()
    diagnosis = page.get_by_text("Your code behaves as if the factory might hand out the app")
    news = page.get_by_role("link", name="Show it")  # where something was still being graded
    expect(diagnosis.or_(news).first).to_be_visible(timeout=GRADED_MS)
    if news.is_visible():
        news.click()
    expect(diagnosis).to_be_visible()
    one.look("report")
    page.get_by_role("link", name="Read the report").click()
    one.look("report-task")
    page.get_by_text("Something is wrong here").first.click()
    form = page.locator("details.appeal[open]")
    form.get_by_label("What is wrong, and why?").fill("The brief does not say that, I believe.")
    form.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("the answer is still to come")).to_be_visible()

    boss.go("/appeals/")
    boss.look("appeals")
    desk.locator(".lines a").first.click()
    boss.look("appeal")
    desk.get_by_label("What the candidate reads").fill("It does: see the third paragraph of the brief.")
    desk.get_by_role("button", name="Decline").click()
    boss.go("/assessments/")
    desk.get_by_role("link", name=f"Backend {size}").click()
    expect(desk.locator(".person .badge")).to_have_text("finished")
    desk.get_by_role("link", name="Report of Nele").click()
    boss.look("staff-report")
    desk.get_by_role("link", name="Submission 1").first.click()
    boss.look("staff-submission")
    decide(boss, "Nele")

    page.reload()
    expect(page.get_by_text("see the third paragraph of the brief")).to_be_visible()


def test_the_whole_way_by_keyboard_alone(visit, platform):
    """Nora's link, the questions and a task, without a mouse."""
    one = visit()
    keys, page = one.page.keyboard, one.page
    one.go(platform.link("Nora Newcomer"))
    press(page, "Start the questions")
    for number in range(1, 9):
        expect(page.get_by_role("heading", name=f"Question {number} of 8")).to_be_attached()
        page.wait_for_load_state()  # a key that comes before the page's script does nothing
        keys.press("2")
        expect(page.locator("[data-saving]")).to_have_text("Saved")
        keys.press("n")
    expect(page.get_by_role("heading", name="Before you end")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "End the questions")
    expect(page.get_by_text("This part is ended")).to_be_visible()
    press(page, "Start the tasks")
    expect(page.locator(".cm-editor").first).to_be_visible()
    tab_to(page, "Content of ")
    keys.type("# by keyboard\n")
    keys.press("Escape")
    keys.press("Tab")
    press(page, "Run the public tests")
    expect(page.locator("#run")).to_contain_text("passed", timeout=GRADED_MS)
    press(page, "Hand in")
    expect(page.locator("#submissions")).to_contain_text("Submission 1")
    press(page, "End the tasks …")
    expect(page.get_by_role("heading", name="Before you end the tasks")).to_be_visible()
    press(page, "End the tasks")
    expect(page.get_by_text("Your report")).to_be_visible()
    press(page, "Your report")
    expect(page.get_by_role("heading", name="What you know, and what you can do")).to_be_visible(timeout=GRADED_MS)


def press(page, name: str) -> None:
    """Moves to what is called so by Tab, and presses it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def tab_to(page, name: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const at = document.activeElement; return at.ariaLabel || at.textContent.trim() || ''; }"
        )
        if here == name or (name.endswith(" ") and here.startswith(name)):
            return
    raise AssertionError(f"Tab never came to {name!r}")


def test_two_tabs_that_race_make_one_submission(visit, platform, interviewer):
    boss = visit()
    log_in(boss, interviewer)
    _, link = invite(boss, "Tom", "Race")
    one = visit()
    one.go(link)
    one.page.get_by_role("button", name="Start the tasks").click()
    expect(one.page.locator(".cm-editor").first).to_be_visible()
    one.expected = ("409",)
    sent = one.page.evaluate(
        """async () => {
            const form = document.querySelector("form[data-work]");
            const bodies = [0, 1].map(() => {
                const data = new FormData();
                for (const name of ["csrf_token", "version", "key"]) data.append(name, form.elements[name].value);
                data.append("path", "app.py");
                data.append("content", "# the same click");
                data.append("do", "hand-in");
                return fetch(form.dataset.work, { method: "POST", body: data });
            });
            return (await Promise.all(bodies)).map((reply) => reply.status);
        }"""
    )
    assert sorted(sent) in ([200, 200], [200, 409])
    one.page.reload()
    expect(one.page.locator("#submissions li")).to_have_count(1)
