"""Lists of people to be invited: read as they are written, and judged line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from harness.services.accounts import normal_email
from harness.services.errors import Refused, Why
from harness.services.extending import extra_time
from harness.services.lines import one_line

MOST_SAID = 10  # lines that do not fit, in one refusal
LONGEST_NAME = 100
SEPARATORS = ",;\t"
COLUMNS = "write name, e-mail, and more time in percent, such as 25."
NO_TABLE = "this can't be read as a table."


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to be invited. ``line`` is where a list has them; ``wrong`` is what does not fit, if anything."""

    name: str
    email: str = ""
    extra_percent: int = 0
    line: int = 0
    wrong: str = ""


def read_lines(text: str) -> list[Invitee]:
    """One person a line: name, e-mail, more time in percent; the last two may lack. What is no such line is wrong.

    A heading and empty lines are passed over; semicolons and tabs separate as well as commas.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((one for one in SEPARATORS if one in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator, skipinitialspace=True)
    people = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and cells[0].lower() != "name":
                people.append(_read(cells, reader.line_num))
    except csv.Error:
        people.append(Invitee("", line=reader.line_num, wrong=NO_TABLE))
    return people


def _read(cells: Sequence[str], line: int) -> Invitee:
    name, email, extra = [*cells, "", "", ""][:3]
    extra = extra.removesuffix("%").strip() or "0"
    if any(cells[3:]) or not extra.isdecimal() or len(extra) > 4:
        return Invitee(name, email, line=line, wrong=COLUMNS)
    return Invitee(name, email, int(extra), line)


def read_list(text: str) -> list[Invitee]:
    """The same where all lines fit. Raises Refused, which names those that do not."""
    people = read_lines(text)
    need_fitting(people)
    return people


def judged(people: Iterable[Invitee], invited: Collection[str] = ()) -> list[Invitee]:
    """Each as they would be kept, with what does not fit: also an address that comes twice, or is invited already."""
    found: list[Invitee] = []
    seen: dict[str, int] = {}
    for number, one in enumerate(people, start=1):
        fitting = _fitting(replace(one, line=one.line or number))
        if fitting.email and not fitting.wrong:
            if fitting.email in seen:
                fitting = replace(fitting, wrong=f"{fitting.email} stands in line {seen[fitting.email]} already.")
            elif fitting.email in invited:
                fitting = replace(fitting, wrong=f"{fitting.email} is invited already.")
            seen.setdefault(fitting.email, fitting.line)
        found.append(fitting)
    return found


def _fitting(one: Invitee) -> Invitee:
    if one.wrong:
        return one
    try:
        return replace(
            one,
            name=one_line(one.name, LONGEST_NAME, "A name"),
            email=normal_email(one.email) if one.email.strip() else "",
            extra_percent=extra_time(one.extra_percent),
        )
    except Refused as refusal:
        return replace(one, wrong=str(refusal))


def need_fitting(people: Iterable[Invitee]) -> None:
    """Raises Refused where somebody does not fit, with a line for each; so many and no more."""
    wrong = [f"Line {one.line}: {one.wrong}" for one in people if one.wrong]
    more = [f"… and {len(wrong) - MOST_SAID} more lines that do not fit."] if len(wrong) > MOST_SAID else []
    if wrong:
        raise Refused(Why.INVALID, "\n".join([*wrong[:MOST_SAID], *more]))
