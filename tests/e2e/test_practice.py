"""Somebody who practises: an account made, learning, an exam, what is kept, how it goes, a question answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, log_in


def register(visit, name: str) -> None:
    visit.go("/login")
    visit.page.get_by_role("link", name="Make one").click()
    visit.page.get_by_label("E-mail").fill(f"{name}@example.org")
    visit.page.get_by_label("Name").fill(name.title())
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.look("register")
    visit.page.get_by_role("button", name="Make the account").click()
    expect(visit.page.get_by_role("heading", name=f"Hello, {name.title()}")).to_be_visible()


def learn(visit, platform, count: int) -> None:
    """Answers so many questions: the first two wrongly."""
    page = visit.page
    keys = {frozenset(options): right for options, right in platform.answer_keys()}
    for number in range(1, count + 1):
        shown = [box.get_attribute("value") for box in page.locator(".pick input").all()]
        right = keys[frozenset(shown)]
        chosen = right if number > 2 else [next(one for one in shown if one not in right)]
        for one in chosen:
            page.locator(".pick", has=page.locator(f'input[value="{one}"]')).click()
        if number == 1:
            visit.look("practice-question")
        page.get_by_role("button", name="Answer", exact=True).click()
        expect(page.locator(".verdict-line")).to_contain_text("Right" if number > 2 else "Not right")
        if number == 1:
            visit.look("practice-explained")
        page.get_by_role("link", name="Next question" if number < count else "See how it went").click()
        if number < count:
            expect(page.get_by_role("heading", name=f"Question {number + 1} of {count}")).to_be_attached()


def keep_and_ask(visit, name: str) -> None:
    """Bookmarks the first question of what was learned, and asks the graders about it."""
    page = visit.page
    page.locator(".done a").first.click()
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_role("button", name="Bookmarked")).to_be_visible()
    page.get_by_text("Ask something").click()
    page.get_by_label("Your question").fill(f"Why is mine wrong, asks {name}?")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Your question is with the graders")).to_be_visible()
    visit.look("practice-asked-under")
    page.get_by_role("link", name="Asked by you").click()
    expect(page.get_by_text("not answered yet")).to_be_visible()
    visit.look("practice-asked")
    page.get_by_role("link", name="Bookmarks").click()
    expect(page.get_by_role("button", name="Bookmarked")).to_have_count(1)
    visit.look("practice-bookmarks")


def take_an_exam(visit) -> None:
    """Begins one, leaves it, finds it as it was, and ends it; then reads its report from the list."""
    page = visit.page
    page.get_by_role("link", name="Exams", exact=True).click()
    page.get_by_text("A size of your own").click()
    page.get_by_label("Questions").fill("3")
    visit.look("practice-exams")
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator(".pick").first.click()
    expect(page.locator("[data-saving]")).to_have_text("Saved")
    visit.look("practice-exam")
    visit.go("/")  # the same evening, later
    expect(page.get_by_text("The clock of your exam runs.")).to_be_visible()
    visit.look("home-exam-runs")
    page.get_by_role("link", name="Practice").first.click()
    visit.look("practice-exam-runs")
    page.get_by_role("link", name="Go on with the exam").click()
    expect(page.locator(".pick input").first).to_be_checked()
    page.get_by_role("link", name="See what is open, or end").click()
    visit.look("practice-exam-review")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="End the questions").click()
    expect(page.get_by_role("heading", name="Practice exam")).to_be_visible()
    visit.look("practice-report")
    page.get_by_role("link", name="Practice").first.click()
    page.get_by_role("link", name="Exams", exact=True).click()
    visit.look("practice-exams-taken")
    page.get_by_role("link", name="Mid, 3 questions").click()
    expect(page.get_by_role("heading", name="Practice exam")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_learning_an_exam_and_what_is_left_of_them(visit, platform, grader, size, scheme):
    one = visit(size, scheme)
    page = one.page
    name = f"carl{size}"
    register(one, name)
    one.look("home-new")
    page.get_by_role("link", name="Practice").first.click()
    one.look("practice-new")
    page.get_by_role("link", name="Progress").click()
    one.look("practice-progress-empty")
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_text("Choose more closely").click()
    page.get_by_label("Topic").select_option("contexts")
    page.get_by_label("How many, at most").fill("4")
    page.get_by_role("button", name="Learn these").click()
    learn(one, platform, 4)
    expect(page.get_by_role("heading", name="2 of 4 right")).to_be_visible()
    one.look("practice-outcome")

    keep_and_ask(one, name)
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_role("button", name="What you missed (2)").click()
    expect(page.get_by_role("heading", name="Question 1 of 2")).to_be_attached()
    page.get_by_role("button", name="End here").click()
    take_an_exam(one)
    for path in ("progress", "topics/contexts", "tasks"):
        one.go(f"/practice/{path}")
        one.look(f"practice-{path.partition('/')[0]}")

    other = visit(size, scheme)
    log_in(other, grader)
    other.look("home-grader")
    other.go("/practice/remarks")
    other.look("practice-to-answer")
    thread = other.page.locator("article", has_text=f"asks {name}")
    thread.get_by_label("Your answer").fill("Because the context has ended by then: read the first paragraph.")
    thread.get_by_role("button", name="Send the answer").click()
    expect(other.page.get_by_text("Your answer stands")).to_be_visible()

    one.go("/")
    expect(page.get_by_text("Your question has an answer.")).to_be_visible()
    one.go("/practice/")
    one.look("practice-news")
    page.get_by_role("link", name="1 answer to what you asked").click()
    expect(page.get_by_text("the context has ended by then")).to_be_visible()
    one.look("practice-answered")
    one.go("/practice/")
    expect(page.get_by_role("link", name="1 answer to what you asked")).to_have_count(0)
