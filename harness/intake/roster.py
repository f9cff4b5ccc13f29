"""Who is in a class: a CSV whose columns are found by their header, as people write it or an LMS exports it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.domain.errors import IntakeError
from harness.intake.names import inert

MOST_PEOPLE = 1_000
MOST_SAID = 10  # lines that do not fit, in one refusal
LONGEST = 200  # characters of a cell
SEPARATORS = ",;\t"
# What a column may be called, letters and digits only; where several are there, the first of the list is taken.
ID = (
    "id", "studentid", "idnumber", "studentnumber", "matriculationnumber", "registrationnumber", "orgdefinedid",
    "sisuserid", "number", "userid", "username", "sisloginid", "login",
)  # fmt: skip
NAME = ("name", "fullname", "student", "studentname", "displayname")
FIRST = ("firstname", "givenname", "forename")
LAST = ("lastname", "surname", "familyname")
EMAIL = ("email", "emailaddress", "mail")
SUBMISSION = ("submission", "file", "folder")
KEPT = ("id", "sisuserid", "sisloginid", "section")  # what Canvas wants back as it gave it out
NO_PERSON = ("points possible", "student, test", "test student")  # lines of Canvas' own
FITTING_ID = re.compile(r"[^\W_][\w.@/ -]{0,99}")
ARCHIVE = re.compile(r"(\.zip|\.tar\.gz|\.tgz)$")


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a roster. ``submission`` names a folder or archive; ``kept`` are cells that an LMS wants back."""

    line: int
    name: str
    id: str = ""
    email: str = ""
    submission: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Tells this person apart from all others of the roster."""
        return f"{self.name} ({self.id or self.email or self.submission})"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a line each thing stands; None for what the header does not have."""

    found: Mapping[str, int]

    def cell(self, row: Sequence[str], *names: str) -> str:
        """The first of these columns that the header has, without blanks around it."""
        place = next((self.found[name] for name in names if name in self.found), None)
        return row[place].strip() if place is not None and place < len(row) else ""

    def name(self, row: Sequence[str]) -> str:
        whole = self.cell(row, *NAME)
        return " ".join((whole or f"{self.cell(row, *FIRST)} {self.cell(row, *LAST)}").split())

    def has(self, *names: str) -> bool:
        return any(name in self.found for name in names)


def read_roster(text: str) -> list[Person]:
    """The people of a class: each has a name, and an id or an e-mail by which they are known again.

    Raises IntakeError, a line for each line that does not fit.
    """
    people = _read(text, "a name, and an id or an e-mail address", lambda one: bool(one.id or one.email))
    _need_once(people, {"id": lambda one: one.id.casefold(), "e-mail address": lambda one: one.email.casefold()})
    return people


def read_names(text: str) -> dict[str, str]:
    """Submission names (as ``key``) to people, of a roster that has both. Raises IntakeError as ``read_roster``."""
    people = _read(text, "a name and a submission", lambda one: bool(one.submission))
    _need_once(people, {"submission": lambda one: key(one.submission)})
    return {key(one.submission): one.name for one in people}


def key(name: str) -> str:
    """What two spellings of a submission's name have in common: case, Unicode form and an archive's ending don't."""
    return ARCHIVE.sub("", unicodedata.normalize("NFC", name).casefold().strip())


def missing(people: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The people without a submission, in the roster's order."""
    there = {key(name) for name in names}
    return [person for name, person in people.items() if name not in there]


def _read(text: str, needed: str, complete: Callable[[Person], bool]) -> list[Person]:
    rows = _rows(text)
    header_line, header = next(rows, (0, []))
    columns = _columns(header)
    if not (columns.has(*NAME) or columns.has(*FIRST) or columns.has(*LAST)):
        raise IntakeError(
            "The roster's first line has no column `name`. It names the columns, such as: id, name, e-mail."
        )
    people, wrong = [], []
    for line, row in rows:
        if columns.name(row).casefold() in NO_PERSON:
            continue
        try:
            person = _person(line, row, columns)
        except IntakeError as error:
            wrong.append(str(error))
            continue
        if not person.name or not complete(person):
            wrong.append(f"Line {line}: {needed} are needed.")
        people.append(person)
    if len(people) > MOST_PEOPLE:
        wrong.append(f"The roster has {len(people):,} people; {MOST_PEOPLE:,} are allowed. Upload a part at a time.")
    if not people and not wrong:
        wrong.append(f"The roster names nobody: below line {header_line} there is no line with {needed}.")
    _refuse(wrong)
    return people


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers, as an editor counts them, and cells; empty lines are passed over. Raises IntakeError."""
    text = text.lstrip("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise IntakeError(f"Line {line}: this can't be read as a table ({error}).") from error
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _columns(header: Sequence[str]) -> _Columns:
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        found.setdefault(re.sub(r"[\W_]+", "", cell.casefold()), place)
    return _Columns(found)


def _person(line: int, row: Sequence[str], columns: _Columns) -> Person:
    """Raises IntakeError for cells that can't be kept as they are."""
    if any(len(cell) > LONGEST for cell in row):
        raise IntakeError(f"Line {line}: a cell has more than {LONGEST} characters.")
    if any(unicodedata.category(character) == "Cc" and character not in "\n\r\t" for cell in row for character in cell):
        raise IntakeError(f"Line {line}: a cell has a control character.")
    number, email = columns.cell(row, *ID), columns.cell(row, *EMAIL)
    if number and not FITTING_ID.fullmatch(number):
        raise IntakeError(
            f"Line {line}: the id {inert(number)} does not begin with a letter or digit, or has other characters than "
            "letters, digits, blanks and . _ - @ /."
        )
    if email and not (email[0].isalnum() and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email)):
        raise IntakeError(f"Line {line}: {inert(email)} is no e-mail address.")
    kept = {name: value for name in KEPT if (value := columns.cell(row, name))}
    return Person(line, columns.name(row), number, email, columns.cell(row, *SUBMISSION), kept)


def _need_once(people: Sequence[Person], keys: Mapping[str, Callable[[Person], str]]) -> None:
    wrong = []
    for what, key_of in keys.items():
        seen: dict[str, int] = {}
        for one in people:
            value = key_of(one)
            if value and seen.setdefault(value, one.line) != one.line:
                wrong.append(f"Line {one.line}: the {what} {inert(value)} stands in line {seen[value]} already.")
    _refuse(wrong)


def _refuse(wrong: Sequence[str]) -> None:
    """Raises IntakeError with what does not fit, a line each; so many and no more."""
    if wrong:
        more = [f"… and {len(wrong) - MOST_SAID} more lines that do not fit."] if len(wrong) > MOST_SAID else []
        raise IntakeError("\n".join([*wrong[:MOST_SAID], *more]))
