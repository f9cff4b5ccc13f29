"""How the templates of practice show things."""

from __future__ import annotations

import json
import re
import textwrap
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from harness.reports.inert import inert
from harness.services.practice import Source
from harness.web.practice import practice as pages

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

GIST = 120  # characters of a question, where it stands in a list
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LEARNING = {
    Source.ANY: "Learning",
    Source.MISSED: "What you missed",
    Source.DUE: "What is due",
    Source.NEW: "New questions",
    Source.BOOKMARKS: "Your bookmarks",
}


@pages.record_once
def add(state: BlueprintSetupState) -> None:
    """Hands the templates what their macros need, which see no context."""
    environment = state.app.jinja_env
    environment.globals.update(LEARNING=LEARNING, click_key=click_key)
    environment.filters.update(day=day, gist=gist, stem=stem, inert=inert)


def click_key() -> str:
    """Names the click on a button that begins something, however often it arrives."""
    return uuid4().hex


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def stem(content: bytes) -> str:
    """The text of a question, out of what the store keeps of it."""
    found: str = json.loads(content)["stem"]
    return found


def gist(markdown: str) -> str:
    """What a question says beside its code, as plain text, cut."""
    words = re.sub(r"[`*]", "", FENCED.sub(" ", markdown)).strip()
    return textwrap.shorten(words or markdown, GIST, placeholder=" …")
