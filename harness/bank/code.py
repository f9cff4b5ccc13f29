"""Code in questions: it parses, and it looks as everyone's code looks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from harness.bank.texts import Code, code_of
from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.domain.content import Question

LINE_LENGTH = 88
BLANK_LINES = re.compile(r"\n{2,}")


def code_faults(questions: Iterable[Question]) -> Iterator[Diagnostic]:
    """Python blocks that do not parse, or that a formatter would change.

    A formatter's two blank lines may be one: a stem is read on a small screen. ``…`` stands for what is left out.
    """
    blocks: list[tuple[str, Code]] = []
    for question in questions:
        where = relative(question.folder / "question.toml", question.folder.parents[3])
        for block in code_of(question):
            if block.language != "python":
                continue
            try:
                ast.parse(plain(block.source))
            except (SyntaxError, ValueError) as fault:
                line = getattr(fault, "lineno", None) or 1
                yield error(where, f"{block.place}: line {line} of a code block does not parse: {fault}")
            else:
                blocks.append((where, block))
    for (where, block), formatted in zip(blocks, format_all([plain(block.source) for _, block in blocks]), strict=True):
        if compact(formatted) != compact(plain(block.source)):
            yield error(where, f"{block.place}: a code block is not formatted; it would be\n{formatted.rstrip()}")


def plain(source: str) -> str:
    """``source`` as Python reads it: the character … is an ellipsis."""
    return source.replace("…", "...")


def compact(source: str) -> str:
    """What must be alike: everything but the number of blank lines."""
    return BLANK_LINES.sub("\n", source.strip() + "\n")


def format_all(sources: list[str]) -> list[str]:
    """Each of ``sources`` as ruff formats it. Raises UsageError when ruff can't be run."""
    if not sources:
        return []
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / f"{number:05}.py" for number in range(len(sources))]
        for file, source in zip(files, sources, strict=True):
            file.write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "ruff", "format", "--isolated", f"--line-length={LINE_LENGTH}", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UsageError(f"ruff could not format the code of the questions: {done.stderr.strip()[-200:]}")
        return [file.read_text(encoding="utf-8") for file in files]
