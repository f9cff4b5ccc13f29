"""Style, types and the direction of imports: what ``make lint`` runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]], ids=" ".join
)
def test_lint(command):
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_no_requirements_file_records_an_address():
    for path in ROOT.rglob("requirements*/*.txt"):
        assert not re.search(r"https?://|--index-url|--find-links", path.read_text()), path


def test_every_link_in_the_documentation_leads_somewhere():
    pages = [path for path in committed() if path.suffix == ".md" and "challenges" not in path.parts]
    targets = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page, target in targets
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken
