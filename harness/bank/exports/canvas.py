"""IMS QTI 1.2 as Canvas's classic quizzes import it: a package with one practice quiz per topic.

The form is that of Canvas's own exports: an ``assessment`` per quiz, what Canvas adds in ``assessment_meta.xml``, and
a manifest (IMS Content Packaging 1.1) that names both.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from harness.bank.exports.markup import child, document, explained, to_html
from harness.domain.content import Pool

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item
    from harness.domain.content import Topic

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
QTI_SCHEMA = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
PACKAGING = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
RESPONSE = "response1"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can name


def render(export: Export) -> bytes:
    """The zip file."""
    files: dict[str, bytes] = {}
    manifest = _manifest(export)
    resources = child(manifest, "resources")
    for topic, items in export.topics():
        name = ident(export.pool, topic.slug)
        files[f"{name}/{name}.xml"] = document(_assessment(name, export, topic, items))
        files[f"{name}/assessment_meta.xml"] = document(_meta(name, export, topic, items))
        _resource(resources, name)
    return zipped({"imsmanifest.xml": document(manifest)} | files)


def ident(*names: str) -> str:
    """A stable id: a new import replaces what an earlier one made."""
    return "g" + hashlib.sha256("/".join(("assay", *names)).encode()).hexdigest()[:32]


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip file of ``files``, the same bytes for the same content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _manifest(export: Export) -> ET.Element:
    root = ET.Element("manifest", {"xmlns": PACKAGING, "identifier": ident("manifest", export.pool)})
    metadata = child(root, "metadata")
    child(metadata, "schema", "IMS Content")
    child(metadata, "schemaversion", "1.1.3")
    child(root, "organizations")
    return root


def _resource(resources: ET.Element, name: str) -> None:
    quiz = child(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    child(quiz, "file", href=f"{name}/{name}.xml")
    child(quiz, "dependency", identifierref=f"{name}_meta")
    path = f"{name}/assessment_meta.xml"
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    meta = child(resources, "resource", identifier=f"{name}_meta", type=kind, href=path)
    child(meta, "file", href=path)


def _meta(name: str, export: Export, topic: Topic, items: tuple[Item, ...]) -> ET.Element:
    root = ET.Element("quiz", {"xmlns": CANVAS, "identifier": name})
    for tag, text in (
        ("title", f"{export.title}: {topic.title}"),
        ("shuffle_answers", "true"),
        ("scoring_policy", "keep_highest"),
        ("quiz_type", "assignment" if export.pool is Pool.EXAM else "practice_quiz"),
        ("points_possible", f"{len(items)}.0"),
        ("allowed_attempts", "1" if export.pool is Pool.EXAM else "-1"),
    ):
        child(root, tag, text)
    return root


def _assessment(name: str, export: Export, topic: Topic, items: tuple[Item, ...]) -> ET.Element:
    root = ET.Element("questestinterop", {"xmlns": QTI, SCHEMA_LOCATION: f"{QTI} {QTI_SCHEMA}"})
    assessment = child(root, "assessment", ident=name, title=f"{export.title}: {topic.title}")
    _fields(child(assessment, "qtimetadata"), cc_maxattempts="1" if export.pool is Pool.EXAM else "unlimited")
    section = child(assessment, "section", ident="root_section")
    for item in items:
        _item(section, item)
    return root


def _item(section: ET.Element, item: Item) -> None:
    question = item.question
    element = child(section, "item", ident=ident(question.id), title=question.id)
    _fields(
        child(child(element, "itemmetadata"), "qtimetadata"),
        question_type="multiple_answers_question" if item.multi else "multiple_choice_question",
        points_possible="1.0",
        original_answer_ids=",".join(answer_ids(item)),
    )
    presentation = child(element, "presentation")
    _material(presentation, to_html(question.stem))
    cardinality = "Multiple" if item.multi else "Single"
    choices = child(child(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality), "render_choice")
    for answer, option in zip(answer_ids(item), item.options, strict=True):
        _material(child(choices, "response_label", ident=answer), to_html(option.text))
    _processing(element, item)
    _feedback(element, "general_fb", explained(question.explanation, question.references))
    for answer, option in zip(answer_ids(item), item.options, strict=True):
        _feedback(element, f"{answer}_fb", to_html(option.why))


def answer_ids(item: Item) -> list[str]:
    """Canvas numbers its answers; these hang on the option's id, so that an order may change."""
    return [str(int(ident(item.question.id, option.id)[1:9], 16)) for option in item.options]


def _processing(element: ET.Element, item: Item) -> None:
    """Shows feedback whatever is chosen, then sets the score: all of it for exactly the right options, else none."""
    processing = child(element, "resprocessing")
    outcomes = child(processing, "outcomes")
    child(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    condition = _condition(processing, "Yes", "general_fb")
    child(condition, "other")
    for answer in answer_ids(item):
        child(_condition(processing, "Yes", f"{answer}_fb"), "varequal", answer, respident=RESPONSE)
    condition = _condition(processing, "No")
    together = child(condition, "and") if item.multi else condition
    for answer, option in zip(answer_ids(item), item.options, strict=True):
        if option.correct:
            child(together, "varequal", answer, respident=RESPONSE)
        elif item.multi:
            child(child(together, "not"), "varequal", answer, respident=RESPONSE)
    child(processing[-1], "setvar", "100", action="Set", varname="SCORE")


def _condition(processing: ET.Element, go_on: str, feedback: str = "") -> ET.Element:
    """A condition's variables; ``feedback`` is shown where they hold, and the next condition is met if ``go_on``."""
    response = child(processing, "respcondition", **{"continue": go_on})
    variables = child(response, "conditionvar")
    if feedback:
        child(response, "displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return variables


def _feedback(element: ET.Element, name: str, html: str) -> None:
    _material(child(child(element, "itemfeedback", ident=name), "flow_mat"), html)


def _material(parent: ET.Element, html: str) -> None:
    child(child(parent, "material"), "mattext", html, texttype="text/html")


def _fields(metadata: ET.Element, **fields: str) -> None:
    for label, entry in fields.items():
        field = child(metadata, "qtimetadatafield")
        child(field, "fieldlabel", label)
        child(field, "fieldentry", entry)
