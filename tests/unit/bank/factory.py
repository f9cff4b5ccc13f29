"""A small bank without a fault: one topic, 21 questions; each test then breaks one thing of it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tests.unit.content.factory import CONCEPTS, MISCONCEPTIONS, OPTIONS, evidence_text, topic_text, write

if TYPE_CHECKING:
    from pathlib import Path

LEVELS = ("junior", "mid", "senior")
SYLLABLES = ("ba", "ne", "ko", "ri", "lu", "ta", "mo", "si", "pe", "gu", "sa", "fi", "do", "wa", "ju", "ze")
COUNT = 21


def made_up(*seeds: object, count: int = 8) -> str:
    """``count`` made-up words of equal length that hang on ``seeds``."""
    digits = sha256(repr(seeds).encode()).digest()
    return " ".join("".join(SYLLABLES[digits[i + n] % 16] for n in range(3)) for i in range(count))


def question_text(number: int, stem: str = "", pool: str = "", level: str = "") -> str:
    stem = stem or f"What does {made_up(number)} print?\n\n```python\nprint({number})\n```"
    parts = [
        f'kind = "single"\nlevel = "{level or LEVELS[number % 3]}"\n'
        f'pool = "{pool or ("exam" if number % 4 == 3 else "practice")}"\nconcepts = ["{CONCEPTS[number % 8]}"]\n'
        f"references = [\"Flask documentation: The Application Context\"]\nstem = '''{stem}'''\n"
        "explanation = '''It happens because it does.'''\n"
    ]
    for place, (option, misconception) in enumerate(zip(OPTIONS, (None, *MISCONCEPTIONS), strict=True)):
        tempts = f'misconception = "{misconception}"' if misconception else "correct = true"
        text = made_up(number, place)
        parts.append(f"[[options]]\nid = \"{option}\"\n{tempts}\ntext = '''{text}'''\nwhy = '''As it is.'''\n")
    return "\n".join(parts)


def question_path(number: int) -> str:
    return f"challenges/contexts/questions/question-{number:02}/question.toml"


def make_bank(root: Path) -> Path:
    """A content root with one topic of 21 questions."""
    write(root, "challenges/contexts/topic.toml", topic_text())
    for number in range(COUNT):
        write(root, question_path(number), question_text(number))
        write(root, question_path(number).replace("question.toml", "evidence.py"), evidence_text())
    return root
