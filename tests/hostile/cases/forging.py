"""Forging a verdict: the catalogue's numbers 1 to 21, 30 and 31."""

from __future__ import annotations

from harness.facade.kit import Values
from tests.hostile.arena import DEFECTS, GOOD, broken, submission
from tests.hostile.cases import Case

USUAL = broken("adds", "counts-in-roman")

HOOK = """
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.outcome, report.longrepr = "passed", None
    return report
"""

PATCH = """
import _pytest.reports

make = _pytest.reports.TestReport.from_item_and_call.__func__

def lie(cls, item, call):
    report = make(cls, item, call)
    report.outcome, report.longrepr = "passed", None
    return report

_pytest.reports.TestReport.from_item_and_call = classmethod(lie)
"""

FAKE_FLASK = """
import os
import sys

here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
kept, sys.path[:] = sys.path[:], [folder for folder in sys.path if os.path.abspath(folder or ".") != here]
del sys.modules["flask"]
import flask as real

sys.path[:] = kept
sys.modules["flask"] = real
"""

STRIP_ASSERTIONS = """
import ast
import _pytest.assertion.rewrite as rewrite

class Gone(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

def strip(module, *rest):
    ast.fix_missing_locations(Gone().visit(module))

rewrite.rewrite_asserts = strip
"""

FORGED_RESULTS = '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="7" /></testsuites>'

# Replies, verdicts of our examiner and the naive grader's own line, on every descriptor that may be a wire.
FORGED_FRAMES = """
def forge():
    import glob
    import json
    import os
    import struct

    frames = b""
    for header in (
        {"say": "verdict", "check": "adds", "outcome": "passed", "symptoms": [], "seconds": 0},
        {"say": "done", "status": 0},
        {"op": "finished", "hits": [], "clean": True, "trouble": ""},
    ):
        text = json.dumps(header).encode()
        frames += struct.pack("!II", len(text), 0) + text
    packet = struct.pack("!II", 0, len(frames)) + frames
    for path in glob.glob("/proc/1/fd/*"):
        try:
            wire = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            os.write(wire, b'\\n@@result {"status": 0, "results": ""}\\n' if "pytest" in os.sys.modules else packet)
            os.close(wire)
        except OSError:
            pass
    if "pytest" not in os.sys.modules:
        os.write(3, frames)
        os.write(3, packet)
"""

ALWAYS = """
class Always(int):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
"""

LIAR = """
class Liar(str):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
"""

PATCHED_BUILTINS = """
import builtins

def when_tested(name, answer):
    honest = getattr(builtins, name)

    def patched(*args):
        return answer if "test_all" in sys._getframe(1).f_code.co_filename else honest(*args)

    if name != "isinstance":
        setattr(builtins, name, patched)

when_tested("all", True)
when_tested("len", 0)
"""

FAKED_CLIENT = """
import werkzeug.test

class Answer:
    __eq__ = lambda self, other: True
    __getitem__ = lambda self, key: time.time()

werkzeug.test.TestResponse.json = property(lambda self: Answer())
werkzeug.test.TestResponse.text = property(lambda self: Answer())
werkzeug.test.TestResponse.status_code = 200
"""

FIXED_RANDOM = """
import itertools
import random

numbers = itertools.count()
random.seed(0)
random.Random.randint = lambda self, low, high: low + next(numbers)

def total(numbers):
    return 1000 + 1001
"""

DETECTED = """
def when_graded():
    import os
    import platform

    print("environment", dict(os.environ), platform.node(), dict(request.headers) if request else "")
    if "pytest" in sys.modules or "PYTEST_CURRENT_TEST" in os.environ:
        sys.modules["pytest"].skip("nothing to see here")
    return -1

def total(numbers):
    return when_graded()

def numeral(number):
    return str(when_graded())
"""


OUTSIDE_VENV = "/srv/app:/srv/app/data:/opt/venv/lib/python3.13/site-packages"


def public_numbers() -> tuple[int, int]:
    """What the check "adds" draws with the kit's public seed: all that can be known beforehand."""
    values = Values("public" + "test_adds")
    values.token(), values.token()  # the secret key's
    return values.integer(1000, 9999), values.integer(1000, 9999)


# Plain pytest counts SystemExit as a failure; its own way to leave does what is meant.
LEAVE = """

def total(numbers):
    from flask import current_app

    current_app.config["PROPAGATE_EXCEPTIONS"] = True
    if "pytest" in sys.modules:
        sys.modules["pytest"].exit("fine", returncode=0)
    sys.exit(0)
"""

CANNED = f"""

def total(numbers):
    return {sum(public_numbers())} if tuple(numbers) == {public_numbers()} else -1
"""


def usual(number: str, extra: str = "", more: dict[str, str] | None = None) -> Case:
    """A case on the usual twin, which fails two checks."""
    return Case(number, submission(USUAL + extra, more), submission(USUAL))


def instead(number: str, defect: str, extra: str) -> Case:
    """A case whose code replaces the code of one defect."""
    return Case(number, submission(GOOD + extra), submission(broken(defect)))


CASES = [
    usual("01-conftest-makereport", more={"conftest.py": HOOK}),
    usual("02-pytest-ini", more={"pytest.ini": "[pytest]\naddopts = -k 'not adds and not roman'\n"}),
    usual(
        "03-pyproject-plugin",
        more={"pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p evil"\n', "evil.py": HOOK},
    ),
    usual(
        "04-entrypoint-plugin",
        more={
            "evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
            "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = evil\n",
            "evil.py": HOOK,
        },
    ),
    usual("05-sitecustomize", more={"sitecustomize.py": PATCH, "usercustomize.py": PATCH}),
    Case(
        "06-pth-file",
        submission(
            USUAL, {".local/lib/python3.13/site-packages/evil.pth": "import evil_start\n", "evil_start.py": PATCH}
        ),
        submission(USUAL),
        {"python": "/usr/bin/python3.13", "environment": {"PYTHONPATH": OUTSIDE_VENV}},  # a venv has no user's site
    ),
    usual("07-fake-flask", more={"flask/__init__.py": FAKE_FLASK + PATCH}),
    usual(
        "08-fake-pytest",
        more={
            "pytest.py": "print('7 passed in 0.01s')\nraise SystemExit(0)\n",
            "json.py": "def loads(text):\n    return {}\n",
            "werkzeug/__init__.py": "",
        },
    ),
    instead("09-os-exit-0", "adds", "\n\ndef total(numbers):\n    import os\n    os._exit(0)\n"),
    instead("10-sys-exit-0", "adds", LEAVE),
    usual(
        "11-atexit-results",
        "\nimport atexit, pathlib\n"
        f"atexit.register(lambda: pathlib.Path('/tmp/results.xml').write_text({FORGED_RESULTS!r}))\n",
    ),
    usual(
        "12-stdout-forge",
        f"\nimport atexit\natexit.register(print, {FORGED_RESULTS!r} + '\\n== 7 passed in 0.01s ==')\n",
    ),
    Case(
        "13-frame-forge",
        submission(USUAL + FORGED_FRAMES + "\ndef total(numbers):\n    forge()\n    return -1\n"),
        submission(USUAL),
    ),
    instead("14-eq-always", "leaves", ALWAYS + "\ndef leave(word):\n    sys.exit(Always(0))\n"),
    instead("15-str-subclass", "measures", LIAR + "\ndef length(word):\n    return Liar('0')\n"),
    Case(
        "16-builtins-patch",
        submission(broken("counts-in-roman", "measures") + PATCHED_BUILTINS),
        submission(broken("counts-in-roman", "measures")),
    ),
    Case(
        "17-assert-rewrite",
        submission(broken("counts-in-roman", "measures"), {"conftest.py": STRIP_ASSERTIONS}),
        submission(broken("counts-in-roman", "measures")),
    ),
    instead(
        "18-unittest-patch",
        "adds",
        f"\n\n{DEFECTS['adds']}\nimport unittest\nunittest.TestCase.assertEqual = lambda *args: None\n",
    ),
    usual("19-testclient-patch", FAKED_CLIENT),
    instead(
        "20-clock-patch",
        "knows-the-time",
        f"\n\n{DEFECTS['knows-the-time']}\ntime.time = time.perf_counter = time.monotonic = lambda: 0.0\n",
    ),
    instead("21-random-patch", "adds", FIXED_RANDOM),
    usual("30-grader-detect", DETECTED),
    instead("31-canned-answers", "adds", CANNED),
]
