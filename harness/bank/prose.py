"""Markdown and spelling of questions."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from harness.bank.texts import Text, texts_of
from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.domain.content import Question

LANGUAGES = frozenset(
    {"python", "pycon", "text", "console", "html", "jinja", "html+jinja", "sql", "json", "toml", "ini", "yaml", "http"}
    | {"javascript", "dockerfile", "nginx", "bash", "css", "xml", "csv", "diff", "pytb"}
)
# Words that Flask's world writes so, and a dictionary of typing errors does not know.
KNOWN_WORDS = "selectin,statics"
LEFT_OVER = re.compile(r"\*\*|(?<!\w)__|`")
SPELLING = re.compile(r"^(?P<file>.+?):(?P<line>\d+): (?P<what>.+)$")


def markdown(question: Question) -> Iterator[Diagnostic]:
    """No raw HTML, which a browser would swallow; no marks that mark nothing; every block names its language."""
    where = relative(question.folder / "question.toml", question.folder.parents[3])
    for text in texts_of(question):
        for fault in _faults(text):
            yield error(where, f"{text.place}: {fault}")


def _faults(text: Text) -> Iterator[str]:
    for token in text.tokens:
        if token.type == "fence" and token.info.strip() not in LANGUAGES:
            yield f"a code block names the language {token.info.strip()!r}; known are {', '.join(sorted(LANGUAGES))}"
        if token.type == "code_block":
            yield f"indented text is taken for code: {token.content.strip()[:40]!r}; fence it, or do not indent it"
        if token.type == "html_block":
            yield f"raw HTML, which would not be shown: {token.content.strip()[:40]!r}; put it in backticks"
        for child in token.children or ():
            if child.type in ("html_inline", "link_open") and child.markup in ("", "autolink"):
                shown = child.content or child.attrGet("href")
                yield f"raw HTML or a bare link, which would not be shown as it stands: {shown!r}; put it in backticks"
            if child.type == "text" and (left := LEFT_OVER.search(child.content)):
                yield f"the mark {left.group()} has no partner near {child.content.strip()[:40]!r}"


def spelling(questions: Iterable[Question]) -> Iterator[Diagnostic]:
    """Common typing errors, found by codespell's own dictionary. Raises UsageError when it can't be run."""
    roots = {question.folder: question.folder.parents[3] for question in questions}
    if not roots:
        return
    files = [str(folder / "question.toml") for folder in roots]
    command = [
        sys.executable,
        "-m",
        "codespell_lib",
        "--builtin",
        "clear",
        "--ignore-words-list",
        KNOWN_WORDS,
    ]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    if done.returncode and not done.stdout:
        raise UsageError(f"codespell could not be run: {done.stderr.strip()[-200:]}")
    places = {str(folder / "question.toml"): folder for folder in roots}
    for line in done.stdout.splitlines():
        match = SPELLING.match(line)
        if match and match["file"] in places:
            folder = places[match["file"]]
            where = relative(folder / "question.toml", roots[folder])
            yield error(f"{where}:{match['line']}", f"spelling: {match['what']}")
