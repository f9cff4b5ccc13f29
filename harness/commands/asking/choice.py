"""Choosing options by their letters: one key, several keys and Enter, or a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.bank.attempt import Item


class Choice:
    """What is chosen of one question so far. ``fault`` says what was wrong with the last word, for lines."""

    def __init__(self, item: Item, single_keys: bool) -> None:
        self._ids = {letter.lower(): option.id for letter, option in item.options}
        self._span = f"A-{item.letters[-1]}"
        self._multi = item.question.kind == "multi"
        self._single_keys = single_keys
        self._letters: set[str] = set()
        self.fault = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(id_ for letter, id_ in self._ids.items() if letter in self._letters)

    def prompt(self, others: str) -> str:
        """What may be typed; short enough for 40 columns."""
        keys = f"{self._span} + Enter" if self._multi and self._single_keys else self._span
        held = " ".join(sorted(self._letters)).upper()
        return f"{keys}, {others}: {held}"

    def take(self, word: str) -> bool:
        """Takes a key or a line. Returns whether the choice is made."""
        self.fault = ""
        if self._multi and self._single_keys:
            if word in self._ids:
                self._letters ^= {word}
            return word == "" and bool(self._letters)
        letters = {letter for letter in word if letter not in " ,"}
        if letters and letters <= self._ids.keys() and (self._multi or len(letters) == 1):
            self._letters = letters
            return True
        if not self._single_keys:
            wanted = "one or more letters, such as AC" if self._multi else "one letter"
            self.fault = f"Type {wanted} of {self._span}."
        return False
