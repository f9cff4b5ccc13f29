"""The editor that is shipped: built from pinned packages that are named, without what the policy forbids."""

from __future__ import annotations

import json
import re
from pathlib import Path

WEB = Path(__file__).parents[3] / "harness" / "web"
BUNDLE = (WEB / "static" / "vendor" / "editor.js").read_text("utf-8")
LICENCES = (WEB / "static" / "vendor" / "editor.LICENSES.txt").read_text("utf-8")
PACKAGE = json.loads((WEB / "editor" / "package.json").read_text("utf-8"))
LOCK = json.loads((WEB / "editor" / "package-lock.json").read_text("utf-8"))


def test_what_is_built_evaluates_no_text_and_asks_nobody():
    assert not re.findall(r"\beval\(|new Function|import\(|\bfetch\(|XMLHttpRequest", BUNDLE)


def test_versions_are_exact_and_those_that_were_built():
    shipped = dict(re.findall(r"^(\S+) (\d[^ ]*) \([^)]+\)$", LICENCES, re.MULTILINE))
    assert len(shipped) > len(PACKAGE["dependencies"]), "what they depend on is named, too"
    for name, version in PACKAGE["dependencies"].items():
        assert shipped[name] == version
    for name, version in shipped.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_the_lock_names_contents_and_no_registry():
    packages = [one for path, one in LOCK["packages"].items() if path]
    assert all("resolved" not in one and one["integrity"] for one in packages)
