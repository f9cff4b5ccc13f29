"""The pages of practice: what they show, and what they keep back until it is time."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.domain.content import Pool
from harness.services import accounts, shelf
from harness.services.results import key_of
from harness.store.base import db
from harness.store.models import Attempt, FrozenItem, Purpose, Remark, Role
from harness.web import create_app

KEY = "k" * 40
PASSWORD = "a long enough password"


@pytest.fixture
def site(database):
    app = create_app(
        {
            "SECRET_KEY": KEY,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}",
            "SESSION_COOKIE_SECURE": False,
            "RATELIMIT_ENABLED": False,
            "WTF_CSRF_ENABLED": False,
            "TESTING": True,
        }
    )
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def enter(site):
    """Makes an account of this role, and gives a client that is logged in."""

    def make(name="paul", role=Role.CANDIDATE):
        with site.app_context():
            user = accounts.add_user(f"{name}@example.org", name.capitalize(), role)
            accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, user), PASSWORD)
        client = site.test_client()
        assert client.post("/login", data={"email": f"{name}@example.org", "password": PASSWORD}).status_code == 302
        return client

    return make


@pytest.fixture
def paul(enter):
    return enter()


@pytest.fixture
def look(site):
    """Looks into the store, as nobody's request does."""

    def at(question):
        with site.app_context():
            return question()

    return at


def learn(client, **form):
    """Begins to learn; gives the address of the first question."""
    return follow(client, client.post("/practice/learn", data=form))


def follow(client, response):
    address = response.location
    assert response.status_code == 302, response.text
    return client.get(address).location if address.count("/") == 3 else address


def keys(look, address):
    """What nobody may read before the answer at this address: the key's texts, and the right options' ids."""

    def read():
        *_, ref, number = address.split("/")
        attempt = db.session.scalars(select(Attempt).where(Attempt.ref == ref)).one()
        return key_of(attempt.items[int(number) - 1])

    return look(read)


def secrets_of(question):
    """Pieces of the explanations that the question itself does not have, as a page would show them."""
    shown = question.stem + "".join(option.text for option in question.options)
    texts = [question.explanation, *(option.why for option in question.options)]
    pieces = {piece for text in texts for piece in re.findall(r"[A-Za-z][A-Za-z ,;-]{19,}", text)}
    return {piece for piece in pieces if piece not in shown}


def test_no_page_tells_what_is_right_before_the_answer(paul, look):
    address = learn(paul, item="contexts/a-sum-in-g")
    question = keys(look, address)
    told = secrets_of(question)
    assert len(told) > 5
    ref = address.split("/")[3]
    for page in (
        address,
        f"/practice/learning/{ref}/outcome",
        "/practice/",
        "/practice/progress",
        f"/practice/topics/{question.topic}",
        f"/practice/items/{question.topic}/{question.slug}",
        f"/attempts/{ref}/questions/1",
        f"/attempts/{ref}/report",
        f"/attempts/{ref}/questions/review",
    ):
        reply = paul.get(page, follow_redirects=True)
        assert not [text for text in told if text in reply.text], page
        assert b"is right</p>" not in reply.data, page
        assert b"correct" not in reply.data.lower(), page


def test_the_answer_brings_every_explanation_at_once(paul, look):
    address = learn(paul, item="contexts/a-sum-in-g")
    question = keys(look, address)
    shown = paul.get(address).text
    option = re.search(r'name="chosen" value="([^"]+)"', shown)[1]
    reply = paul.post(address, data={"chosen": option}, follow_redirects=True)
    assert all(text in reply.text for text in secrets_of(question))
    assert reply.text.count('class="option ') == len(question.options)
    assert ("Not right" in reply.text) == (option not in {one.id for one in question.right})


def test_without_a_mark_nothing_is_told(paul, look):
    address = learn(paul, count=1)
    reply = paul.post(address, data={}, follow_redirects=True)
    assert "Mark an answer first." in reply.text
    assert not [text for text in secrets_of(keys(look, address)) if text in reply.text]


def test_the_second_click_of_an_answer_changes_nothing(paul, look):
    address = learn(paul, count=1)
    question = keys(look, address)
    wrong = next(option.id for option in question.options if not option.correct)
    paul.post(address, data={"chosen": wrong})
    reply = paul.post(address, data={"chosen": [option.id for option in question.right]}, follow_redirects=True)
    assert "Not right" in reply.text


def test_one_goes_on_where_one_stopped(paul):
    address = learn(paul, count=3)
    ref = address.split("/")[3]
    shown = paul.get(address).text
    paul.post(address, data={"chosen": re.search(r'name="chosen" value="([^"]+)"', shown)[1]})
    assert "1 of 3 answered" in paul.get("/practice/").text
    assert paul.get(f"/practice/learning/{ref}").location == f"/practice/learning/{ref}/2"


def test_somebody_elses_learning_is_no_page(paul, enter):
    other = enter("olga")
    address = learn(paul, count=2)
    ref = address.split("/")[3]
    for page in (address, f"/practice/learning/{ref}", f"/practice/learning/{ref}/outcome"):
        assert other.get(page).status_code == 404
    assert other.post(address, data={"chosen": "x"}).status_code == 404
    assert other.post(f"/practice/learning/{ref}/end").status_code == 404


def test_an_exam_is_no_learning(paul):
    address = paul.post("/practice/exams", data={"exam": "junior"}).location
    ref = address.split("/")[2]
    assert paul.get(f"/practice/learning/{ref}").status_code == 404


def test_who_has_no_account_is_sent_to_the_login(site):
    assert site.test_client().get("/practice/").location.startswith("/login")


def test_an_exam_goes_from_its_questions_to_its_report(paul, look):
    begun = paul.post("/practice/exams", data={"exam": "junior", "count": 2, "key": "a"})
    ref = begun.location.split("/")[2]
    assert begun.location == f"/attempts/{ref}/questions/1"
    assert paul.get(begun.location).status_code == 200
    assert "Go on with the exam" in paul.get("/practice/").text
    again = paul.post("/practice/exams", data={"exam": "senior", "key": "b"})
    assert again.location == begun.location
    ended = paul.post(f"/attempts/{ref}/questions/end")
    assert ended.location == f"/attempts/{ref}/report"
    assert paul.get(ended.location).status_code == 200
    assert "Junior" in paul.get("/practice/exams").text


def test_an_exam_that_is_no_exam_is_refused_in_words(paul):
    reply = paul.post("/practice/exams", data={"exam": "junior", "count": 1000}, follow_redirects=True)
    assert "An exam has 1 to 100 questions." in reply.text


def test_a_task_leads_to_its_page_and_stands_on_the_start(paul, look):
    name, title = look(lambda: (shelf.offered_tasks()[0].item, shelf.offered_tasks()[0].title))
    begun = paul.post("/practice/tasks", data={"item": name, "key": "a"})
    assert re.fullmatch(r"/attempts/[^/]+/tasks/1", begun.location)
    page = paul.get(begun.location)
    assert page.status_code == 200
    assert "all submissions" not in page.text.lower()
    assert title in paul.get("/practice/").text
    handed = paul.post(begun.location, data={"version": 0, "path": "app.py", "content": "x = 1", "do": "hand-in"})
    assert handed.status_code == 302
    assert "being graded" in paul.get("/practice/tasks").text


def test_a_bookmark_stands_on_its_page_and_goes_again(paul, look):
    address = learn(paul, count=1)
    shown = paul.get(address).text
    digest = re.search(r'name="digest" value="([^"]+)"', shown)[1]
    kept = paul.post("/practice/bookmarks", data={"digest": digest, "wanted": 1, "back": address})
    assert kept.location == address
    assert digest in paul.get("/practice/bookmarks").text
    button = paul.post("/practice/bookmarks", data={"digest": digest, "wanted": 0}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in button.text
    assert "<html" not in button.text
    assert "Nothing is bookmarked" in paul.get("/practice/bookmarks").text


def test_a_bookmark_leads_nowhere_else(paul):
    digest = re.search(r'name="digest" value="([^"]+)"', paul.get(learn(paul, count=1)).text)[1]
    kept = paul.post("/practice/bookmarks", data={"digest": digest, "wanted": 1, "back": "https://evil.example/"})
    assert kept.location == "/"


def test_what_is_kept_for_exams_is_no_page_of_practice(paul, look):
    kept = look(lambda: db.session.scalars(select(FrozenItem).where(FrozenItem.pool == Pool.EXAM)).first())
    topic, slug = kept.item.split("/")
    assert paul.get(f"/practice/items/{topic}/{slug}").status_code == 404
    assert paul.post(f"/practice/items/{topic}/{slug}/remarks", data={"text": "what is right?"}).status_code == 404
    assert paul.post("/practice/bookmarks", data={"digest": kept.digest, "wanted": 1}).status_code == 404
    missed = paul.post("/practice/learn", data={"item": kept.item, "count": 1}, follow_redirects=True)
    assert "There is no question that fits" in missed.text


def test_every_page_of_practice_opens_for_each_role(enter, look):
    topic = look(lambda: db.session.scalars(select(FrozenItem.topic_slug)).first())
    for role in Role:
        client = enter(role.value, role)
        for page in ("", "exams", "tasks", "progress", "bookmarks", "asked", f"topics/{topic}"):
            assert client.get(f"/practice/{page}").status_code == 200, (role, page)
        allowed = role in (Role.GRADER, Role.ADMINISTRATOR)
        assert client.get("/practice/remarks").status_code == (200 if allowed else 403)
    assert client.get("/practice/topics/nothing").status_code == 404


def answer(client, address, look, *, rightly=True):
    question = keys(look, address)
    wrong = [next(option.id for option in question.options if not option.correct)]
    client.post(address, data={"chosen": [option.id for option in question.right] if rightly else wrong})
    return f"/practice/items/{question.topic}/{question.slug}"


def test_questions_to_the_graders_are_read_by_who_has_answered(paul, enter, look):
    page = answer(paul, learn(paul, count=1), look)
    asked = paul.post(f"{page}/remarks", data={"text": "Why is <b>C</b> wrong?\u202e"})
    assert asked.location == f"{page}#remarks"
    shown = paul.get(page).text
    assert "Why is &lt;b&gt;C&lt;/b&gt; wrong?\\u202e" in shown
    other = enter("olga")
    assert "Why is" not in other.get(page).text
    item = page.removeprefix("/practice/items/")
    answer(other, learn(other, item=item, count=1), look, rightly=False)
    told = other.get(page).text
    assert "Why is" in told
    assert "Paul" not in told


def test_graders_answer_what_is_open(paul, enter, look):
    page = answer(paul, learn(paul, count=1), look)
    paul.post(f"{page}/remarks", data={"text": "Why is that so, please?"})
    grader = enter("greta", Role.GRADER)
    assert "Why is that so" in grader.get("/practice/remarks").text
    ref = look(lambda: db.session.scalars(select(Remark.ref)).one())
    done = grader.post(f"/practice/remarks/{ref}", data={"text": "Since it is so.", "back": "/practice/remarks"})
    assert done.location == "/practice/remarks"
    assert "Why is that so" not in grader.get("/practice/remarks").text
    assert "Since it is so." in paul.get("/practice/asked").text
    assert paul.post(f"/practice/remarks/{ref}", data={"text": "I answer myself."}).status_code == 403


def test_only_the_author_and_graders_take_a_question_away(paul, enter, look):
    page = answer(paul, learn(paul, count=1), look)
    paul.post(f"{page}/remarks", data={"text": "Why is that so, please?"})
    ref = look(lambda: db.session.scalars(select(Remark.ref)).one())
    assert enter("olga").post(f"/practice/remarks/{ref}/remove").status_code == 404
    assert paul.post(f"/practice/remarks/{ref}/remove").location == page
    assert look(lambda: db.session.query(Remark).count()) == 0
