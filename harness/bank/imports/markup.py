"""HTML as Markdown, by markdownify; what Markdown of ours can't show is named."""

from __future__ import annotations

import re
from html import unescape

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from harness.bank.exports.markup import REFERENCES

LOST = ("img", "video", "audio", "iframe", "object", "embed", "svg", "math", "canvas", "input", "sub", "sup")
_TAGS = re.compile(
    r"</?(p|br|pre|code|b|i|em|strong|u|ul|ol|li|a|div|span|table|tr|td|th|h[1-6]|blockquote|img|hr|sub|sup)\b[^<>]*>",
    re.IGNORECASE,
)
_ACTING = re.compile(r"[\\`*\[\]]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|\|")
_LINE_START = re.compile(r"^(\s*)([-+#>=])|^(\s*\d{1,9})([.)])")
_TAIL = re.compile(rf"\s*<p>{REFERENCES}</p>\s*<ul>\s*(?P<items>(<li>[^<]*</li>\s*)+)</ul>\s*$")


def is_html(text: str) -> bool:
    """Whether ``text`` has tags that shape a text. What else looks like a tag, as in ``<int:id>``, does not count."""
    return _TAGS.search(text) is not None


def to_markdown(html: str) -> str:
    """HTML as Markdown that renders the same."""
    return str(_Converter(heading_style="atx", bullets="-").convert(_whole(html))).strip()


def from_plain(text: str) -> str:
    """Plain text as Markdown that shows it as it is; an empty line separates paragraphs."""
    return "\n".join(escape(line) for line in text.strip().splitlines())


def lost_tags(html: str) -> list[str]:
    """The tags of ``html`` that have no Markdown of ours, in order."""
    names = (tag.name for tag in BeautifulSoup(_whole(html), "html.parser").find_all(LOST))
    return list(dict.fromkeys(names))


def split_references(html: str) -> tuple[str, tuple[str, ...]]:
    """An explanation's HTML without the list of references that our exports put below it, and those."""
    tail = _TAIL.search(html)
    if tail is None:
        return html, ()
    items = re.findall(r"<li>([^<]*)</li>", tail["items"])
    return html[: tail.start()], tuple(unescape(item).strip() for item in items)


def escape(text: str) -> str:
    """``text`` with a backslash before each character that Markdown would act on."""
    return _LINE_START.sub(r"\1\3\\\2\4", _ACTING.sub(r"\\\g<0>", text))


def _whole(html: str) -> str:
    """One element: of a bare file name or address, Beautiful Soup warns that it may be none of HTML."""
    return f"<div>{html}</div>"


class _Converter(MarkdownConverter):
    """Fences name their language; inline code keeps its spaces; only what acts is escaped."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape(text) if text else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = el.get_text().removesuffix("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", source)), default=0))
        return f"\n\n{fence}{_language(el)}\n{source}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return text
        source = el.get_text().replace("\n", " ")
        if not source:
            return ""
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", source)), default=0))
        padded = source[0] == "`" or source[-1] == "`" or (source[0] == source[-1] == " " and source.strip(" "))
        space = " " if padded else ""
        return f"{ticks}{space}{source}{space}{ticks}"


def _language(pre: Tag) -> str:
    """What ``class="language-python"`` says, of the block or of the code in it."""
    for element in (pre, *pre.find_all("code")):
        for name in element.get_attribute_list("class"):
            if name and name.startswith("language-"):
                return name.removeprefix("language-")
    return "text"
