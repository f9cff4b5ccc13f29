"""QTI 1.2 for Canvas, and the score by QTI's rules.

pyslet reads QTI 1.2 into a class per element; it is lenient in what it takes. We found no package that ships the
schema, so a reader here holds items to its grammar by hand, too.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyslet calls functions of its own that it deprecates
    from pyslet.qtiv1 import common, core
    from pyslet.qtiv1 import item as qti
    from pyslet.qtiv1.xml import QTIDocument

from tests.unit.bank.exports.samples import both, expected_html, export, render, seen, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from pyslet.xml.structures import Element as XMLElement

    from harness.bank.exports.model import Export


QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


def canvas_items(data: bytes) -> Iterator[Element]:
    """The items of a package whose manifest names every file."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"), forbid_dtd=True)
    assert [child.tag for child in manifest] == [f"{CP}metadata", f"{CP}organizations", f"{CP}resources"]
    resources = {resource.get("identifier"): resource for resource in manifest[2]}
    files = [file.get("href") for resource in manifest[2] for file in resource.findall(f"{CP}file")]
    assert sorted(archive.namelist()) == sorted(["imsmanifest.xml", *map(str, files)])
    for name, resource in resources.items():
        if resource.get("type") != "imsqti_xmlv1p2":
            continue
        dependency = resource.find(f"{CP}dependency")
        assert dependency is not None
        meta = ElementTree.fromstring(archive.read(str(resources[dependency.get("identifierref")].get("href"))))
        root = ElementTree.fromstring(archive.read(f"{name}/{name}.xml"), forbid_dtd=True)
        assert meta.get("identifier") == name == root[0].get("ident")
        assert [child.tag for child in root] == [f"{QTI}assessment"]
        assert [child.tag for child in root[0]] == [f"{QTI}qtimetadata", f"{QTI}section"]
        assert meta.findtext("{*}title") == root[0].get("title")
        yield from root[0][1]


def mattext(parent: Element | None) -> str:
    assert parent is not None
    assert [child.tag for child in parent] == [f"{QTI}material"]
    (text,) = parent[0]
    assert (text.tag, text.get("texttype")) == (f"{QTI}mattext", "text/html")
    return text.text or ""


def test_canvas_gives_back_what_went_in(sample: Export) -> None:
    items = list(canvas_items(both("canvas", sample)))
    assert len({item.get("ident") for item in items}) == len(items)
    for element, item in zip(items, sample.items, strict=True):
        tags = [child.tag.removeprefix(QTI) for child in element]
        assert tags == ["itemmetadata", "presentation", "resprocessing", *["itemfeedback"] * 7]
        assert element.get("title") == item.question.id
        fields = {field[0].text: field[1].text for field in element[0][0]}
        assert fields["question_type"] == ("multiple_answers_question" if item.multi else "multiple_choice_question")
        stem, choice = element[1]
        assert choice.get("rcardinality") == ("Multiple" if item.multi else "Single")
        labels = list(choice[0])
        answers = [label.get("ident") for label in labels]
        assert fields["original_answer_ids"] == ",".join(map(str, answers))
        assert len(set(answers)) == 6
        feedback = {part.get("ident"): mattext(part[0]) for part in element[3:]}
        parts = [stem[0].text or "", feedback["general_fb"]]
        for label in labels:
            parts += [mattext(label), feedback[f"{label.get('ident')}_fb"]]
        assert [seen(part) for part in parts] == expected_html(item)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyslet")
def test_canvas_is_understood_by_a_library_for_qti(caplog: pytest.LogCaptureFixture) -> None:
    sample = export(shipped())  # of the made-up ones it reads U+2028 as a line break, as XML 1.1 would
    archive = zipfile.ZipFile(io.BytesIO(render("canvas", sample)))
    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    names = [r.get("identifier") for r in manifest[2] if r.get("type") == "imsqti_xmlv1p2"]
    read = [item for name in names for item in qti_items(archive.read(f"{name}/{name}.xml"))]
    assert caplog.messages == []  # where pyslet says which values it can't make sense of
    for element, item in zip(read, sample.items, strict=True):
        assert {type(child).__module__.split(".")[1] for child in below(element)} == {"qtiv1"}  # it knows them all
        assert element.title == item.question.id
        (choice,) = found(element, qti.ResponseLId)
        assert choice.rCardinality == (core.RCardinality.Multiple if item.multi else core.RCardinality.Single)
        stem, *labels = found(element.Presentation, common.Material)
        feedback = {part.ident: part for part in element.ItemFeedback}
        shown = [stem, feedback["general_fb"]]
        for label, material in zip(found(choice, qti.ResponseLabel), labels, strict=True):
            shown += [material, feedback[f"{label.ident}_fb"]]
        assert [seen("".join(text.get_value() for text in found(part, common.MatText))) for part in shown] == (
            expected_html(item)
        )


def qti_items(data: bytes) -> list[qti.Item]:
    document = QTIDocument()
    document.read(src=io.BytesIO(data))
    return [item for section in document.root.Assessment.SectionMixin for item in section.SectionItemMixin]


def below(element: XMLElement) -> Iterator[XMLElement]:
    for child in element.get_children():
        if not isinstance(child, str):
            yield child
            yield from below(child)


def found(element: XMLElement, kind: type[XMLElement]) -> list[XMLElement]:
    return [child for child in below(element) if isinstance(child, kind)]


def holds(condition: Element, chosen: frozenset[str]) -> bool:
    """Whether a condition of QTI 1.2 holds for what was chosen."""
    match condition.tag.removeprefix(QTI):
        case "varequal":
            return condition.text in chosen
        case "not":
            return not holds(condition[0], chosen)
        case "and" | "conditionvar":
            return all(holds(part, chosen) for part in condition)
        case "other":
            return True
    raise AssertionError(condition.tag)


def processed(item: Element, chosen: frozenset[str]) -> tuple[float, set[str]]:
    """The score, and the feedback shown, by the rules of QTI 1.2."""
    score, shown = 0.0, set()
    for condition in item[2].findall(f"{QTI}respcondition"):
        if not holds(condition[0], chosen):
            continue
        for action in condition[1:]:
            if action.tag == f"{QTI}setvar":
                score = float(action.text or "")
            else:
                shown.add(str(action.get("linkrefid")))
        if condition.get("continue") == "No":
            break
    return score, shown


def test_canvas_scores_all_or_nothing_and_shows_every_explanation(nasty: Export) -> None:
    for element, item in zip(canvas_items(render("canvas", nasty)), nasty.items, strict=True):
        answers = [str(label.get("ident")) for label in element[1][1][0]]
        right = {answers[number - 1] for number in item.numbers}
        sizes = range(7) if item.multi else [1]
        for chosen in (frozenset(some) for size in sizes for some in combinations(answers, size)):
            score, shown = processed(element, chosen)
            assert score == (100 if chosen == right else 0)
            assert shown == {"general_fb", *(f"{answer}_fb" for answer in chosen)}
