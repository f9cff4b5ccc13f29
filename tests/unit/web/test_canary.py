"""Nothing that a candidate must not know is in any byte that a candidate can get: all pages are walked."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from harness.domain.canonical import read_question
from harness.domain.packs import unpack
from harness.services import frozen
from harness.store.base import db, writing
from harness.store.models import Assessment, FrozenItem, FrozenSecret, Invitation, ItemKind, ReportPolicy

LINK = re.compile(r'(?:href|src|hx-get|action)="(/[^"#]*)')
PLAIN = re.compile(r"[A-Za-z][A-Za-z ,]{28,}[a-z]")  # no character that HTML or Markdown writes otherwise


def told(text: str, public: str) -> Iterator[str]:
    """Long plain pieces of ``text`` that ``public`` does not have."""
    yield from (piece for piece in PLAIN.findall(text) if piece not in public)


def canaries() -> set[str]:
    """Pieces of every key, explanation and hidden test of the assessment."""
    found: set[str] = set()
    assessment = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
    for item in assessment.items:
        secret = db.session.get_one(FrozenSecret, item.digest).content
        if item.frozen.kind is ItemKind.QUESTION:
            question, public = read_question(secret.decode()), item.frozen.content.decode()
            for text in (question.explanation, *(option.why for option in question.options)):
                found.update(told(text, public))
        else:
            public = "".join(data.decode() for data in unpack(item.frozen.content).values())
            for path, data in unpack(secret).items():
                if path.endswith((".py", ".md")):
                    found.update(told(data.decode(), public))
    found.update(names_of_others())
    return found


def names_of_others() -> set[str]:
    return {"Otto", "HIDDENINPUT 4711", "irma@example.org", "carl@example.org"}


def walk(client, start: str) -> Iterator[tuple[str, bytes]]:
    """Every answer that links, forms and htmx lead to from ``start``, archives unpacked."""
    waiting, seen = [start], set()
    while waiting:
        address = html.unescape(waiting.pop())
        if address in seen or "/static/" in address:
            continue
        seen.add(address)
        reply = client.get(address)
        assert reply.status_code < 500, address
        yield address, reply.data
        if reply.mimetype == "application/zip":
            for name, data in zip_of(reply.data):
                yield f"{address}!{name}", data
        elif reply.status_code in {301, 302, 303}:
            waiting.append(reply.headers["Location"])
        elif reply.mimetype == "text/html":
            waiting += LINK.findall(reply.text)


def zip_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def leaks(world, person: str) -> tuple[set[str], int]:
    """The canaries that this person's walk met, and how many answers it had."""
    words, pages = world.find(canaries), list(walk(world.client(person), "/assessment/"))
    text = [html.unescape(data.decode("utf-8", "replace")) for _, data in pages]
    return {word for word in words for page in text if word in page}, len(pages)


def set_policy(world, policy: ReportPolicy) -> None:
    with world.site.app_context(), writing() as session:
        session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().report_policy = policy


@pytest.mark.parametrize("policy", list(ReportPolicy))
def test_while_an_attempt_runs_nothing_is_told(world, policy):
    set_policy(world, policy)
    met, pages = leaks(world, "invited")
    assert met == set()
    assert pages >= 12


@pytest.mark.parametrize("policy", [ReportPolicy.NONE, ReportPolicy.SCORES])
def test_after_the_end_a_policy_without_explanations_tells_none(world, policy):
    set_policy(world, policy)
    met, _ = leaks(world, "finished")
    assert met == set()


def test_after_the_end_the_full_report_tells_explanations_and_never_tests(world):
    met, _ = leaks(world, "finished")
    explained = world.find(lambda: {word for word in canaries() if word in explanations()})
    assert len(met & explained) > 10
    hidden = world.find(hidden_tests)
    assert not {word for word in met if word in hidden and word not in world.find(explanations)}
    assert not met & names_of_others()


def test_a_question_of_the_exam_pool_is_never_shown_again(world):
    with world.site.app_context(), writing() as session:
        for item in session.scalars(select(FrozenItem).where(FrozenItem.kind == ItemKind.QUESTION)):
            item.pool = "exam"
    words = world.find(lambda: {word for word in canaries() if word in explanations(tasks=False)})
    assert len(words) > 10
    pages = [
        html.unescape(data.decode("utf-8", "replace")) for _, data in walk(world.client("finished"), "/assessment/")
    ]
    assert not {word for word in words for page in pages if word in page}


def interview() -> set[str]:
    """Pieces of what interviewers are told to ask about the assessment's tasks."""
    assessment = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
    topics = [frozen.topic_with(one.frozen) for one in assessment.items if one.frozen.kind is ItemKind.TASK]
    texts = [one.interview for topic in topics for one in (*topic.concepts.values(), *topic.misconceptions.values())]
    return {piece for text in texts for piece in PLAIN.findall(text)}


@pytest.mark.parametrize("person", ["invited", "finished"])
def test_a_candidate_never_reads_what_the_interview_will_ask(world, person):
    words = world.find(interview)
    assert len(words) > 5
    pages = [html.unescape(data.decode("utf-8", "replace")) for _, data in walk(world.client(person), "/assessment/")]
    assert not {word for word in words for page in pages if word in page}


def explanations(*, tasks: bool = True) -> str:
    """All that a full report may tell: keys, and the reference's explanation."""
    parts = []
    assessment = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
    for item in assessment.items:
        secret = db.session.get_one(FrozenSecret, item.digest).content
        if item.frozen.kind is ItemKind.QUESTION:
            question = read_question(secret.decode())
            parts += [question.explanation, *(option.why for option in question.options)]
        elif tasks:
            parts += [data.decode() for path, data in unpack(secret).items() if path.endswith("explanation.md")]
    return "\n".join(parts)


def hidden_tests() -> str:
    assessment = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
    secrets = [db.session.get_one(FrozenSecret, one.digest).content for one in assessment.items if one.frozen.title]
    return "\n".join(data.decode() for one in secrets for path, data in unpack(one).items() if path.endswith(".py"))


def test_a_stranger_learns_nothing_from_guessed_addresses(world):
    world.find(lambda: db.session.scalars(select(Invitation)).all())
    for address in ("/assessment/open/guess", "/attempts/guess/report", "/appeals/guess", "/assessments/guess"):
        for person in ("nobody", "other invited", "practising"):
            reply = world.client(person).get(address)
            assert reply.status_code in {302, 403, 404}
            assert b"Nora" not in reply.data
