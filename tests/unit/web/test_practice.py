"""The pages of practice: what they show, and what they keep back until it is time."""

from __future__ import annotations

import html
import json
import re

import pytest
from sqlalchemy import event, select

from harness.domain.content import Pool
from harness.services import practice, shelf
from harness.services.practice import Wish
from harness.services.results import key_of
from harness.store.base import db
from harness.store.models import Attempt, FrozenItem, ItemKind, Remark, StoredTopic, User
from harness.web.practice import showing
from tests.unit.web.test_canary import told, walk
from tests.unit.world_fixtures import STAFF


@pytest.fixture
def cora(world):
    """Somebody who has never practised."""
    return world.client("other practising")


@pytest.fixture
def carl(world):
    """Somebody else, who has."""
    return world.client("practising")


@pytest.fixture
def look(world):
    return world.find


def learn(client, **form):
    """Begins to learn; gives the address of the first question."""
    return follow(client, client.post("/practice/learn", data=form))


def follow(client, response):
    address = response.location
    assert response.status_code == 302, response.text
    return client.get(address).location


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
    return {piece for text in texts for piece in told(text, shown)}


def test_no_page_tells_what_is_right_before_the_answer(cora, look):
    address = learn(cora, item="contexts/a-sum-in-g")
    question = keys(look, address)
    pieces = secrets_of(question)
    assert len(pieces) > 5
    ref = address.split("/")[3]
    for page in (
        address,
        f"/practice/learning/{ref}/outcome",
        f"/practice/items/{question.topic}/{question.slug}",
        f"/attempts/{ref}/questions/1",
        f"/attempts/{ref}/report",
        f"/attempts/{ref}/questions/review",
    ):
        reply = cora.get(page, follow_redirects=True)
        assert reply.status_code == 200, page
        assert not [piece for piece in pieces if piece in html.unescape(reply.text)], page
        assert b"is right</p>" not in reply.data, page
        assert b"correct" not in reply.data.lower(), page


def test_all_pages_of_practice_together_tell_no_key_of_what_is_not_answered(world, cora, look):
    """Learning, an exam that runs, bookmarks: everything that links and forms lead to."""

    def begin():
        user = db.session.scalars(select(User).where(User.name == "Cora")).one()
        learned = practice.begin_learning(user.id, Wish(topics=("contexts", "csrf"), count=15), "a")
        exam = practice.begin_exam(user.id, "junior", None, None, "b")
        items = [*learned.items, *exam.items]
        for item in items[::3]:
            shelf.set_bookmark(user.id, item.frozen.digest, wanted=True)
        open_to_all = "".join(one.content for one in db.session.scalars(select(StoredTopic)))
        for one in db.session.scalars(select(FrozenItem).where(FrozenItem.kind == ItemKind.QUESTION)):
            open_to_all += one.content.decode()
        return {piece for item in items for piece in secrets_of(key_of(item)) if piece not in open_to_all}

    pieces = look(begin)
    assert len(pieces) > 100
    pages = list(walk(cora, "/practice/"))
    assert len(pages) > 60
    text = "\n".join(html.unescape(data.decode("utf-8", "replace")) for _, data in pages)
    assert not [piece for piece in pieces if piece in text]


def test_the_answer_brings_every_explanation_at_once(cora, look):
    address = learn(cora, item="contexts/a-sum-in-g")
    question = keys(look, address)
    shown = cora.get(address).text
    option = re.search(r'name="chosen" value="([^"]+)"', shown)[1]
    reply = cora.post(address, data={"chosen": option}, follow_redirects=True)
    assert all(text in html.unescape(reply.text) for text in secrets_of(question))
    assert reply.text.count('class="option ') == len(question.options)
    assert ("Not right" in reply.text) == (option not in {one.id for one in question.right})


def test_without_a_mark_nothing_is_told(cora, look):
    address = learn(cora, count=1)
    reply = cora.post(address, data={}, follow_redirects=True)
    assert "Mark an answer first." in reply.text
    assert not [text for text in secrets_of(keys(look, address)) if text in reply.text]


def test_the_second_click_of_an_answer_changes_nothing(cora, look):
    address = learn(cora, count=1)
    question = keys(look, address)
    wrong = next(option.id for option in question.options if not option.correct)
    cora.post(address, data={"chosen": wrong})
    reply = cora.post(address, data={"chosen": [option.id for option in question.right]}, follow_redirects=True)
    assert "Not right" in reply.text


def test_one_goes_on_where_one_stopped(cora):
    address = learn(cora, count=3)
    ref = address.split("/")[3]
    shown = cora.get(address).text
    cora.post(address, data={"chosen": re.search(r'name="chosen" value="([^"]+)"', shown)[1]})
    assert "1 of 3 answered" in cora.get("/practice/").text
    assert cora.get(f"/practice/learning/{ref}").location == f"/practice/learning/{ref}/2"


def test_somebody_elses_learning_is_no_page(cora, carl):
    address = learn(cora, count=2)
    ref = address.split("/")[3]
    for page in (address, f"/practice/learning/{ref}", f"/practice/learning/{ref}/outcome"):
        assert carl.get(page).status_code == 404
    assert carl.post(address, data={"chosen": "x"}).status_code == 404
    assert carl.post(f"/practice/learning/{ref}/end").status_code == 404


def test_an_exam_is_no_learning(cora):
    address = cora.post("/practice/exams", data={"exam": "junior"}).location
    ref = address.split("/")[2]
    assert cora.get(f"/practice/learning/{ref}").status_code == 404


def test_an_exam_goes_from_its_questions_to_its_report(cora, look):
    begun = cora.post("/practice/exams", data={"exam": "junior", "count": 2, "key": "a"})
    ref = begun.location.split("/")[2]
    assert begun.location == f"/attempts/{ref}/questions/1"
    assert cora.get(begun.location).status_code == 200
    assert "Go on with the exam" in cora.get("/practice/").text
    again = cora.post("/practice/exams", data={"exam": "senior", "key": "b"})
    assert again.location == begun.location
    ended = cora.post(f"/attempts/{ref}/questions/end")
    assert ended.location == f"/attempts/{ref}/report"
    assert cora.get(ended.location).status_code == 200
    assert "Junior" in cora.get("/practice/exams").text


def test_an_exam_that_is_no_exam_is_refused_in_words(cora):
    reply = cora.post("/practice/exams", data={"exam": "junior", "count": 1000}, follow_redirects=True)
    assert "An exam has 1 to 100 questions." in reply.text


def test_a_task_leads_to_its_page_and_stands_on_the_start(cora, look):
    name, title = look(lambda: (shelf.offered_tasks()[0].item, shelf.offered_tasks()[0].title))
    begun = cora.post("/practice/tasks", data={"item": name, "key": "a"})
    assert re.fullmatch(r"/attempts/[^/]+/tasks/1", begun.location)
    page = cora.get(begun.location)
    assert page.status_code == 200
    assert "all submissions" not in page.text.lower()
    assert title in cora.get("/practice/").text
    handed = cora.post(begun.location, data={"version": 0, "path": "app.py", "content": "x = 1", "do": "hand-in"})
    assert handed.status_code == 302
    assert "not graded yet" in cora.get("/practice/tasks").text


def test_a_bookmark_stands_on_its_page_and_goes_again(cora, look):
    address = learn(cora, count=1)
    shown = cora.get(address).text
    digest = re.search(r'name="digest" value="([^"]+)"', shown)[1]
    kept = cora.post("/practice/bookmarks", data={"digest": digest, "wanted": 1, "back": address})
    assert kept.location == address
    assert digest in cora.get("/practice/bookmarks").text
    button = cora.post("/practice/bookmarks", data={"digest": digest, "wanted": 0}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in button.text
    assert "<html" not in button.text
    assert "Nothing is bookmarked" in cora.get("/practice/bookmarks").text


def test_a_bookmark_leads_nowhere_else(cora):
    digest = re.search(r'name="digest" value="([^"]+)"', cora.get(learn(cora, count=1)).text)[1]
    kept = cora.post("/practice/bookmarks", data={"digest": digest, "wanted": 1, "back": "https://evil.example/"})
    assert kept.location == "/"


def test_what_is_kept_for_exams_is_no_page_of_practice(cora, look):
    kept = look(lambda: db.session.scalars(select(FrozenItem).where(FrozenItem.pool == Pool.EXAM)).first())
    topic, slug = kept.item.split("/")
    assert cora.get(f"/practice/items/{topic}/{slug}").status_code == 404
    assert cora.post(f"/practice/items/{topic}/{slug}/remarks", data={"text": "what is right?"}).status_code == 404
    assert cora.post("/practice/bookmarks", data={"digest": kept.digest, "wanted": 1}).status_code == 404
    missed = cora.post("/practice/learn", data={"item": kept.item, "count": 1}, follow_redirects=True)
    assert "There is no question that fits" in missed.text


def test_every_page_of_practice_opens_for_each_role(world, look):
    topic = look(lambda: db.session.scalars(select(FrozenItem.topic_slug).where(FrozenItem.current)).first())
    for person in STAFF:
        client = world.client(person)
        for page in ("", "exams", "tasks", "progress", "bookmarks", "asked", f"topics/{topic}"):
            assert client.get(f"/practice/{page}").status_code == 200, (person, page)
        allowed = person in {"grader", "administrator"}
        assert client.get("/practice/remarks").status_code == (200 if allowed else 403)
    assert client.get("/practice/topics/nothing").status_code == 404


def answer(client, address, look, *, rightly=True):
    question = keys(look, address)
    wrong = [next(option.id for option in question.options if not option.correct)]
    client.post(address, data={"chosen": [option.id for option in question.right] if rightly else wrong})
    return f"/practice/items/{question.topic}/{question.slug}"


def test_questions_to_the_graders_are_read_by_who_has_answered(cora, world, look):
    page = answer(cora, learn(cora, count=1), look)
    asked = cora.post(f"{page}/remarks", data={"text": "Why is <b>C</b> wrong?\u202e"})
    assert asked.location == f"{page}#remarks"
    shown = cora.get(page).text
    assert "Why is &lt;b&gt;C&lt;/b&gt; wrong?\\u202e" in shown
    other = world.client("other interviewer")
    assert "Why is" not in other.get(page).text
    item = page.removeprefix("/practice/items/")
    answer(other, learn(other, item=item, count=1), look, rightly=False)
    shown = other.get(page).text
    assert "Why is" in shown
    assert "Cora" not in shown


def test_graders_answer_what_is_open(cora, world, look):
    page = answer(cora, learn(cora, count=1), look)
    cora.post(f"{page}/remarks", data={"text": "Why is that so, please?"})
    grader = world.client("grader")
    assert "2 questions of people who practise wait" in grader.get("/").text
    assert "who practise wait" not in cora.get("/").text
    assert "Why is that so" in grader.get("/practice/remarks").text
    ref = look(lambda: db.session.scalars(select(Remark.ref).where(Remark.text.startswith("Why is that so"))).one())
    done = grader.post(f"/practice/remarks/{ref}", data={"text": "Since it is so.", "back": "/practice/remarks"})
    assert done.location == "/practice/remarks"
    assert "Why is that so" not in grader.get("/practice/remarks").text
    assert "Since it is so." in cora.get("/practice/asked").text
    assert cora.post(f"/practice/remarks/{ref}", data={"text": "I answer myself."}).status_code == 403


def test_only_the_author_and_graders_take_a_question_away(cora, world, look):
    page = answer(cora, learn(cora, count=1), look)
    cora.post(f"{page}/remarks", data={"text": "Why is that so, please?"})
    ref = look(lambda: db.session.scalars(select(Remark.ref).where(Remark.text.startswith("Why is that so"))).one())
    assert world.client("other interviewer").post(f"/practice/remarks/{ref}/remove").status_code == 404
    assert cora.post(f"/practice/remarks/{ref}/remove").location == page
    assert look(lambda: db.session.scalars(select(Remark).where(Remark.ref == ref)).one_or_none()) is None


@pytest.fixture
def answered(cora, world, look):
    """Cora has asked about a question, and a grader has answered: the question's page."""
    page = answer(cora, learn(cora, item="contexts/a-sum-in-g", count=1), look, rightly=False)
    cora.post(f"{page}/remarks", data={"text": "Why is that so, please?"})
    ref = look(lambda: db.session.scalars(select(Remark.ref).where(Remark.text.startswith("Why is that so"))).one())
    world.client("grader").post(f"/practice/remarks/{ref}", data={"text": "Since it is so."})
    return page


def news(client) -> bool:
    on_both = {"answer to what you asked" in client.get("/practice/").text, "has an answer" in client.get("/").text}
    assert len(on_both) == 1
    return on_both.pop()


@pytest.mark.parametrize("page", ["/practice/asked", "its own", "its lesson"])
def test_an_answer_is_news_until_its_author_sees_it_anywhere(cora, world, look, answered, page):
    assert news(cora)
    for other in ("practising", "grader"):
        world.client(other).get(answered)
        assert not news(world.client(other))
    assert news(cora)
    ref = look(lambda: db.session.scalars(select(Attempt.ref).order_by(Attempt.id.desc())).first())
    shown = cora.get({"its own": answered, "its lesson": f"/practice/learning/{ref}/1"}.get(page, page)).text
    assert "new answer" in shown
    assert "Since it is so." in shown
    assert not news(cora)
    assert "new answer" not in cora.get("/practice/asked").text


def test_what_was_asked_says_what_it_is_about(cora, world, look, answered):
    def ask():
        item = shelf.practice_item("contexts/a-sum-in-g")
        return item.topic.title, json.loads(item.content)["stem"]

    title, stem = look(ask)
    gist = showing.gist(stem)
    cora.post(f"{answered}/remarks", data={"text": "And what about that, then?"})
    for shown in (cora.get("/practice/asked").text, world.client("grader").get("/practice/remarks").text):
        assert gist in html.unescape(shown)
        assert title in shown


def test_lists_ask_the_store_as_often_however_long_they_are(cora, world, look):
    asked: list[str] = []
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    items = look(lambda: [(one.item, one.digest) for one in drawing_of("contexts")[:6]])
    counted = []
    for some in (items[:1], items[1:]):
        for item, digest in some:
            cora.post("/practice/bookmarks", data={"digest": digest, "wanted": 1})
            cora.post(f"/practice/items/{item}/remarks", data={"text": f"A question about {item}"})
        for client, page in ((cora, "bookmarks"), (cora, "asked"), (world.client("grader"), "remarks")):
            asked.clear()
            assert client.get(f"/practice/{page}").status_code == 200
            counted.append(len(asked))
    assert counted[:3] == counted[3:]


def drawing_of(topic):
    kept = select(FrozenItem).where(
        FrozenItem.topic_slug == topic, FrozenItem.current, FrozenItem.pool == Pool.PRACTICE
    )
    return db.session.scalars(kept.order_by(FrozenItem.item)).all()
