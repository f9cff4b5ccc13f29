"""What is imported: our own exports come back whole, others' files as far as they can, and every fault is named."""

from __future__ import annotations

import csv
import io
import tomllib
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from harness.bank.exports.formats import FORMATS
from harness.bank.exports.markup import to_html
from harness.bank.exports.udemy import COLUMNS
from harness.bank.imports import moodle, udemy
from harness.bank.imports.markup import from_plain, lost_tags, to_markdown
from harness.bank.imports.model import Found, FoundOption
from harness.bank.imports.write import as_toml, slugify, write
from harness.commands.bank_import import import_
from harness.content.library import load_library
from harness.domain.content import Level, Pool, Status
from harness.domain.errors import UsageError
from tests.unit.bank.exports.samples import NASTY, export, nasty_library, nasty_stem, seen, shipped, texts
from tests.unit.content.factory import topic_text
from tests.unit.content.factory import write as write_file

if TYPE_CHECKING:
    from pathlib import Path

    from harness.bank.exports.model import Export
    from harness.domain.content import Question

READERS = {"udemy": udemy.read, "moodle": moodle.read}


# Round trips


@pytest.fixture(params=["nasty", "shipped", "shipped exams"])
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Export:
    if request.param == "nasty":
        return export(nasty_library(tmp_path / "nasty"))
    return export(shipped(), Pool.EXAM if "exams" in request.param else Pool.PRACTICE)


def loaded(root: Path, found: list[Found]) -> list[Question]:
    """What the loader makes of the folders written for ``found``, in their order."""
    write_file(root, "challenges/contexts/topic.toml", topic_text())
    folders = write(found, root / "challenges/contexts/questions", Level.MID)
    library = load_library([root])
    assert library.diagnostics == ()
    return [library.questions[f"contexts/{folder.name}"] for folder in folders]


@pytest.mark.parametrize("form", READERS)
def test_our_own_export_comes_back(form: str, sample: Export, tmp_path: Path) -> None:
    reading = READERS[form](FORMATS[form].render(sample), "bank")
    assert reading.findings == []
    for question, item in zip(loaded(tmp_path, reading.questions), sample.items, strict=True):
        before = item.question
        assert question.status is Status.DRAFT
        one_right = form == "udemy" and len(before.right) == 1
        assert question.kind == ("single" if one_right else before.kind)
        assert [option.correct for option in question.options] == [option.correct for option in item.options]
        assert question.references == before.references
        after = [question.stem, question.explanation]
        after += [text for option in question.options for text in (option.text, option.why)]
        assert [seen(to_html(text)) for text in after] == [seen(to_html(text)) for text in texts(item)]
        if form == "moodle":
            assert (question.level, question.slug, question.pool) == (before.level, before.slug, before.pool)


# HTML and Markdown


@pytest.mark.parametrize("name", NASTY)
def test_html_becomes_markdown_that_renders_the_same(name: str) -> None:
    html = to_html(nasty_stem(NASTY[name]))
    assert seen(to_html(to_markdown(html))) == seen(html)


@pytest.mark.parametrize("raw", [*NASTY.values(), "- x", "+ x", "# x", "1. x", "2) x", "> x", "===", "a | b", "~~x~~"])
def test_plain_text_shows_as_it_is(raw: str) -> None:
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    html = to_html(from_plain("\n\n".join(lines)))
    assert [text.split() for kind, text in seen(html) if kind == "text"] == [line.split() for line in lines]


HTML = [
    ("<b>a</b> <i>b</i> <tt>c</tt>", "**a** *b* c"),
    ("one<br>two", "one  \ntwo"),
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    ("<pre>x = 1\n  y</pre>", "```text\nx = 1\n  y\n```"),
    ('<pre class="language-sql"><code>SELECT *</code></pre>', "```sql\nSELECT *\n```"),
    ("<code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
    ("<code>&lt;int:id&gt;</code> &lt;int:id&gt;", "`<int:id>` \\<int:id>"),
    ("snake_case_name 2 * 3 &amp;amp; [x]", "snake_case_name 2 \\* 3 \\&amp; \\[x\\]"),
    ("config.py", "config.py"),
    ("https://example.org/a.png", "https://example.org/a.png"),
    ("<pre>```\n````</pre>", "`````text\n```\n````\n`````"),
]


@pytest.mark.parametrize(("html", "markdown"), HTML)
def test_html_of_others_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown
    assert lost_tags(html) == []


# Udemy's CSV

ROW = {
    "Question": "What is it?",
    "Question Type": "multiple-choice",
    **{f"Answer Option {n}": f"It is {n}" for n in range(1, 7)},
    **{f"Explanation {n}": f"Because of {n}" for n in range(1, 7)},
    "Correct Answers": "2",
    "Overall Explanation": "So it is.",
    "Domain": "Contexts",
}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_a_row_of_others_is_read(tmp_path: Path) -> None:
    row = ROW | {
        "Question": "<p>Which <code>&lt;int:id&gt;</code>?</p><pre><code>x = 1\n</code></pre>",
        "Answer Option 1": "line one\nline two",
        "Question Type": " Multi-Select ",
        "Correct Answers": "2, 3",
    }
    reading = udemy.read(b"\xef\xbb\xbf" + table(row, ROW), "test.csv")
    assert reading.findings == []
    question, other = loaded(tmp_path, reading.questions)
    assert question.stem == "Which `<int:id>`?\n\n```text\nx = 1\n```"
    assert question.options[0].text == "line one\nline two"
    assert (question.kind, [o.correct for o in question.options]) == ("multi", [False, True, True, *[False] * 3])
    assert (other.kind, other.right[0].id, other.right[0].why) == ("single", "it-is-2", "Because of 2")
    assert (question.slug, other.slug) == ("which-int-id", "what-is-it")
    text = (other.folder / "question.toml").read_text("utf-8")
    assert text.startswith("# Imported from test.csv, row 3 (line 5). Unproven:")
    assert "# Domain in the file: Contexts\n" in text


FAULTS = [
    ({"Question": " "}, ["it has no question"]),
    ({"Question Type": "fill-in"}, ["questions of the type 'fill-in' have no form here"]),
    ({"Correct Answers": ""}, ["Correct Answers is ''", "it has 0 right answers"]),
    ({"Correct Answers": "B"}, ["Correct Answers is 'B'", "it has 0 right answers"]),
    ({"Correct Answers": "0"}, ["Correct Answers is '0'", "it has 0 right answers"]),
    ({"Correct Answers": "7"}, ["the right answer 7 is none of 1 to 6", "it has 0 right answers"]),
    ({"Correct Answers": "1,2"}, ["it has 2 right answers; a single choice has exactly one"]),
    ({"Question Type": "multi-select", "Correct Answers": "1,2,3,4,5,6"}, ["6 of its 6 answers are right"]),
    ({"Answer Option 2": "", "Explanation 2": ""}, ["the right answer 2 is empty", "it has 0 right answers"]),
    ({"Answer Option 3": ""}, ["Explanation 3 has no answer option"]),
    ({"Question": "", "Question Type": "x", "Correct Answers": "9"}, ["type 'x'", "answer 9", "no question", "has 0"]),
]


@pytest.mark.parametrize(("changed", "reasons"), FAULTS)
def test_a_row_with_faults_is_refused_with_all_of_them(changed: dict[str, str], reasons: list[str]) -> None:
    reading = udemy.read(table(ROW, ROW | changed, ROW), "test.csv")
    assert len(reading.questions) == 2
    found = [str(finding) for finding in reading.findings]
    assert all(line.startswith("test.csv, row 3 (line 3): error: not imported: ") for line in found)
    assert len(found) == len(reasons)
    assert all(reason in line for reason, line in zip(reasons, found, strict=True))


LACKS = [
    ({"Answer Option 6": "", "Explanation 6": ""}, "has 5 options; it needs 6 before it can be published"),
    ({"Explanation 1": "", "Explanation 4": " "}, "2 of its options have no explanation; `why` says 'To be written.'"),
    ({"Overall Explanation": ""}, "has no overall explanation; `explanation` says 'To be written.'"),
    ({"Question": "<p>Look: <img src='x.png'> <sup>2</sup></p>"}, "has HTML that Markdown can't show: img, sup"),
]


@pytest.mark.parametrize(("changed", "message"), LACKS)
def test_a_row_that_needs_work_is_kept_and_named(changed: dict[str, str], message: str, tmp_path: Path) -> None:
    reading = udemy.read(table(ROW, ROW | changed), "test.csv")
    assert [str(finding) for finding in reading.findings] == [f"test.csv, row 3 (line 3): warning: {message}"]
    assert len(loaded(tmp_path, reading.questions)) == 2


def test_empty_rows_columns_in_another_order_and_rows_that_are_too_long() -> None:
    columns = (*reversed(COLUMNS), "Own notes")
    assert len(udemy.read(table(ROW, columns=columns), "x").questions) == 1
    reading = udemy.read(table(ROW) + b",,,\r\n\r\n" + table(ROW).split(b"\r\n")[1] + b",more,\r\n", "x")
    assert len(reading.questions) == 1
    assert [str(f) for f in reading.findings] == [
        "x, row 5 (line 5): error: not imported: it has 19 cells, and the first row 17"
    ]


def test_rows_before_a_broken_quote_are_kept() -> None:
    reading = udemy.read(table(ROW) + b'"a"b,c\r\n', "x")
    assert len(reading.questions) == 1
    assert "x, line 3: error: not imported: the CSV can't be read from here on" in str(reading.findings[0])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "lacks Question, Question Type"),
        (b"a,b\r\n1,2\r\n", "x is no practice test of Udemy: its first row lacks Question"),
        ("Frage,é".encode("latin-1"), r"x is not UTF-8 \(byte 6\)"),
    ],
)
def test_what_is_no_udemy_csv_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        udemy.read(data, "x")


# Moodle XML


def answer(text: str, fraction: str = "0", feedback: str = "Because.") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text>{escape(text)}</text>'
        f"<feedback><text>{feedback}</text></feedback></answer>"
    )


ANSWERS = answer("one", "100") + "".join(answer(f"other {n}") for n in range(5))


def question(inner: str = ANSWERS, kind: str = "multichoice", stem: str = "<p>What?</p>", form: str = "html") -> str:
    return (
        f'<question type="{kind}"><name><text>The name</text></name>\n<questiontext format="{form}"><text>'
        f"<![CDATA[{stem}]]></text></questiontext><generalfeedback><text>So.</text></generalfeedback>{inner}</question>"
    )


def quiz(*questions: str) -> bytes:
    return f"<?xml version='1.0'?>\n<quiz>\n{''.join(questions)}\n</quiz>".encode()


def test_a_question_of_moodle_is_read(tmp_path: Path) -> None:
    category = '<question type="category"><category><text>$course$/x</text></category></question>'
    multi = answer("a", "50") + answer("b", "50") + "".join(answer(f"c {n}", "-100") for n in range(4))
    tags = "<tags><tag><text>level:senior</text></tag></tags>"
    reading = moodle.read(quiz(category, question(), question(f"<single>false</single>{multi}{tags}")), "x.xml")
    assert reading.findings == []
    first, second = loaded(tmp_path, reading.questions)
    assert (first.slug, second.slug) == ("the-name", "the-name-2")
    assert (first.kind, first.level, first.right[0].text) == ("single", Level.MID, "one")
    assert (second.kind, second.level, len(second.right)) == ("multi", Level.SENIOR, 2)
    assert (first.stem, first.explanation, first.options[1].why) == ("What?", "So.", "Because.")
    assert "question 3 (line 4). Unproven" in (second.folder / "question.toml").read_text("utf-8")


TEXTS = [
    ("html", "<p>a <b>b</b></p>", "a **b**"),
    ("markdown", "a **b** <int:id>", "a **b** <int:id>"),
    ("plain_text", "a **b** <int:id>", r"a \*\*b\*\* \<int:id>"),
    ("moodle_auto_format", "a\n\n<b>b</b>", "a\n\n**b**"),
]


@pytest.mark.parametrize(("form", "stem", "markdown"), TEXTS)
def test_texts_are_read_by_the_format_that_they_name(form: str, stem: str, markdown: str) -> None:
    (found,) = moodle.read(quiz(question(stem=stem, form=form)), "x").questions
    assert found.stem == markdown


REFUSED = [
    (question(kind="truefalse"), ["questions of the type 'truefalse' have no form here"]),
    (question(kind="essay"), ["questions of the type 'essay'"]),
    (question(stem=""), ["it has no question"]),
    (question(""), ["it has 0 options", "it has 0 right answers"]),
    (question(answer("a", "100") + answer("b", "50")), ["answer 2 earns 50 of 100", "it has 2 right answers"]),
    (question(answer("a", "100") + answer("b", "none")), ["the fraction of answer 2 is 'none'", "it has 1 options"]),
    (question(answer("a", "100") + answer("", "0")), ["answer 2 is empty"]),
]


@pytest.mark.parametrize(("element", "reasons"), REFUSED)
def test_a_question_with_faults_is_refused_with_all_of_them(element: str, reasons: list[str]) -> None:
    reading = moodle.read(quiz(question(), element, question()), "x.xml")
    assert len(reading.questions) == 2
    found = [str(f) for f in reading.findings if f.severity == "error"]
    assert all(line.startswith("x.xml, question 2 (line 4): error: not imported: ") for line in found)
    assert all(reason in line for reason, line in zip(reasons, found, strict=True))


LEFT_OUT = [
    ("<hint><text>h</text></hint>", "its <hint> is left out"),
    ("<correctfeedback><text>Well done</text></correctfeedback>", "its <correctfeedback> is left out"),
    ("<file name='x.png'>AAAA</file>", "has embedded files, which are left out"),
    (answer("<img src='@@PLUGINFILE@@/x.png'> x"), "has HTML that Markdown can't show: img"),
]


@pytest.mark.parametrize(("more", "message"), LEFT_OUT)
def test_what_a_draft_has_no_place_for_is_named(more: str, message: str) -> None:
    reading = moodle.read(quiz(question(ANSWERS + more)), "x")
    assert len(reading.questions) == 1
    assert message in "\n".join(map(str, reading.findings))


BOMB = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
FOREIGN = b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<quiz><question></quiz>", "x is not well-formed XML: mismatched tag: line 1"),
        (b"<html/>", "x is no Moodle XML: its root is <html>"),
        (BOMB, "declares entities or a document type, which is refused"),
        (FOREIGN, "declares entities or a document type, which is refused"),
        (b"<?xml version='1.0' encoding='nonsense'?><quiz/>", "x "),
    ],
)
def test_what_is_no_moodle_xml_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        moodle.read(data, "x")


# Writing


def found(text: str = "x", name: str = "What?") -> Found:
    options = tuple(FoundOption(text, text, correct=number == 0) for number in range(6))
    return Found("x", name, multi=False, stem=text, explanation=text, options=options, references=(text,))


@given(st.text(min_size=1).filter(lambda text: "\r" not in text and text == text.strip() and text))
def test_any_text_survives_in_toml(text: str) -> None:
    data = tomllib.loads(as_toml(found(text), Level.JUNIOR))
    assert data["references"] == [text]
    assert [data["stem"].strip("\n"), data["options"][3]["why"].strip("\n")] == [text.strip("\n")] * 2
    assert len({option["id"] for option in data["options"]}) == 6


SLUGS = [
    ("What is `g`, in Flask 3.1?", "what-is-g-in-flask"),
    ("1st of 2: Été", "of-2-ete"),
    ("404?", "question"),
    ("漢字", "question"),
    ("a" * 99, "a" * 60),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text, 5, "question") == slug


def test_folders_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    assert [folder.name for folder in write([found()], tmp_path, Level.MID)] == ["what"]
    (tmp_path / "what/question.toml").write_text("mine", encoding="utf-8")
    assert [folder.name for folder in write([found(), found()], tmp_path, Level.MID)] == ["what-2", "what-3"]
    assert (tmp_path / "what/question.toml").read_text("utf-8") == "mine"


# The command


def test_the_command_imports_lists_and_counts(tmp_path: Path) -> None:
    file = tmp_path / "test.csv"
    file.write_bytes(table(ROW, ROW | {"Question Type": "essay"}, ROW | {"Explanation 1": ""}))
    root = tmp_path / "own"
    result = CliRunner().invoke(import_, [str(file), "--topic", "contexts", "--output", str(root), "--level", "junior"])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "test.csv, row 3 (line 3): error: not imported: questions of the type 'essay' have no form here",
        "test.csv, row 4 (line 4): warning: 1 of its options have no explanation; `why` says 'To be written.'",
        f"2 questions are drafts in {root}/challenges/contexts/questions; 1 were not imported.",
        f"They are shown once there is a topic: write {root}/challenges/contexts/topic.toml.",
    ]
    write_file(root, "challenges/contexts/topic.toml", topic_text())
    questions = load_library([root]).questions
    assert {q.id: (q.level, q.status) for q in questions.values()} == {
        "contexts/what-is-it": (Level.JUNIOR, Status.DRAFT),
        "contexts/what-is-it-2": (Level.JUNIOR, Status.DRAFT),
    }


def test_the_command_knows_moodle_xml_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "export.txt"
    file.write_bytes(b"\xef\xbb\xbf" + quiz(question()))
    result = CliRunner().invoke(import_, [str(file), "--topic", "contexts", "--output", str(tmp_path)])
    assert (result.exit_code, result.output.splitlines()[0][:22]) == (0, "1 questions are drafts")


def test_the_command_refuses_a_wrong_topic_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "test.csv"
    file.write_bytes(table(ROW))
    result = CliRunner().invoke(import_, [str(file), "--topic", "../x", "--output", str(tmp_path / "own")])
    assert isinstance(result.exception, UsageError)
    assert not (tmp_path / "own").exists()
