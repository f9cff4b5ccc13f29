"""The sentences of a report, in one place: plain, kind and exact. ``you`` is true when the candidate reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.domain.content import TaskKind
from harness.domain.verdicts import Limit, LimitHit, LimitSource, StartProblem

if TYPE_CHECKING:
    from harness.domain.scores import Score
    from harness.reports.model import ConceptView, Counts

_LIMITS = {
    Limit.TIME: "It did not finish within the time limit{of}",
    Limit.MEMORY: "It used more memory than the limit{of} allows",
    Limit.PROCESSES: "It started more processes than the limit{of} allows",
    Limit.OUTPUT: "It printed or sent more than the output limit{of} allows",
    Limit.DISK: "It wrote more to disk than the limit{of} allows",
    Limit.PROTOCOL: "Its reply was not a well-formed one",
}
_SOURCES = {
    LimitSource.ENGINE: "the container engine",
    LimitSource.AGENT: "assay's agent inside the container",
    LimitSource.HARNESS: "assay, from outside the container",
}

_START = {
    StartProblem.MISSING_ENTRY: (
        "the entry point was not found",
        "Check the names of the file and of the function or app in it against the brief.",
    ),
    StartProblem.SYNTAX_ERROR: (
        "a file has a syntax error",
        "The traceback names the file and the line. Running the public tests shows the same error.",
    ),
    StartProblem.MISSING_PACKAGE: (
        "it imports a package that is not there",
        "The brief names the packages at hand. Nothing else can be installed, so do without the import.",
    ),
    StartProblem.CRASHED: (
        "it ended while starting",
        "The traceback's last lines name the exception and where it was raised.",
    ),
    StartProblem.NOT_AN_APP: (
        "the entry point gave something else than a Flask app",
        "A factory returns the app that it made; see that its last line is a return.",
    ),
    StartProblem.PROGRAM: (
        "a program that belongs to it did not come up",
        "The message says what was waited for; what the program printed stands below it.",
    ),
    StartProblem.LIMIT: (
        "a limit was hit while it was starting",
        "Starting should only make the app: leave out long work, waiting and big data when a module is imported.",
    ),
}


def limit_sentence(hit: LimitHit, value: str) -> str:
    """What was hit, the value that was in force, and who saw it."""
    what = _LIMITS[hit.limit].format(of=f" of {value}" if value else "")
    return f"{what} (seen by {_SOURCES[hit.source]})."


def limit_in_checks(sentence: str, count: int) -> str:
    return f"A limit was hit in {_checks(count)}. {sentence}"


def limit_at_start(sentence: str) -> str:
    return f"A limit was hit while starting. {sentence}"


def start_headline(problem: StartProblem, you: bool) -> str:
    return f"{'Your' if you else 'The'} app did not start: {_START[problem][0]}."


def start_advice(problem: StartProblem) -> str:
    return _START[problem][1]


def lead(kind: TaskKind, you: bool) -> str:
    """What a belief completes."""
    whose = "Your" if you else "The"
    if kind is TaskKind.TEST:
        return f"{whose} tests are written as if"
    return f"{whose} code behaves as if"


def says(kind: TaskKind, you: bool) -> str:
    """What the tempting option is called."""
    return f"What {'your' if you else 'the'} {'tests say' if kind is TaskKind.TEST else 'code says'}"


def headline(counts: Counts, score: Score, start: str | None, fault: bool, you: bool) -> str:
    """The report in one sentence."""
    if fault:
        return f"There is no score, because something on our side failed, not in {'your' if you else 'the'} code."
    if counts.ours:
        return f"There is no score yet: {counts.ours} of {_checks(counts.checks)} could not be judged."
    if start:
        return start
    if score.value is None:
        return "There is no score: nothing was there to judge."
    if counts.passed == counts.checks:
        return f"All {_checks(counts.checks)} passed." if counts.checks > 1 else "The one check passed."
    return f"{counts.passed} of {_checks(counts.checks)} passed."


def remarks(counts: Counts, broken: bool, forfeited: int, fault: bool, claims: bool, you: bool) -> list[str]:
    """What belongs right under the headline. ``broken``: a guard is, and ``forfeited`` concepts lose points by it."""
    said = []
    if fault or counts.ours:
        said.append(
            "This is a fault of ours, and it does not count against you. Nothing in your submission needs to change "
            "because of it: have it graded again as it is, and if that ends the same way, tell whoever gave you "
            "the task."
            if you
            else "This is a fault of ours and says nothing about the submission. Run `assay doctor`, then grade the "
            "submission again; it is never counted as a zero."
        )
    if claims:
        said.append(
            f"The tests ran inside the container, next to {'your' if you else 'the submitted'} code, which could have "
            "changed them or their results. So every verdict here is the container's own claim; none was observed "
            "from outside."
        )
    if broken:
        concepts = "one concept earns" if forfeited == 1 else f"{forfeited} concepts earn"
        costs = f", so {concepts} no points" if forfeited else ""
        said.append(
            f"Something that already worked in the starter no longer does{costs}: see the checks marked as guards."
        )
    return said


def basis_summary(counts: Counts, you: bool) -> str:
    """How many verdicts were observed and how many are the program's own word."""
    own = "your own program" if you else "the candidate's own program"
    judged = counts.observed + counts.self_reported + counts.claims
    if not judged:
        return ""
    total = f"{_checks(judged)} that {'was' if judged == 1 else 'were'} judged" if counts.ours else _checks(judged)
    everything = f"All {total}" if judged > 1 else f"The {total}"
    are, were = ("are", "were") if judged > 1 else ("is", "was")
    if counts.claims:
        return f"{everything} {are} the container's claim."
    if not counts.self_reported:
        return f"{everything} {were} observed from outside {own}."
    if not counts.observed:
        return f"{everything} {are} self-reported, by what {own} says of itself."
    rest = "1 is" if counts.self_reported == 1 else f"{counts.self_reported} are"
    return (
        f"Of the {total}, {counts.observed} {'was' if counts.observed == 1 else 'were'} observed from outside and "
        f"{rest} self-reported, by what {own} says of itself."
    )


def guard_summary(counts: Counts, you: bool) -> str:
    """What guards are, once for the whole report."""
    if not counts.guards:
        return ""
    one = counts.guards == 1
    starter = "the starter that you were given" if you else "the untouched starter"
    return (
        f"{'1 check is a guard: it passes' if one else f'{counts.guards} checks are guards: they pass'} on {starter} "
        f"already. A guard earns no points, but breaking it costs its concept's points."
    )


def points(concept: ConceptView) -> str:
    """What a concept earned, in a few words. One with guards alone has no points: its guards held, or were broken."""
    if concept.possible:
        unit = "point" if concept.possible == 1 else "points"
        return f"{concept.earned} of {concept.possible} {unit}{' so far' if concept.ours else ''}"
    count = len(concept.checks)
    guards = "guard" if count == 1 else "guards"
    if concept.failed:
        return f"{guards} broken" if concept.failed == count else f"{concept.failed} of {count} guards broken"
    return f"{guards} not judged" if concept.ours else f"{guards} held"


def broken_guard_note(you: bool, costs: bool) -> str:
    """``costs``: its concept has points to lose."""
    return (
        f"A guard: it passes on {'the starter that you were given' if you else 'the untouched starter'}. Because it "
        f"fails here, {'its concept earns no points' if costs else 'something is broken that worked'}."
    )


def crash_note(you: bool) -> str:
    return f"{'Your' if you else 'The'} program ended during this check."


def decided_note(reason: str) -> str:
    return f"Somebody looked at this verdict and changed it: {reason}"


OURS_NOTE = "This check could not be judged, through a fault of ours."


def _checks(count: int) -> str:
    return "1 check" if count == 1 else f"{count} checks"
