"""Questions to the graders: who reads them, and how many somebody may ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from harness.services import accounts, practice, remarks, shelf
from harness.services.errors import Refused, Why
from harness.services.practice import Wish
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import AuditEntry, Remark, Role

TEXT = "Why is this one not right?"


@pytest.fixture
def people(app):
    return {role: accounts.add_user(f"{role.value}@example.org", role.value, role) for role in Role}


@pytest.fixture
def author(people):
    return people[Role.CANDIDATE]


@pytest.fixture
def item(author):
    return shelf.practice_item("contexts/a-sum-in-g")


def answer(user, item):
    asked = practice.begin_learning(user.id, Wish(items=(item.item,), count=1), "").items[0]
    practice.answer(asked.id, asked.shown[:1])


def refused(deed, *arguments) -> Why:
    with pytest.raises(Refused) as caught:
        deed(*arguments)
    return caught.value.why


def test_who_has_not_answered_reads_only_their_own(people, author, item):
    remarks.ask(author.id, item, TEXT)
    assert len(remarks.under(item, author)) == 1
    assert remarks.under(item, people[Role.INTERVIEWER]) == []
    answer(people[Role.INTERVIEWER], item)
    assert len(remarks.under(item, people[Role.INTERVIEWER])) == 1


@pytest.mark.parametrize("role", [Role.GRADER, Role.ADMINISTRATOR])
def test_who_answers_questions_reads_all(people, author, item, role):
    remarks.ask(author.id, item, TEXT)
    assert len(remarks.under(item, people[role])) == 1


def test_a_question_is_open_until_it_is_answered(people, author, item):
    asked = remarks.ask(author.id, item, TEXT)
    assert [one.ref for one in remarks.open_remarks()] == [asked.ref]
    remarks.reply(people[Role.GRADER].id, asked.ref, "Since it is not.")
    assert (remarks.open_remarks(), remarks.count_open()) == ([], 0)
    assert [one.text for one in remarks.under(item, author)[0].replies] == ["Since it is not."]


def test_the_same_click_again_asks_and_answers_once(people, author, item):
    for _ in range(2):
        asked = remarks.ask(author.id, item, TEXT)
        remarks.reply(people[Role.GRADER].id, asked.ref, "Since it is not.")
    assert db.session.query(Remark).count() == 2
    assert db.session.query(AuditEntry).filter_by(action="remark.reply").count() == 1


def test_an_answer_has_no_answers(people, author, item):
    asked = remarks.ask(author.id, item, TEXT)
    answered = remarks.reply(people[Role.GRADER].id, asked.ref, "Since it is not.")
    assert refused(remarks.reply, people[Role.GRADER].id, answered.ref, "And another one.") is Why.UNKNOWN


@pytest.mark.parametrize("text", ["", "too short", " short" + 20 * "\n", "x" * 2001])
def test_a_text_has_its_limits(author, item, text):
    assert refused(remarks.ask, author.id, item, text) is Why.INVALID


def test_a_day_has_so_many_questions(author, item):
    for number in range(remarks.MOST_A_DAY):
        remarks.ask(author.id, item, f"This is question {number}.")
    assert refused(remarks.ask, author.id, item, "One question more.") is Why.TOO_MANY
    with time_machine.travel(now() + timedelta(days=1, seconds=1), tick=False):
        remarks.ask(author.id, item, "One question more.")


def test_an_answered_question_stays_unless_a_grader_takes_it_away(people, author, item):
    asked = remarks.ask(author.id, item, TEXT)
    remarks.reply(people[Role.GRADER].id, asked.ref, "Since it is not.")
    assert refused(remarks.remove, author, asked.ref) is Why.UNKNOWN
    assert remarks.remove(people[Role.GRADER], asked.ref) == item.item
    assert db.session.query(Remark).count() == 0


def test_nobody_takes_away_what_somebody_else_asked(people, author, item):
    asked = remarks.ask(author.id, item, TEXT)
    assert refused(remarks.remove, people[Role.INTERVIEWER], asked.ref) is Why.UNKNOWN
    remarks.remove(author, asked.ref)
    assert remarks.open_remarks() == []


def test_an_answer_is_news_until_its_author_has_read_it(people, author, item):
    asked = remarks.ask(author.id, item, TEXT)
    grader = people[Role.GRADER]
    assert remarks.news_for(author.id) == 0
    remarks.reply(grader.id, asked.ref, "Since the context ends first.")
    assert (remarks.news_for(author.id), remarks.news_for(grader.id)) == (1, 0)
    remarks.mark_read(grader.id)
    assert remarks.news_for(author.id) == 1
    remarks.mark_read(author.id)
    assert remarks.news_for(author.id) == 0


def test_who_answers_their_own_question_needs_no_telling(people, item):
    grader = people[Role.GRADER]
    asked = remarks.ask(grader.id, item, TEXT)
    remarks.reply(grader.id, asked.ref, "It was easy after all.")
    assert remarks.news_for(grader.id) == 0
