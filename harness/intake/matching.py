"""Whose submission a folder or archive is, by its name: people name them by hand, an LMS by rules of its own.

Nothing is guessed. A name that fits several people, or says one thing by its number and another by its words, fits
nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.intake.roster import Person, key

# Canvas: "doejane_LATE_12345_67890_project.zip", where the first number is the student's id in Canvas.
CANVAS = re.compile(r"(?P<name>[^\W\d_]+)_(?:late_)?(?P<id>\d+)(?:_(?P<file>\d+)(?:_.*)?)?", re.DOTALL)
# Moodle: "Jane Doe_12345_assignsubmission_file", where the number is Moodle's own and says nothing.
MOODLE = re.compile(r"(?P<name>.+)_\d+_assignsubmission(?:_.*)?", re.DOTALL)


@dataclass(frozen=True)
class Class:
    """The people of a roster, to be found by what a name may hold."""

    people: Sequence[Person]
    _by: Mapping[str, Mapping[str, set[int]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by: dict[str, defaultdict[str, set[int]]] = {
            kind: defaultdict(set) for kind in ("submission", "id", "email", "user", "words", "joined")
        }
        for place, one in enumerate(self.people):
            words = _words(one.name)
            for kind, value in (
                ("submission", key(one.submission)),
                ("id", key(one.id)),
                ("email", key(one.email)),
                ("user", key(one.email.partition("@")[0])),
                ("words", _sorted(words)),
                ("joined", "".join(words)),
                ("joined", "".join([*words[-1:], *words[:-1]])),  # the last name first
            ):
                if value:
                    by[kind][value].add(place)
        object.__setattr__(self, "_by", by)

    def whose(self, name: str) -> tuple[Person, ...]:
        """Everyone whom the name of a folder or archive fits: nobody, one person, or several."""
        name = key(name)
        if said := self._find("submission", name):
            return self._these(said)
        if whole := self._find("id", name) | self._find("email", name) | self._find("user", name):
            return self._these(whole | self._by_words(name))
        if moodle := MOODLE.fullmatch(name):
            return self._these(self._by_words(moodle["name"]))
        if canvas := CANVAS.fullmatch(name):
            numbered = self._find("id", canvas["id"])
            return self._these(numbered | self._by_words(canvas["name"]))
        return self._these(self._by_parts(name))

    def _find(self, kind: str, value: str) -> set[int]:
        return set(self._by[kind].get(value, ()))

    def _by_words(self, text: str) -> set[int]:
        words = _words(text)
        return self._find("words", _sorted(words)) | self._find("joined", "".join(words))

    def _by_parts(self, name: str) -> set[int]:
        """By an id or address that is a part of the name, and by the words without such parts."""
        found: set[int] = set()
        rest = []
        for part in re.split(r"[\s_,;()\[\]]+", name):
            hit = self._find("email", part)
            if any(character.isdigit() for character in part):
                hit |= self._find("id", part) | self._find("user", part)
            found |= hit
            if not hit:
                rest.append(part)
        return found | self._by_words(" ".join(rest))

    def _these(self, places: Iterable[int]) -> tuple[Person, ...]:
        return tuple(self.people[place] for place in sorted(places))


def _words(text: str) -> list[str]:
    """The words of a name in small letters without accents; digits and signs part them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.findall(r"[^\W\d_]+", plain)


def _sorted(words: Sequence[str]) -> str:
    return " ".join(sorted(words))
