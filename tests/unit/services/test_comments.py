"""Comments on what was handed in, and those that are kept to use again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from harness.services import comments, handing_in, phrases
from harness.services.comments import WHOLE, Place
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import AuditEntry, Comment, Phrase, Role

CODE = "import flask\r\n\r\napp = flask.Flask(__name__)\rx = 1"  # four lines, as Python counts
LINE = Place("app.py", 3, 4)


@pytest.fixture
def submission(sitting):
    return handing_in.hand_in(sitting.task.id, "click", {"app.py": CODE.encode(), "empty.txt": b""})


@pytest.fixture
def grader(owner, add_user):
    return add_user(Role.GRADER)


def write(submission, by, place=LINE, text="A name would help.", publish=False):
    return comments.write(submission.id, by, place, text, publish=publish)


def refused(why, deed, *args, **more):
    with pytest.raises(Refused) as refusal:
        deed(*args, **more)
    assert refusal.value.why is why


def test_comments_stand_in_the_order_of_their_lines(submission, grader, owner):
    write(submission, grader)
    write(submission, owner, Place("app.py", 1, 1), "Nothing else is imported.")
    write(submission, owner, WHOLE, "It reads well.")
    found = comments.of_submission(submission.id)
    assert [(one.path, one.last, one.author.name) for one in found] == [
        ("", 0, "Ines"),
        ("app.py", 1, "Ines"),
        ("app.py", 4, "Grader"),
    ]


def test_the_same_click_twice_is_one_comment(submission, grader):
    assert write(submission, grader).id == write(submission, grader).id


@pytest.mark.parametrize(
    "place",
    [
        Place("other.py", 1, 1),
        Place("app.py", 0, 1),
        Place("app.py", 4, 5),
        Place("app.py", 3, 2),
        Place("", 1, 1),
        Place("empty.txt", 1, 2),
    ],
)
def test_a_comment_stands_on_lines_that_are_there(submission, grader, place):
    refused(Why.INVALID, write, submission, grader, place)


def test_an_empty_file_has_one_line(submission, grader):
    assert write(submission, grader, Place("empty.txt", 1, 1)).id


@pytest.mark.parametrize("text", ["", " \n ", "\u202e", "x" * 4001])
def test_a_comment_says_something(submission, grader, text):
    refused(Why.INVALID, write, submission, grader, text=text)


def test_who_may_comment(sitting, submission, add_user, owner):
    for role in (Role.INTERVIEWER, Role.CANDIDATE):
        refused(Why.UNKNOWN, write, submission, add_user(role))
    assert write(submission, owner).id
    assert write(submission, add_user(Role.ADMINISTRATOR)).id
    run = handing_in.run_public_tests(sitting.task.id, "a run", {"app.py": b""})
    refused(Why.UNKNOWN, write, run, owner, WHOLE)


def test_only_who_wrote_it_changes_it(submission, grader, owner):
    made = write(submission, grader)
    for deed in (comments.change, comments.remove):
        more = {"text": "Mine.", "publish": False} if deed is comments.change else {}
        refused(Why.FORBIDDEN, deed, made.ref, owner, **more)
        refused(Why.UNKNOWN, deed, "guess", owner, **more)
    comments.change(made.ref, grader, "A better name would help.", publish=False)
    assert (made.text, made.changed_at is None) == ("A better name would help.", False)
    comments.remove(made.ref, grader)
    assert db.session.scalars(select(Comment)).all() == []


def test_candidates_get_what_is_published(sitting, submission, grader, owner):
    write(submission, grader, text="For colleagues.")
    shown = write(submission, owner, text="For the candidate.", publish=True)
    assert comments.published(sitting.attempt) == {submission.id: [shown]}
    assert comments.publish([submission.id], grader) == 1
    assert len(comments.published(sitting.attempt)[submission.id]) == 2
    assert comments.publish([submission.id], grader) == 0
    comments.change(shown.ref, owner, shown.text, publish=False)
    assert [one.text for one in comments.published(sitting.attempt)[submission.id]] == ["For colleagues."]
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("comment."))).all()
    assert actions == ["comment.publish", "comment.publish", "comment.hide"]


def test_nobody_publishes_on_what_is_not_theirs(submission, grader, add_user):
    write(submission, grader)
    refused(Why.UNKNOWN, comments.publish, [submission.id], add_user(Role.INTERVIEWER))
    assert db.session.scalars(select(Comment.published_at)).one() is None


def test_a_submission_has_only_so_many(submission, grader, monkeypatch):
    monkeypatch.setattr(comments, "MOST", 1)
    write(submission, grader)
    refused(Why.TOO_MANY, write, submission, grader, text="Another one.")


# to use again


def test_one_uses_ones_own_and_what_others_share(grader, owner, add_user):
    phrases.keep(grader, "Mine alone.", shared=False)
    phrases.keep(owner, "Also for others.", shared=True)
    phrases.keep(owner, "Not for others.", shared=False)
    assert [one.text for one in phrases.usable(grader)] == ["Mine alone.", "Also for others."]
    hers = db.session.scalars(select(Phrase).where(Phrase.text == "Not for others.")).one()
    refused(Why.UNKNOWN, phrases.find, hers.ref, grader)
    refused(Why.UNKNOWN, phrases.change, hers.ref, grader, "Mine now.", shared=False)


def test_the_same_text_is_kept_once(grader):
    assert phrases.keep(grader, "A name.", shared=False).id == phrases.keep(grader, "A name. ", shared=True).id
    assert db.session.scalars(select(Phrase)).one().shared


def test_what_is_shared_its_owner_changes_and_administrators(grader, owner, add_user):
    made = phrases.keep(owner, "Also for others.", shared=True)
    refused(Why.FORBIDDEN, phrases.change, made.ref, grader, "Mine now.", shared=True)
    refused(Why.FORBIDDEN, phrases.remove, made.ref, grader)
    phrases.change(made.ref, owner, "For all.", shared=True)
    phrases.remove(made.ref, add_user(Role.ADMINISTRATOR))
    assert db.session.scalars(select(Phrase)).all() == []


def test_one_keeps_only_so_many(grader, monkeypatch):
    monkeypatch.setattr(phrases, "MOST", 1)
    phrases.keep(grader, "One.", shared=False)
    refused(Why.TOO_MANY, phrases.keep, grader, "Two.", shared=False)
