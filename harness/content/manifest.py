"""A small typed reader of TOML manifests: a wrong type, an empty text, an unknown key are each a diagnostic.

Reading never stops at the first fault: a reader hands out a stand-in value and goes on, and the loader drops
the item when anything was found.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from harness.content.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TYPES = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    float: "a number",
}


def is_slug(text: str) -> bool:
    """Whether ``text`` may be an id: lower-case letters, digits and single hyphens, a letter first."""
    return SLUG.fullmatch(text) is not None


class Table:
    """One table of a manifest. ``close`` says which keys nobody asked for."""

    def __init__(self, values: Mapping[str, Any], where: str, faults: list[Diagnostic], path: str = "") -> None:
        self._values = values
        self._where = where
        self._faults = faults
        self._path = path
        self._read: set[str] = set()

    def fault(self, key: str, message: str) -> None:
        """Notes what is wrong with ``key``."""
        self._faults.append(error(self._where, f"`{self._name(key)}` {message}"))

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _value(self, key: str, kind: type[T], default: T | None, stand_in: T) -> T:
        self._read.add(key)
        if key not in self._values:
            if default is None:
                self.fault(key, f"is missing: expected {TYPES[kind]}")
                return stand_in
            return default
        value = self._values[key]
        if type(value) is not kind:  # not isinstance: true is no whole number here
            self.fault(key, f"must be {TYPES[kind]}, not {TYPES.get(type(value), type(value).__name__)}")
            return stand_in
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be blank. Surrounding white space is cut."""
        value = self._value(key, str, default, "-").strip()
        if not value and default is None:
            self.fault(key, "is empty")
        return value

    def integer(self, key: str, default: int | None = None, minimum: int = 1) -> int:
        """A whole number of at least ``minimum``."""
        value = self._value(key, int, default, minimum)
        if value < minimum:
            self.fault(key, f"must be at least {minimum}, not {value}")
        return value

    def boolean(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        return self._value(key, bool, default, False)

    def choice(self, key: str, options: type[E], default: E | None = None) -> E:
        """A member of ``options`` by its value."""
        first = next(iter(options))
        value = self._value(key, str, default and default.value, first.value)
        try:
            return options(value)
        except ValueError:
            self.fault(key, f"must be one of {', '.join(options)}, not {value!r}")
            return first

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them blank, none twice."""
        values: list[object] = self._value(key, list, None if default is None else list(default), [])
        if any(not isinstance(value, str) or not value.strip() for value in values):
            self.fault(key, "must be a list of texts")
            return ()
        texts = tuple(str(value) for value in values)
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            self.fault(key, f"names {text!r} twice")
        return texts

    def plain(self, key: str) -> Mapping[str, Any]:
        """A table of values that JSON can carry; empty when it isn't there."""
        values: dict[str, Any] = self._value(key, dict, {}, {})
        for name, value in values.items():
            if not _is_plain(value):
                self.fault(f"{key}.{name}", "must be text, a number, true or false, or a list or table of those")
        return values

    def table(self, key: str, required: bool = True) -> Table:
        """A table of its own; empty when it isn't there and need not be."""
        values: dict[str, Any] = self._value(key, dict, None if required else {}, {})
        return Table(values, self._where, self._faults, self._name(key))

    def tables(self, key: str, required: bool = True) -> Mapping[str, Table]:
        """A table of tables, by their names."""
        values: dict[str, Any] = self._value(key, dict, None if required else {}, {})
        found = {}
        for name, value in values.items():
            if isinstance(value, dict):
                found[name] = Table(value, self._where, self._faults, self._name(f"{key}.{name}"))
            else:
                self.fault(f"{key}.{name}", "must be a table")
        return found

    def rows(self, key: str) -> list[Table]:
        """An array of tables, ``[[key]]``."""
        values: list[object] = self._value(key, list, None, [])
        found = []
        for number, value in enumerate(values, start=1):
            if isinstance(value, dict):
                found.append(Table(value, self._where, self._faults, self._name(f"{key}[{number}]")))
            else:
                self.fault(f"{key}[{number}]", "must be a table")
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the file has."""
        return tuple(self._values)

    def close(self) -> None:
        """Notes each key that was never read: it is mostly a typing error, and may not pass in silence."""
        for key in self._values:
            if key not in self._read:
                self.fault(key, f"is not known here; known are {', '.join(sorted(self._read))}")


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(item) for item in value.values())
    if isinstance(value, list):
        return all(_is_plain(item) for item in value)
    return isinstance(value, str | int | float)


def relative(path: Path, root: Path) -> str:
    """How a diagnostic names ``path``: from its content root, with ``/``."""
    return path.relative_to(root).as_posix()


def read_text(path: Path, root: Path, faults: list[Diagnostic]) -> str:
    """A text file's content; what can't be read or is blank is a diagnostic, and ``""``."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.append(error(relative(path, root), "is missing"))
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        faults.append(error(relative(path, root), f"can't be read: {problem}"))
        return ""
    if not text.strip():
        faults.append(error(relative(path, root), "is empty"))
    return text


def read_manifest(path: Path, root: Path, faults: list[Diagnostic]) -> Table:
    """The manifest at ``path``; what can't be read is a diagnostic, and an empty table that wants nothing."""
    text = read_text(path, root, faults)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        faults.append(error(relative(path, root), f"is not valid TOML: {problem}"))
        values = {}
    return Table(values, relative(path, root), faults)
