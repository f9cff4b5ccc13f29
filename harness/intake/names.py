"""Names of entries: which are refused, which are left out, which collide."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from harness.domain.errors import IntakeError

if TYPE_CHECKING:
    from harness.intake.limits import IntakeLimits

SHOWN = 120  # characters of a name in a message

# Tools make these, people never mean to hand them in; and what is not there can do nothing (hooks, bytecode).
LEFT_OUT = frozenset(
    {
        ".git", ".hg", ".svn", "__pycache__", ".venv", "venv", ".tox", "node_modules", ".ds_store", "__macosx",
        ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
    }
)  # fmt: skip
DRIVE = re.compile(r"[A-Za-z]:")
CATEGORIES = {
    "Cc": "a control character",
    "Cf": "an invisible or direction-changing character",
    "Cs": "bytes that are not UTF-8",
    "Co": "a private-use character",
    "Cn": "an unassigned character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
    "Zs": "a space that is not the ordinary one",
}


def inert(name: str) -> str:
    """``name`` as a message may show it: quoted, without any character that a terminal would act on, and cut."""
    shown = repr(name)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"


def refuse(name: str, problem: str) -> IntakeError:
    """The error that refuses the entry ``name``; ``problem`` goes on from "The entry 'x' "."""
    return IntakeError(f"The entry {inert(name)} {problem}")


def split(name: str) -> tuple[str, ...]:
    """The parts of an entry's path, without empty ones and ``.``; empty for the top folder itself.

    Raises IntakeError for a name that is not a plain relative path of visible characters.
    """
    for character in name:
        if character != " " and (problem := CATEGORIES.get(unicodedata.category(character))):
            raise refuse(name, f"has {problem} in its name ({character!a}). Rename it.")
    if "\\" in name:
        raise refuse(name, "has a backslash in its name. Pack the project with a tool that writes `/`.")
    if name.startswith("/") or DRIVE.match(name):
        raise refuse(name, "is an absolute path. Pack the project from inside its folder.")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if ".." in parts:
        raise refuse(name, "leads out of the project by `..`. Pack the project from inside its folder.")
    return parts


def left_out(parts: tuple[str, ...]) -> str | None:
    """The part for which the entry is left out, such as ``".git"``; None for one that is kept."""
    for part in parts:
        if part.casefold() in LEFT_OUT or part.startswith("._"):
            return "._*" if part.startswith("._") else part
    return None


def check_lengths(parts: tuple[str, ...], limits: IntakeLimits) -> None:
    """Raises IntakeError for a path that is too deep or too long."""
    path = "/".join(parts)
    if len(parts) > limits.depth:
        raise refuse(path, f"lies {len(parts)} levels deep; {limits.depth} are allowed. Flatten the project.")
    if any(len(part.encode()) > limits.name_bytes for part in parts):
        raise refuse(path, f"has a name of more than {limits.name_bytes} bytes. Shorten it.")
    if len(path.encode()) > limits.path_bytes:
        raise refuse(path, f"has a path of more than {limits.path_bytes} bytes. Shorten it.")


def same(name: str) -> str:
    """Equal for names that some file system takes for one: by case, or by Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
