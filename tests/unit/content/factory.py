"""A small, whole and faultless content root, made in a folder; each test then breaks one thing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONCEPTS = ("lifetime", "isolation", "lookup", "teardown", "proxies", "stack", "binding", "testing")
OPTIONS = ("right", "wrong-a", "wrong-b", "wrong-c", "wrong-d", "wrong-e")
MISCONCEPTIONS = tuple(f"belief-{letter}" for letter in "abcde")


def write(root: Path, path: str, text: str) -> Path:
    """Writes ``text`` to ``path`` below ``root``, with the folders that it needs."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replaces ``old``, which must be there, in the file at ``path``."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def topic_text(status: str = "published") -> str:
    parts = [
        f'title = "Contexts"\ndomain = "fundamentals"\norder = 1\nstatus = "{status}"\n',
        *(f'[concepts.{name}]\ndefinition = "What {name} is."\ninterview = "What is it?"\n' for name in CONCEPTS),
    ]
    for name, concept in zip(MISCONCEPTIONS, CONCEPTS, strict=False):
        parts.append(f'[misconceptions.{name}]\nbelief = "{name} were so"\nconcept = "{concept}"\n')
    return "\n".join(parts)


def question_text(concepts: tuple[str, ...]) -> str:
    named = ", ".join(f'"{concept}"' for concept in concepts)
    parts = [
        f'kind = "single"\nlevel = "mid"\npool = "practice"\nconcepts = [{named}]\n'
        "references = [\"Flask documentation: The Application Context\"]\nstem = '''What happens?'''\n"
        "explanation = '''It happens because it does.'''\n"
    ]
    for option, misconception in zip(OPTIONS, (None, *MISCONCEPTIONS), strict=True):
        tempts = f'misconception = "{misconception}"' if misconception else "correct = true"
        parts.append(f'[[options]]\nid = "{option}"\n{tempts}\ntext = "What {option} says"\nwhy = "As it is."\n')
    return "\n".join(parts)


def evidence_text() -> str:
    functions = [f"def {option.replace('-', '_')}():\n    return 1, {i}\n" for i, option in enumerate(OPTIONS, 1)]
    return "\n\n".join(functions)


def task_text(status: str = "published") -> str:
    return f"""title = "A request log"
summary = "Keep what belongs to a request with the request."
kind = "build"
level = "mid"
minutes = 30
status = "{status}"
entry = "log:create_app"
preload = ["flask"]
packages = ["Flask"]

[config]
TESTING = true
SECRET_KEY = "{{secret}}"
"""


def hidden_text(count: int = 12) -> str:
    tests = [
        f'@pytest.mark.check("check-{n}", concept="{CONCEPTS[n % len(CONCEPTS)]}")\n'
        f'def test_{n}(client):\n    """Number {n} is kept."""\n    assert client.get("/{n}")\n'
        for n in range(1, count + 1)
    ]
    return "import pytest\n\n\n" + "\n\n".join(tests)


def expected_text() -> str:
    wrong = [f'["wrong/{name}"]\nmust_fail = ["check-{n}"]\n' for n, name in enumerate(MISCONCEPTIONS, 1)]
    return '[solution]\nscore = 100\n[starter]\nscore = 0\nguards = ["check-12"]\n' + "\n".join(wrong)


def make_root(root: Path, topic: str = "contexts", task: str = "request-log") -> Path:
    """A content root with one topic, six questions, one task and its reference; nothing is wrong with it."""
    base = f"challenges/{topic}"
    write(root, f"{base}/topic.toml", topic_text())
    for number in range(1, 7):
        concepts = (CONCEPTS[number - 1], *CONCEPTS[6:]) if number == 1 else (CONCEPTS[number - 1],)
        write(root, f"{base}/questions/question-{number}/question.toml", question_text(concepts))
        write(root, f"{base}/questions/question-{number}/evidence.py", evidence_text())
    write(root, f"{base}/tasks/{task}/task.toml", task_text())
    write(root, f"{base}/tasks/{task}/public/brief.md", "# A request log\n\nKeep it.\n")
    write(root, f"{base}/tasks/{task}/public/starter/log.py", "def create_app(config): ...\n")
    write(root, f"{base}/tasks/{task}/public/starter/templates/log.html", "<p>log</p>\n")
    write(root, f"{base}/tasks/{task}/public/tests/test_public.py", "def test_it(client):\n    assert client\n")
    write(root, f"{base}/tasks/{task}/hidden/tests/test_log.py", hidden_text())
    reference = f"reference/{topic}/{task}"
    write(root, f"{reference}/expected.toml", expected_text())
    write(root, f"{reference}/explanation.md", "It keeps it in `g`.\n")
    write(root, f"{reference}/solution/log.py", "def create_app(config): ...\n")
    for name in ("with-session", "with-class"):
        write(root, f"{reference}/equivalents/{name}/log.py", "def create_app(config): ...\n")
    for name in MISCONCEPTIONS:
        write(root, f"{reference}/wrong/{name}/log.py", "def create_app(config): ...\n")
    return root
