"""Strangers' code on pages: its lines keep their numbers, nothing of it acts, and tracebacks point into it."""

from __future__ import annotations

import re
import time

import pytest

from harness.domain.packs import pack
from harness.web import code

HOSTILE = b"<script>alert(1)</script>\x1b[2J\xe2\x80\xae\xff\x00"


def plain(line):
    return re.sub(r"<[^>]+>", "", str(line))


@pytest.mark.parametrize("path", ["app.py", "page.html", "x.toml", "x.json", "x.sql", "x.unknown", "Makefile"])
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("\n", 1),
        ("\n\na", 3),
        ("a\r\nb\rc\n", 3),
        ("x = '''\nfoo\n\n'''\n", 4),
        ("a\x0cb\u2028c\x85d\x1ce", 1),
        ("a\n\n\n", 3),
        ("\ufeffx", 1),
    ],
)
def test_lines_are_counted_as_python_does(path, text, count):
    lines, left_out = code.shown_lines(path, text.encode())
    assert (len(lines), left_out) == (count, 0)


@pytest.mark.parametrize("path", ["app.py", "page.html", "x.sql", "x.unknown"])
def test_nothing_of_it_acts(path):
    (line,), _ = code.shown_lines(path, HOSTILE)
    assert plain(line) == "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[2J\\u202e\\xff\\x00"
    assert set(re.findall(r"<(\w+)", str(line))) <= {"span"}


def test_code_has_classes_and_no_styles():
    lines, _ = code.shown_lines("app.py", b"import flask  # why\n")
    assert 'class="kn"' in lines[0]
    assert 'class="c1"' in lines[0]
    assert "style" not in lines[0]


def test_what_is_too_long_is_left_out_at_its_end():
    lines, left_out = code.shown_lines("app.py", b"x = 1\n" * (code.MOST_LINES + 7))
    assert (len(lines), left_out) == (code.MOST_LINES, 7)
    lines, left_out = code.shown_lines("app.py", (b"#" * 1000 + b"\n") * 1000)
    assert len(lines) + left_out == 1000
    assert sum(map(len, lines)) < 2 * code.MOST_CHARACTERS


@pytest.mark.parametrize("text", ["&", "{% raw %}", "<!--", "{# ", "<script>a/", "'", "=", "(", "<style>a{"])
@pytest.mark.parametrize("path", list(code.LEXERS.values()))
def test_slow_texts_are_not_that_slow(path, text):
    """Some of them take a lexer minutes where it may have as much as it likes."""
    ending = next(ending for ending, lexer in code.LEXERS.items() if lexer == path)
    began = time.perf_counter()
    code.shown_lines(f"x{ending}", (text * 60_000)[: path[1]].encode())
    assert time.perf_counter() - began < 5


def test_what_the_candidate_wrote_comes_first():
    starter = {"app.py": "x = 1\n", "README.md": "Read.\n"}
    files = code.files_of(pack({"README.md": b"Read.\n", "app.py": b"x = 2\n", "new.py": b""}), starter)
    assert [(one.path, one.origin) for one in files] == [
        ("app.py", "changed"),
        ("new.py", "new"),
        ("README.md", "starter"),
    ]


# tracebacks


TRACE = """Traceback (most recent call last):
  File "/srv/app/shop/pages.py", line 3, in show
    return <b>
  File "/usr/lib/python3/flask/app.py", line 9, in run
  File "app.py", line 99, in beyond
tests/test_app.py:2: AssertionError
ZeroDivisionError: division by zero"""


def test_a_tracebacks_lines_lead_to_the_submissions_own():
    files = {"shop/pages.py": 4, "app.py": 0, "tests/test_app.py": 7}
    shown = {"shop/pages.py": 5, "app.py": 10, "tests/test_app.py": 2}
    made = code.pointed(TRACE, files, shown)
    assert re.findall(r'href="#([^"]+)"', made) == ["L4-3", "L7-2"]
    assert "return &lt;b&gt;" in made
    assert plain(made).replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"') == TRACE


# what changed


def differ(before, after):
    return code.differences(pack({path: text.encode() for path, text in after.items()}), before)


def test_a_difference_has_both_numbers():
    before = "".join(f"{one}\n" for one in range(1, 21))
    (one,) = differ({"app.py": before}, {"app.py": before.replace("10\n", "ten\nmore\n")})
    assert (one.kind, one.added, one.removed) == ("changed", 2, 1)
    assert [(line.kind, line.before, line.after, line.text) for line in one.lines] == [
        ("gap", None, None, ""),
        ("same", 7, 7, "7"),
        ("same", 8, 8, "8"),
        ("same", 9, 9, "9"),
        ("removed", 10, None, "10"),
        ("added", None, 10, "ten"),
        ("added", None, 11, "more"),
        ("same", 11, 12, "11"),
        ("same", 12, 13, "12"),
        ("same", 13, 14, "13"),
        ("gap", None, None, ""),
    ]


def test_files_that_came_went_and_stayed():
    found = differ(
        {"same.py": "x\n", "gone.py": "x\n", "tests/test_public.py": "x\n"},
        {"same.py": "x\n", "new.py": "x\ny\n", "ends.py": "a"},
    )
    assert [(one.shown, one.kind, one.added) for one in found] == [
        ("ends.py", "new", 1),
        ("new.py", "new", 2),
        ("gone.py", "removed", 0),
        ("same.py", "same", 0),
    ]


def test_ends_of_lines_alone_are_no_lines_that_differ():
    (one,) = differ({"app.py": "a\nb\n"}, {"app.py": "a\r\nb\r\n"})
    assert (one.kind, one.lines) == ("changed", ())


def test_an_excerpt_has_the_lines_around():
    packed = pack({"app.py": "".join(f"line{one}\n" for one in range(1, 21)).encode()})
    found = code.excerpt(packed, "app.py", 2, 3)
    assert (found.first, len(found.lines), list(found.about)) == (1, 6, [2, 3])
    assert code.excerpt(packed, "app.py", 20, 20).first == 17
    assert code.excerpt(packed, "other.py", 1, 1) is None
