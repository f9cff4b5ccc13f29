"""Judges the register by HTTP alone.

Each check looks at one promise of the brief. Where several mistakes would fail it, a symptom says which one was seen.
"""

import csv
import io
import json
from urllib.parse import urljoin, urlsplit

import pytest

COLUMNS = ["code", "site", "boxes", "note"]
JSON, CSV = "application/json", "text/csv"


class Register:
    """The API as its clients see it, and hives of made-up values."""

    def __init__(self, client, seed):
        self.client = client
        self.seed = seed
        letters = seed.shuffled("abcdefghijklmnopqrstuvwxyz")
        self.codes = (f"{first}{second}{seed.integer(10, 99)}" for first, second in zip(letters, letters[1:]))

    def new_code(self):
        return next(self.codes)

    def values(self):
        """What a `PUT` takes, with a note that CSV has to quote."""
        note = f'{self.seed.word()}, "{self.seed.word()}" and {self.seed.word()}'
        return {"site": self.seed.title(), "boxes": self.seed.integer(2, 7), "note": note}

    def add(self, **fields):
        hive = {"code": self.new_code(), **self.values(), **fields}
        assert self.client.post("/hives", json=hive).status_code == 201
        return hive

    def get(self, path, accept=JSON, **headers):
        response = self.client.get(path, headers={"Accept": accept, **headers})
        assert response.status_code in (200, 304)
        assert response.status_code == 304 or response.mimetype == accept
        return response

    def tag(self, path, accept=JSON):
        tag = self.get(path, accept).headers["ETag"]
        assert tag.startswith('"') and tag.endswith('"'), "the tag is not a strong one in quotes"
        return tag

    def tags(self, *paths):
        return [self.tag(path, accept) for path in paths for accept in (JSON, CSV)]

    def listed(self):
        return self.get("/hives").json["hives"]

    def write(self, method, path, if_match=None, body=None):
        headers = {} if if_match is None else {"If-Match": if_match}
        return self.client.open(path, method=method, json=body, headers=headers)


@pytest.fixture
def register(client, seed):
    return Register(client, seed)


def at(hive):
    return f"/hives/{hive['code']}"


def names(value):
    """The names in a header that lists them."""
    return {name.strip().lower() for name in (value or "").split(",")}


def methods(response):
    return {name.upper() for name in names(response.headers.get("Allow"))} - {"OPTIONS", ""}


def rows_of(response):
    assert response.mimetype == CSV
    return list(csv.reader(io.StringIO(response.text, newline="")))


def row(hive):
    return [str(hive[column]) for column in COLUMNS]


def has_message(response):
    return (
        response.mimetype == JSON and isinstance(response.json, dict) and isinstance(response.json.get("message"), str)
    )


@pytest.mark.check("made-and-removed", concept="success-codes")
def test_what_is_made_has_an_address_and_what_is_removed_has_none(register, client):
    """POST and PUT answer 201 with Location and the hive; DELETE answers 204 without a body, and 404 afterwards."""
    posted = {"code": register.new_code(), **register.values()}
    put = {"code": register.new_code(), **register.values()}
    plain = {"code": register.new_code(), **register.values(), "note": ""}
    without_note = {name: plain[name] for name in ("code", "site", "boxes")}
    for hive, path, response in (
        (posted, "/hives", client.post("/hives", json=posted)),
        (plain, "/hives", client.post("/hives", json=without_note)),
        (put, at(put), client.put(at(put), json={name: put[name] for name in COLUMNS[1:]})),
    ):
        assert response.status_code == 201
        assert response.json == hive
        location = urlsplit(urljoin(f"http://localhost{path}", response.headers["Location"])).path
        assert client.get(location).json == hive
    assert register.listed() == sorted([posted, put, plain], key=lambda hive: hive["code"])
    response = register.write("DELETE", at(put), register.tag(at(put)))
    assert response.status_code == 204
    assert response.data == b""
    assert client.get(at(put)).status_code == 404
    assert register.write("DELETE", at(put)).status_code == 404
    assert register.write("DELETE", at(put), "*").status_code == 404
    assert register.write("PATCH", at(put), "*", {"boxes": 1}).status_code == 404
    assert register.listed() == sorted([posted, plain], key=lambda hive: hive["code"])


@pytest.mark.check("replace-or-change", concept="method-semantics")
def test_put_replaces_and_patch_changes_a_part(register, symptom):
    """PUT stores the whole hive, so that a note that is not sent is empty; PATCH changes what is sent and no more."""
    hive, other = register.add(), register.add()
    changed = {**hive, "boxes": hive["boxes"] + 1}
    response = register.write("PATCH", at(hive), register.tag(at(hive)), {"boxes": changed["boxes"]})
    assert response.status_code == 200
    assert response.json == changed
    assert register.get(at(hive)).json == changed
    new = register.values()
    replaced = {"code": hive["code"], **new, "note": ""}
    body = {"site": new["site"], "boxes": new["boxes"]}
    response = register.write("PUT", at(hive), register.tag(at(hive)), body)
    assert response.status_code == 200
    stored = register.get(at(hive)).json
    assert {**stored, "note": ""} == replaced
    assert stored["note"] != hive["note"], symptom("kept-unsent")
    assert stored == replaced
    assert response.json == replaced
    assert register.get(at(other)).json == other


@pytest.mark.check("formats-by-accept", concept="content-negotiation")
def test_accept_chooses_the_format(register, client, seed):
    """JSON or CSV as Accept prefers, with q values and wildcards, JSON if it does not matter, and Vary says so."""
    lines = f'{seed.word()}: "{seed.word()}",\n{seed.word()} \N{LATIN SMALL LETTER E WITH ACUTE}'
    hives = [register.add(), register.add(note=lines), register.add(note=""), register.add()]
    hives.sort(key=lambda hive: hive["code"])
    for path, expected, rows in (
        ("/hives", {"hives": hives}, hives),
        (at(hives[0]), hives[0], hives[:1]),
    ):
        for accept in (None, "*/*", JSON, "application/*", f"{CSV}, {JSON}", f"{CSV};q=0.3, {JSON};q=0.4"):
            response = client.get(path, headers={} if accept is None else {"Accept": accept})
            assert response.status_code == 200
            assert response.mimetype == JSON
            assert response.json == expected
            assert "accept" in names(response.headers.get("Vary"))
        for accept in (CSV, "text/*", f"{JSON};q=0.6, {CSV};q=0.7", f"image/png, {CSV};q=0.2", f"{JSON};q=0, */*"):
            response = client.get(path, headers={"Accept": accept})
            assert response.status_code == 200
            assert rows_of(response) == [COLUMNS, *map(row, rows)]
            assert "accept" in names(response.headers.get("Vary"))


@pytest.mark.check("not-acceptable", concept="content-negotiation")
def test_no_format_fits(register, client, seed, symptom):
    """406, with a JSON message, where neither of the two formats fits Accept."""
    hive = register.add()
    for accept in seed.shuffled(["image/png", "application/xml, text/html;q=0.5", f"{JSON};q=0, image/*"]):
        for path in ("/hives", at(hive)):
            response = client.get(path, headers={"Accept": accept})
            assert response.status_code != 200, symptom("answered-anyway")
            assert response.status_code == 406
            assert has_message(response)


@pytest.mark.check("tag-per-format", concept="validators")
def test_each_format_has_its_tag(register, symptom):
    """JSON and CSV have different tags, and a copy in one format is no copy in the other."""
    hive = register.add()
    for path in ("/hives", at(hive)):
        in_json, in_csv = register.tags(path)
        assert in_json != in_csv, symptom("one-tag-for-both")
        for own, other, accept in ((in_json, in_csv, JSON), (in_csv, in_json, CSV)):
            assert register.get(path, accept, **{"If-None-Match": own}).status_code == 304
            response = register.get(path, accept, **{"If-None-Match": other})
            assert response.status_code == 200
            assert response.mimetype == accept


@pytest.mark.check("copy-still-good", concept="validators")
def test_a_client_that_has_the_state_is_told_so(register, client):
    """GET and HEAD answer 304 without a body where a tag fits, and 200 where none does; HEAD is as GET."""
    hive = register.add()
    for path in ("/hives", at(hive)):
        for accept in (JSON, CSV):
            whole = register.get(path, accept)
            tag, foreign = whole.headers["ETag"], f'"{register.seed.token()}"'
            head = client.head(path, headers={"Accept": accept})
            assert head.status_code == 200
            assert head.data == b""
            for name in ("ETag", "Content-Type"):
                assert head.headers[name] == whole.headers[name]
            assert "accept" in names(head.headers.get("Vary"))
            for method in ("GET", "HEAD"):
                for sent in (tag, f"{foreign}, {tag}", f"W/{tag}"):
                    response = client.open(path, method=method, headers={"Accept": accept, "If-None-Match": sent})
                    assert response.status_code == 304
                    assert response.data == b""
                    assert response.headers["ETag"] == tag
                    assert "accept" in names(response.headers.get("Vary"))
            response = register.get(path, accept, **{"If-None-Match": foreign})
            assert response.status_code == 200
            assert response.data == whole.data


@pytest.mark.check("tag-follows-change", concept="validators")
def test_a_change_changes_the_tags(register, symptom):
    """Every change gives a hive and the list tags that they did not have before, in both formats."""
    hive = register.add()
    path, seen = at(hive), set()

    def all_new(*paths):
        """Tags belong to the address and format: only there must none come twice."""
        present = {(path, accept, register.tag(path, accept)) for path in paths for accept in (JSON, CSV)}
        new = seen.isdisjoint(present)
        seen.update(present)
        return new

    def body(boxes):
        return {"site": hive["site"], "boxes": boxes, "note": hive["note"]}

    assert all_new("/hives", path)
    assert register.write("PUT", path, register.tag(path), body(8)).status_code == 200
    assert all_new("/hives", path), symptom("old-tag-after-put")
    assert register.write("PATCH", path, register.tag(path), {"note": register.seed.token()}).status_code == 200
    assert all_new("/hives", path), symptom("old-tag-after-patch")
    assert register.write("DELETE", path, register.tag(path)).status_code == 204
    assert all_new("/hives"), symptom("old-tag-after-delete")
    for boxes in (9, 1):
        assert register.write("PUT", path, body=body(boxes)).status_code == 201
        assert all_new("/hives", path), symptom("old-tag-of-a-removed-hive")
        assert register.write("DELETE", path, register.tag(path)).status_code == 204


@pytest.mark.check("tag-stays", concept="validators")
def test_what_changes_nothing_leaves_the_tags(register, client, symptom):
    """A write of the same values, a refused write and a change of another hive leave a hive's tags as they are."""
    hive, other = register.add(), register.add()
    path, values = at(hive), {name: hive[name] for name in COLUMNS[1:]}
    assert register.write("PATCH", at(other), register.tag(at(other)), {"boxes": 9}).status_code == 200
    before = register.tags(path, "/hives")
    assert register.write("PUT", path, before[0], {**values, "boxes": 0}).status_code == 422
    assert client.post("/hives", json={**hive, "boxes": 1}).status_code == 409
    assert register.tags(path, "/hives") == before, "a refused write has changed a tag"
    for _ in range(2):
        assert register.write("PUT", path, register.tag(path), values).status_code == 200
        assert register.write("PATCH", path, register.tag(path), {"boxes": hive["boxes"]}).status_code == 200
    assert register.listed() == sorted([hive, {**other, "boxes": 9}], key=lambda hive: hive["code"])
    assert register.tags(path, "/hives") == before, symptom("new-tag-for-same-state")
    assert register.write("PATCH", at(other), register.tag(at(other)), {"boxes": 8}).status_code == 200
    assert register.tags(path) == before[:2], "a change of another hive has changed this one's tags"


@pytest.mark.check("outdated-condition", concept="preconditions")
def test_who_has_not_seen_the_state_cannot_overwrite_it(register, symptom):
    """PUT, PATCH and DELETE are done with a present tag; with an outdated one they are 412 and change nothing."""
    hive = register.add()
    path, foreign = at(hive), f'"{register.seed.token()}"'
    outdated = register.tags(path)
    boxes = hive["boxes"]
    for fitting in ("in CSV", "among others", "any"):
        in_json, in_csv = register.tags(path)
        sent = {"in CSV": in_csv, "among others": f"{foreign}, {in_json}", "any": "*"}[fitting]
        boxes = boxes % 9 + 1
        response = register.write("PATCH", path, sent, {"boxes": boxes})
        assert response.status_code == 200, "a condition that fits was refused"
    now = {**hive, "boxes": boxes}
    present = register.tags(path)
    assert set(present).isdisjoint(outdated)
    body = {**register.values(), "boxes": boxes % 9 + 1}
    for sent in (*outdated, f"{outdated[0]}, {foreign}", f"W/{present[0]}"):
        for method, content in (("PUT", body), ("PATCH", {"note": body["note"]}), ("DELETE", None)):
            response = register.write(method, path, sent, content)
            weak = sent.startswith("W/")
            assert register.listed() == [now], symptom("weak-tag-fits" if weak else "write-carried-out")
            assert response.status_code == 412
            assert has_message(response)


@pytest.mark.check("missing-condition", concept="preconditions")
def test_a_write_without_a_condition(register, symptom):
    """PUT, PATCH and DELETE of a hive that is there are 428 without If-Match and change nothing."""
    hive = register.add()
    body = {**register.values(), "boxes": 9}
    for method, content in (("PUT", body), ("PATCH", {"boxes": 8}), ("DELETE", None)):
        response = register.write(method, at(hive), body=content)
        assert register.listed() == [hive], symptom("write-carried-out")
        assert response.status_code == 428
        assert has_message(response)


@pytest.mark.check("make-only", concept="preconditions")
def test_put_can_be_kept_from_making_or_from_replacing(register, client):
    """PUT with `If-None-Match: *` only makes a hive; PUT with If-Match never makes one. Else it is 412."""
    code = register.new_code()
    path, values = f"/hives/{code}", register.values()
    for sent in ("*", f'"{register.seed.token()}"'):
        response = register.write("PUT", path, sent, values)
        assert response.status_code == 412
        assert has_message(response)
        assert client.get(path).status_code == 404
    only_make = {"If-None-Match": "*"}
    response = client.put(path, json=values, headers=only_make)
    assert response.status_code == 201
    hive = {"code": code, **values}
    response = client.put(path, json={**values, "boxes": 9}, headers=only_make)
    assert response.status_code == 412
    assert has_message(response)
    assert register.listed() == [hive]


@pytest.mark.check("unread-bodies", concept="json-bodies")
def test_bodies_that_cannot_be_read(register, client, symptom):
    """A body that is not declared as JSON is 415, one that is no JSON is 400; neither is stored."""
    hive = register.add()
    tag = register.tag(at(hive))
    values = register.values()
    headers = {"If-Match": tag}
    targets = [
        ("POST", "/hives", {}, json.dumps({"code": register.new_code(), **values})),
        ("PUT", at(hive), headers, json.dumps(values)),
        ("PATCH", at(hive), headers, json.dumps(values)),
    ]
    undeclared = [
        client.open(path, method=method, data=text, headers=headers, **content_type)
        for method, path, headers, text in targets
        for content_type in ({"content_type": "text/plain"}, {"content_type": CSV}, {})
    ]
    broken = [
        client.open(path, method=method, data=data, headers=headers, content_type=JSON)
        for method, path, headers, text in targets
        for data in (text[:-1], "")
    ]
    assert register.listed() == [hive], "an unread body was stored"
    both = undeclared + broken
    assert {response.status_code for response in both} != {422}, symptom("told-as-invalid")
    assert {response.status_code for response in undeclared} == {415}
    assert {response.status_code for response in broken} == {400}
    assert all(has_message(response) for response in both)


@pytest.mark.check("refused-contents", concept="client-error-codes")
def test_contents_that_cannot_be_stored(register, client, seed):
    """Missing fields and wrong values are 422, a code that is taken is 409; nothing is stored."""
    hive = register.add()
    tag = register.tag(at(hive))
    values = register.values()
    whole = {"code": register.new_code(), **values}
    wrong = [
        ("site", ""),
        ("site", seed.word()[:1] * 61),
        ("site", None),
        ("boxes", 0),
        ("boxes", 10),
        ("boxes", str(values["boxes"])),
        ("note", "n" * 201),
        ("note", seed.integer(1, 9)),
    ]
    for method, path, headers, body, needed, bad in (
        ("POST", "/hives", {}, whole, ("code", "site", "boxes"), [*wrong, ("code", "x"), ("code", "Oak 7")]),
        ("PUT", at(hive), {"If-Match": tag}, values, ("site", "boxes"), wrong),
        ("PATCH", at(hive), {"If-Match": tag}, {}, (), wrong),
    ):
        bodies = [{**body, name: value} for name, value in bad]
        bodies += [{name: value for name, value in body.items() if name != left_out} for left_out in needed]
        bodies += [[body], seed.word()]
        for sent in bodies:
            response = client.open(path, method=method, json=sent, headers=headers)
            assert response.status_code == 422
            assert has_message(response)
    response = client.post("/hives", json={**values, "code": hive["code"]})
    assert response.status_code == 409
    assert has_message(response)
    assert register.listed() == [hive]


@pytest.mark.check("errors-tell-all", concept="json-errors")
def test_errors_are_json_and_keep_their_headers(register, client, symptom):
    """404 and 405 have a JSON message, whatever Accept says; 405 and OPTIONS name the methods in Allow."""
    hive = register.add()
    absent = register.new_code()
    for path in (f"/hives/{absent}", f"/{register.seed.word()}", f"{at(hive)}/{absent}"):
        for accept in (JSON, CSV, "*/*"):
            response = client.get(path, headers={"Accept": accept})
            assert response.status_code == 404
            assert has_message(response)
    for path, allowed, others in (
        ("/hives", {"GET", "HEAD", "POST"}, ("PUT", "PATCH", "DELETE")),
        (at(hive), {"GET", "HEAD", "PUT", "PATCH", "DELETE"}, ("POST",)),
    ):
        response = client.options(path)
        assert response.status_code in (200, 204)
        assert methods(response) == allowed
        for method in others:
            response = register.write(method, path, "*", register.values())
            assert response.status_code == 405
            assert has_message(response)
            assert "Allow" in response.headers, symptom("allow-is-lost")
            assert methods(response) == allowed
    assert register.listed() == [hive]
