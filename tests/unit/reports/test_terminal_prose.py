"""Markdown of ours on a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from harness.reports.terminal_prose import THEME, prose


def shown(markdown: str, width: int = 60, color: str | None = None) -> str:
    out = StringIO()
    console = Console(file=out, width=width, theme=THEME, force_terminal=color is not None, color_system=color)
    console.print(prose(markdown))
    return out.getvalue()


def test_control_characters_never_reach_the_terminal():
    text = shown("a\x1b[31mb &#27; &#x202e; `c\x07d`\n\n```python\nx = 1  # \x1b]0;title\x07\r\u202e\n```\n\n* e\x9bf")
    assert not set(text) & set("\x1b\x07\r\x9b\u202e")
    for visible in ("\\x1b[31mb", "\\u202e", "c\\x07d", "\\x1b]0;title\\x07", "e\\x9bf"):
        assert visible in text


def test_code_is_highlighted_in_the_terminal_s_own_colours():
    text = shown("```python\ndef f():\n    return 'x'\n```", color="standard")
    assert "\x1b[1;35mdef" in text
    assert "\x1b[32m" in text


def test_a_long_word_is_folded_not_cut():
    word = "abcdefghij" * 9
    assert "".join(shown(f"`{word}`", width=40).split()) == word
