"""A grader in a browser: through the queue by keys, comments on lines, a decision, and what its person reads."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import log_in

GRADED_MS = 240_000
REASON = "The brief leaves open what happens between two requests."


def until_graded(visit) -> None:
    """The demo's four submissions wait for the worker."""
    page = visit.page
    visit.go("/grading/")
    page.get_by_label("Assessment").select_option("Backend developer (demo)")
    page.get_by_label("State").select_option("graded")
    page.get_by_label("First").select_option("the oldest")
    page.get_by_role("button", name="Show").click()
    for _ in range(GRADED_MS // 2_000):
        if page.locator(".queue li").count() == 4:
            return
        page.wait_for_timeout(2_000)  # the queue's page does not change by itself
        page.reload()
    raise AssertionError("the demo's submissions are not graded")


def comment(page, line: int, text: str, *, publish: bool) -> None:
    page.locator(f'a[data-line="{line}"]').first.click()
    page.get_by_label("Comment", exact=True).locator("visible=true").fill(text)
    if publish:
        page.locator(".writing").get_by_label("Publish").check()
    page.locator(".writing").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment", has_text=text)).to_be_visible()


def test_a_grader_goes_through_the_queue(visit, platform, grader):
    gerda = visit()
    log_in(gerda, grader)
    until_graded(gerda)
    page = gerda.page
    gerda.look("queue")
    page.get_by_role("link", name="Begin with the first").click()
    expect(page.get_by_text("1 of 4")).to_be_visible()
    for place in ("2 of 4", "3 of 4"):
        page.keyboard.press("n")
        expect(page.get_by_text(place)).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("2 of 4")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("link", name="Walter Wrong")).to_be_visible()
    gerda.look("submission")

    page.get_by_role("link", name="Changes to the starter").click()
    expect(page.locator("tr.added").first).to_be_visible()
    gerda.look("submission-changes")
    page.get_by_role("link", name="Findings and code").click()

    comment(page, 9, "A name would help here.", publish=True)
    page.locator('a[data-line="3"]').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".writing").get_by_label("Lines")).to_have_value("4")
    page.locator('a[data-line="6"]').first.click(modifiers=["Shift"])
    expect(page.locator("tr.marked")).to_have_count(3)
    area = page.locator(".writing textarea")
    area.fill("For colleagues.")
    page.locator(".writing").get_by_label("Keep it to use again").check()
    gerda.look("commenting")
    page.locator(".writing").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment", has_text="lines 4 to 6")).to_be_visible()
    page.locator('a[data-line="1"]').first.click()
    page.locator(".writing summary", has_text="Use again").click()
    page.locator(".writing").get_by_role("button", name="For colleagues.").click()
    expect(page.locator(".writing textarea")).to_have_value("For colleagues.")
    page.locator(".writing").get_by_role("link", name="Cancel").click()
    expect(page.locator(".writing")).to_have_count(0)

    finding = page.locator(".finding", has_text=re.compile("failed")).first
    finding.locator(".decide > summary").click()
    finding.get_by_label("passed").check()
    finding.get_by_label("Why").fill(REASON)
    finding.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("changed by Gerda Grader")).to_be_visible()
    gerda.look("submission-decided")

    walter = visit("phone", "dark")
    walter.go(platform.link("Walter Wrong's invitation"))
    walter.page.get_by_role("link", name="Your report").click()
    walter.page.get_by_role("link", name="1 comment on your code").click()
    expect(walter.page.get_by_text("A name would help here.")).to_be_visible()
    expect(walter.page.get_by_text(REASON)).to_be_visible()
    expect(walter.page.get_by_text("For colleagues.")).to_have_count(0)
    walter.look("comments-of-a-candidate")

    phone = visit("phone", "dark")
    log_in(phone, grader)
    for address, name in (("/grading/", "queue"), ("/grading/comments", "comments-to-use-again")):
        phone.go(address)
        phone.look(name)
    phone.go("/grading/?q=walter&order=newest")
    phone.page.locator(".queue a").last.click()
    phone.look("submission")

    finding = page.locator(".finding", has=page.locator(".decided")).first
    finding.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Withdrawn: what stood before counts again.")).to_be_visible()
    expect(page.get_by_text("changed by Gerda Grader")).to_have_count(0)
