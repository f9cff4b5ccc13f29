"""Judges the service by HTTP; three checks also look at which files there are.

Multipart bodies are made here, byte by byte, so that names, types and lengths can be anything that a client may send.
"""

import mimetypes
import resource
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from werkzeug.http import parse_options_header

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
STARTS = {"pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff\xe0"}
PAGE = b"<!doctype html><script>alert(1)</script>"


@dataclass(frozen=True)
class File:
    """A part of a body, as a client sends it. ``written`` replaces the usual way of writing the name down.

    Where a test does not say what is declared, the declared type is right: a wrong one costs only the checks about it.
    """

    name: str
    content: bytes
    declared: str | None = "right"
    length: int | None = None
    written: bytes | None = None
    field: str = "file"

    def part(self):
        quoted = self.name.replace("\\", "\\\\").replace('"', '\\"').encode()
        written = self.written or b'filename="' + quoted + b'"'
        lines = [f'Content-Disposition: form-data; name="{self.field}"; '.encode() + written]
        if self.declared is not None:
            declared = right_type(self.content) if self.declared == "right" else self.declared
            lines.append(f"Content-Type: {declared}".encode())
        if self.length is not None:
            lines.append(f"Content-Length: {self.length}".encode())
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.content + b"\r\n"


def right_type(content):
    return next((TYPES[kind] for kind, start in STARTS.items() if content.startswith(start)), "text/html")


@pytest.fixture
def content(seed):
    """Makes the content of a file of a kind: never the same twice, of a given size if need be."""

    def make(kind, size=None):
        start = STARTS[kind] + seed.token().encode()
        return start if size is None else (start + b"." * size)[:size]

    return make


@pytest.fixture
def trip(seed):
    return seed.integer(100, 100_000)


@pytest.fixture
def quiet(make_app):
    """Makes an app that answers an exception of its own with 500, as in production."""
    return lambda config=None: make_app({"TESTING": False, "PROPAGATE_EXCEPTIONS": False, **(config or {})})


def body_of(*files):
    return b"".join(b"--boundary\r\n" + file.part() for file in files) + b"--boundary--\r\n"


def send(client, trip, *files):
    kind = "multipart/form-data; boundary=boundary"
    return client.post(f"/trips/{trip}/receipts", data=body_of(*files), content_type=kind)


def stored(client, trip, *files):
    """Sends files that have to be accepted; gives their receipts."""
    response = send(client, trip, *files)
    assert response.status_code == 201
    receipts = response.json["receipts"]
    assert len(receipts) == len(files)
    return receipts


def listed(client, trip):
    response = client.get(f"/trips/{trip}/receipts")
    assert response.status_code == 200
    return response.json["receipts"]


def download(client, trip, receipt):
    return client.get(f"/trips/{trip}/receipts/{receipt['id']}")


def downloaded(client, trip, receipt):
    response = download(client, trip, receipt)
    assert response.status_code == 200
    return response.data


def refused(response, status, error, limit=None):
    assert response.status_code == status
    assert response.json["error"] == error
    if limit is not None:
        assert response.json["limit"] == limit


def disposition(response):
    """The kind of a Content-Disposition and the name that a browser takes from it."""
    header = response.headers.get("Content-Disposition", "")
    kind, options = parse_options_header(header)
    _, extended, value = header.partition("filename*=")
    if extended:
        charset, _, encoded = value.partition(";")[0].strip().strip('"').split("'", 2)
        return kind.lower(), unquote(encoded, encoding=charset)
    return kind.lower(), options.get("filename")


def files_below(app, folder):
    paths = app.call("glob:glob", f"{folder}/**", recursive=True, include_hidden=True)
    return [path for path in paths if app.call("os.path:isfile", path)]


@pytest.mark.check("several-files", concept="files-in-the-request")
def test_all_files_of_a_request_are_stored(client, seed, content, trip, symptom):
    """Several files of one request become several receipts, listed in their order, each with its own content."""
    first = [File(f"{seed.word()}.{kind}", content(kind)) for kind in seed.shuffled([*TYPES])]
    response = send(client, trip, *first)
    assert response.status_code == 201
    receipts = response.json["receipts"]
    assert len(receipts) > 1, symptom("only-first-stored")
    second = [File(f"{seed.word()}.{kind}", content(kind, seed.integer(100, 900))) for kind in seed.shuffled([*TYPES])]
    receipts += stored(client, trip, *second)
    for file, receipt in zip(first + second, receipts, strict=True):
        assert receipt["name"] == file.name
        assert receipt["type"] == TYPES[file.name[-3:]]
        assert receipt["size"] == len(file.content)
        assert downloaded(client, trip, receipt) == file.content
    assert listed(client, trip) == receipts


@pytest.mark.check("empty-choice", concept="files-in-the-request")
def test_an_input_that_was_left_empty_is_no_file(client, seed, content, trip, symptom):
    """A part without a file name counts as not sent; a request that has no file at all is told so."""
    empty = File("", b"")
    stored(client, trip, File(f"{seed.word()}.pdf", content("pdf")))
    for kind in ("png", "jpg"):
        file = File(f"{seed.word()}.{kind}", content(kind))
        response = send(client, trip, *((file, empty) if kind == "png" else (empty, file)))
        assert response.status_code == 201, symptom("empty-choice-taken-as-file")
        assert [receipt["name"] for receipt in response.json["receipts"]] == [file.name]
    refused(send(client, trip, empty), 400, "no-file")
    refused(send(client, trip, empty, empty), 400, "no-file")
    refused(send(client, trip, File(f"{seed.word()}.pdf", content("pdf"), field=seed.word())), 400, "no-file")
    refused(client.post(f"/trips/{trip}/receipts", json={"file": seed.word()}), 400, "no-file")
    assert len(listed(client, trip)) == 3


@pytest.mark.check("file-limit", concept="body-limit")
def test_a_file_has_a_limit(make_app, seed, content, trip):
    """A file may have just MAX_FILE_SIZE bytes; with one more it is refused, and the answer has the limit."""
    limit = seed.integer(20_000, 60_000)
    client = make_app({"MAX_FILE_SIZE": limit, "MAX_REQUEST_SIZE": 10 * limit}).test_client()
    for kind in seed.shuffled([*TYPES]):
        [receipt] = stored(client, trip, File(f"{seed.word()}.{kind}", content(kind, limit)))
        assert receipt["size"] == limit
        large = File(f"{seed.word()}.{kind}", content(kind, limit + 1))
        refused(send(client, trip, large), 413, "file-too-large", limit)
    assert len(listed(client, trip)) == 3


@pytest.mark.check("request-limit", concept="body-limit")
def test_a_request_has_a_limit(make_app, seed, content, trip):
    """A body may have just MAX_REQUEST_SIZE bytes; with one more it is refused, and the answer has the limit."""
    size = seed.integer(20_000, 60_000)
    files = [File(f"{seed.word()}.{kind}", content(kind, size)) for kind in seed.shuffled([*TYPES])]
    total = len(body_of(*files))
    for limit in seed.shuffled([total, total - 1]):
        settings = {"MAX_FILE_SIZE": 2 * size, "MAX_REQUEST_SIZE": limit, "UPLOAD_FOLDER": f"/tmp/{seed.word()}"}
        client = make_app(settings).test_client()
        if limit == total:
            stored(client, trip, *files)
        else:
            refused(send(client, trip, *files), 413, "request-too-large", limit)
            assert listed(client, trip) == []


@pytest.mark.check("files-together", concept="body-limit")
def test_the_limit_of_a_file_is_not_the_limit_of_a_request(make_app, seed, content, trip, symptom):
    """Files that each keep to MAX_FILE_SIZE may together be larger than it, within MAX_REQUEST_SIZE."""
    limit = seed.integer(600_000, 700_000)
    client = make_app({"MAX_FILE_SIZE": limit, "MAX_REQUEST_SIZE": 3 * limit}).test_client()
    kinds = seed.shuffled([*TYPES])
    single, *several = (File(f"{seed.word()}.{kind}", content(kind, limit - 20_000)) for kind in kinds)
    [receipt] = stored(client, trip, single)
    assert downloaded(client, trip, receipt) == single.content
    response = send(client, trip, *several)
    assert response.status_code == 201, symptom("file-limit-hits-the-request")


@pytest.mark.check("last-part-of-a-path", concept="safe-names")
def test_of_a_path_the_last_part_is_the_name(client, seed, content, trip, symptom):
    """Of a file name that has folders in it, with slashes or with backslashes, the last part is the name."""
    unix = [("../../", ".pdf"), ("/tmp/", ".pdf"), (f"{seed.word()}/{seed.word()}/", ".png"), ("/", "")]
    for folders, ending in seed.shuffled(unix):
        name = f"{seed.word()}{ending}"
        [receipt] = stored(client, trip, File(folders + name, content("pdf")))
        assert receipt["name"] == name
    windows = [f"C:\\Users\\{seed.word()}\\", "..\\..\\", f"\\\\{seed.word()}\\", f"{seed.word()}/{seed.word()}\\"]
    for folders in seed.shuffled(windows):
        name = f"{seed.word()}.pdf"
        [receipt] = stored(client, trip, File(folders + name, content("pdf")))
        assert "\\" not in receipt["name"], symptom("backslash-kept")
        assert receipt["name"] == name
    mixed = File(f"{seed.word()}\\{seed.word()}/{seed.word()}.jpg", content("jpg"))
    [receipt] = stored(client, trip, mixed)
    assert receipt["name"] == mixed.name.rpartition("/")[2]


@pytest.mark.check("refused-names", concept="safe-names")
def test_names_that_are_none_are_refused(client, seed, content, trip):
    """A name that is empty behind its folders, is made of dots, has a control character or is too long is refused."""
    a, b = seed.words(2)
    names = [".", "..", f"{a}/", f"{a}\\", f"{a}/..", f"{a}\0{b}.pdf", f"{a}\x1b{b}.pdf", f"{a}\x7f.pdf", f"{a}.pdf\0"]
    files = [File(name, content("pdf")) for name in names]
    files.append(File("", content("pdf"), written=f"filename*=UTF-8''{a}%0D%0A{b}.pdf".encode()))
    files.append(File("ä" * 197 + ".pdf", content("pdf")))
    files.append(File((a * 600)[:5000], content("pdf")))
    for file in seed.shuffled(files):
        refused(send(client, trip, file), 400, "bad-name")
    assert listed(client, trip) == []


@pytest.mark.check("unusual-names", concept="safe-names")
def test_unusual_names_are_good_and_kept(quiet, seed, content, trip, symptom):
    """Names without an ending, without a Latin letter, of 200 characters or of odd signs are accepted and kept."""
    client = quiet().test_client()
    word = seed.word()
    signs = "領収書請求明細"
    without_ascii = ["".join(seed.shuffled(signs)), "".join(seed.shuffled("квитанция")), "..."]
    others = [
        "--",
        f".{word}",
        word.upper(),
        f"%2e%2e%2f{word}",
        f"{word} (2), 50% & more; Bär № 7.pdf",
        (seed.choice("äöü") * 200)[: 200 - len(word)] + word,
        "".join(seed.choice(signs) for _ in range(200)),
    ]
    for name in seed.shuffled(without_ascii) + seed.shuffled(others):
        file = File(name, content("pdf"))
        response = send(client, trip, file)
        if name in without_ascii:
            assert response.status_code < 500, symptom("name-made-of-nothing")
        assert response.status_code == 201
        [receipt] = response.json["receipts"]
        assert receipt["name"] == name
        assert downloaded(client, trip, receipt) == file.content
    assert len(listed(client, trip)) == len(without_ascii + others)


@pytest.mark.check("nothing-outside", concept="own-names")
def test_no_name_leads_out_of_the_folder(quiet, seed, content, trip, symptom):
    """Whatever the names of uploads are, no file is written outside of UPLOAD_FOLDER."""
    word = seed.word()
    folder = f"/tmp/{seed.word()}/{seed.word()}/{seed.word()}"
    app = quiet({"UPLOAD_FOLDER": folder})
    client = app.test_client()
    leading_out = ["", "../", "../../", "../../../", "/tmp/", f"{folder}/../", "....//", "x/../../", "~/"]
    for number, folders in enumerate(seed.shuffled(leading_out)):
        send(client, trip, File(f"{folders}{word}{number}.pdf", content("pdf")))
    found = [path for path in files_below(app, "/tmp") if word in path]
    assert all(path.startswith(f"{folder}/") for path in found), symptom("written-outside")
    here = app.call("os:getcwd")
    assert [path for path in files_below(app, here) if word in path] == [], symptom("written-outside")
    assert len(files_below(app, folder)) == len(listed(client, trip)) == len(leading_out)


@pytest.mark.check("two-trips-one-name", concept="own-names")
def test_files_of_two_trips_with_one_name_stay_apart(client, seed, content, symptom):
    """Files of one name that belong to different trips are each given back as they were sent."""
    name = f"{seed.word()}.pdf"
    first = seed.integer(100, 1000)
    files = {trip: File(name, content("pdf")) for trip in (first, first + 1, first * 10)}
    receipts = {trip: stored(client, trip, file) for trip, file in files.items()}
    for trip, [receipt] in receipts.items():
        data = downloaded(client, trip, receipt)
        others = [file.content for owner, file in files.items() if owner != trip]
        assert data not in others, symptom("overwritten")
        assert data == files[trip].content
        assert listed(client, trip) == [receipt]


@pytest.mark.check("one-trip-one-name", concept="own-names")
def test_files_of_one_trip_with_one_name_stay_apart(client, seed, content, trip, symptom):
    """Files of one name in one trip, sent in one request or one after the other, are receipts of their own."""
    name = f"{seed.word()}.png"
    files = [File(name, content("png")) for _ in range(4)]
    receipts = stored(client, trip, files[0])
    receipts += stored(client, trip, files[1])
    receipts += stored(client, trip, *files[2:])
    for file, receipt in zip(files, receipts, strict=True):
        assert receipt["name"] == name
        data = downloaded(client, trip, receipt)
        assert data not in [other.content for other in files if other != file], symptom("overwritten")
        assert data == file.content
    assert listed(client, trip) == receipts


@pytest.mark.check("content-decides", concept="claimed-types")
def test_the_content_decides_what_is_accepted(client, seed, content, trip, symptom):
    """Other content is refused and right content accepted, whatever type and ending are declared for it."""
    unsupported = [
        (PAGE, "html", "text/html"),
        (b"", "txt", "text/plain"),
        (b" " + content("pdf"), "txt", "text/plain"),
        (STARTS["png"][:7], "txt", "text/plain"),
        (b"GIF89a" + content("png"), "gif", "image/gif"),
    ]
    for data, ending, declared in seed.shuffled(unsupported):
        refused(send(client, trip, File(f"{seed.word()}.{ending}", data, declared)), 415, "unsupported-type")
    for kind, declared in TYPES.items():
        false = File(f"{seed.word()}.html", PAGE + seed.token().encode(), declared)
        assert send(client, trip, false).status_code == 415, symptom("declared-type-believed")
        false = File(f"{seed.word()}.{kind}", PAGE + seed.token().encode(), "text/html")
        assert send(client, trip, false).status_code == 415, symptom("ending-believed")
        false = File(f"{seed.word()}.{kind}", PAGE + seed.token().encode(), declared)
        assert send(client, trip, false).status_code == 415
    assert listed(client, trip) == []
    for kind in TYPES:
        for declared in ("text/html", "application/x-sh", None):
            [receipt] = stored(client, trip, File(f"{seed.word()}.txt", content(kind), declared))
            assert receipt["type"] == TYPES[kind]


@pytest.mark.check("stated-length", concept="claimed-types")
def test_the_stated_length_of_a_part_counts_for_nothing(make_app, seed, content, trip, symptom):
    """A file is measured, whatever length its part states."""
    limit = seed.integer(20_000, 60_000)
    client = make_app({"MAX_FILE_SIZE": limit, "MAX_REQUEST_SIZE": 10 * limit}).test_client()
    for length in (limit + 1, 1000 * limit, 0, 1):
        file = File(f"{seed.word()}.pdf", content("pdf", seed.integer(100, 900)), length=length)
        response = send(client, trip, file)
        assert response.status_code == 201, symptom("declared-length-believed")
        assert response.json["receipts"][0]["size"] == len(file.content)
    large = File(f"{seed.word()}.pdf", content("pdf", limit + seed.integer(1, 900)), length=seed.integer(50, 90))
    refused(send(client, trip, large), 413, "file-too-large", limit)


@pytest.mark.check("served-type", concept="active-content")
def test_a_download_has_the_type_of_its_content(client, seed, content, trip, symptom):
    """The Content-Type of a download is that of the content, whatever the name ends in and the upload declared."""
    for ending in seed.shuffled(["html", "svg", "js"]):
        for kind, right in TYPES.items():
            name = f"{seed.word()}.{ending}"
            declared = seed.choice([other for other in TYPES.values() if other != right])
            [receipt] = stored(client, trip, File(name, content(kind), declared))
            served = download(client, trip, receipt).mimetype
            assert served != mimetypes.guess_type(name)[0], symptom("ending-decides-type")
            assert served != declared, symptom("declared-type-served")
            assert served == right


@pytest.mark.check("download-is-saved", concept="active-content")
def test_a_download_is_saved_and_not_shown(client, seed, content, trip, symptom):
    """Downloads are attachments, and browsers are told not to guess their type."""
    for kind in seed.shuffled([*TYPES]):
        name = f"{seed.word()}.{kind}"
        [receipt] = stored(client, trip, File(name, content(kind)))
        response = download(client, trip, receipt)
        assert response.status_code == 200
        assert response.headers.get("X-Content-Type-Options", "").lower() == "nosniff"
        how, offered = disposition(response)
        assert (how, offered) != ("inline", name), symptom("inline-with-a-name")
        assert how == "attachment"


@pytest.mark.check("original-name", concept="file-responses")
def test_a_download_has_the_name_of_the_receipt(client, seed, content, trip):
    """Downloads offer the name that the file was uploaded with, also one that is not ASCII."""
    word = seed.word()
    for name in seed.shuffled(
        [f"{word}.pdf", f"{word} {seed.word()}.pdf", f"Übernachtung {word}.pdf", f"領収書{word}"]
    ):
        [receipt] = stored(client, trip, File(f"{seed.word()}/{name}", content("pdf")))
        response = download(client, trip, receipt)
        assert response.status_code == 200
        assert disposition(response)[1] == name


@pytest.mark.check("receipt-of-its-trip", concept="file-responses")
def test_a_receipt_is_found_in_its_own_trip_only(client, seed, content, trip):
    """A receipt is given back in its own trip and not found in another one; an unknown one is not found either."""
    [first] = stored(client, trip, File(f"{seed.word()}.pdf", content("pdf")))
    [second] = stored(client, trip + 1, File(f"{seed.word()}.pdf", content("pdf")))
    assert download(client, trip, first).status_code == 200
    assert download(client, trip + 1, first).status_code == 404
    assert download(client, trip, second).status_code == 404
    assert download(client, trip + 2, second).status_code == 404
    assert client.get(f"/trips/{trip}/receipts/{seed.integer(10**6, 10**7)}").status_code == 404
    assert listed(client, trip + 2) == []


@pytest.mark.check("duplicates", concept="file-and-transaction")
def test_a_trip_has_each_content_once(client, seed, content, trip):
    """Content that the trip has already, or that comes twice in a request, is refused; another trip may have it."""
    known, new, twice = content("pdf"), content("png"), content("jpg")
    [receipt] = stored(client, trip, File(f"{seed.word()}.pdf", known))
    refused(send(client, trip, File(f"{seed.word()}.pdf", known)), 409, "duplicate")
    refused(send(client, trip, File(f"{seed.word()}.png", new), File(receipt["name"], known)), 409, "duplicate")
    copies = [File(f"{seed.word()}.jpg", twice) for _ in range(2)]
    refused(send(client, trip, *copies), 409, "duplicate")
    assert listed(client, trip) == [receipt]
    assert downloaded(client, trip, receipt) == known
    stored(client, trip + 1, File(receipt["name"], known))
    stored(client, trip, File(f"{seed.word()}.png", new), copies[0])


@pytest.mark.check("one-refused-all-refused", concept="file-and-transaction")
def test_a_refused_file_takes_its_request_along(client, seed, content, trip, symptom):
    """If one file of a request is refused, no receipt comes of the others, and they can be sent again."""
    good = [File(f"{seed.word()}.{kind}", content(kind)) for kind in TYPES]
    [before] = stored(client, trip, File(f"{seed.word()}.pdf", content("pdf")))
    bad = [File(f"{seed.word()}.pdf", PAGE), File("..", content("pdf")), File(f"{seed.word()}.png", PAGE)]
    for file in seed.shuffled(bad):
        assert 400 <= send(client, trip, *good, file).status_code < 500
        assert listed(client, trip) == [before], symptom("earlier-files-listed")
        assert 400 <= send(client, trip, file, *good).status_code < 500
        assert listed(client, trip) == [before]
    receipts = stored(client, trip, *good)
    assert listed(client, trip) == [before, *receipts]


@pytest.mark.check("refused-leaves-no-file", concept="file-and-transaction")
def test_a_refused_request_leaves_no_file(make_app, seed, content, trip, symptom):
    """After refused uploads UPLOAD_FOLDER holds one file for each stored receipt, and nothing else."""
    folder = f"/tmp/{seed.word()}/{seed.word()}"
    app = make_app({"UPLOAD_FOLDER": folder})
    client = app.test_client()
    known = content("pdf")
    for file in (File(f"{seed.word()}.pdf", known), File(f"{seed.word()}.png", content("png"))):
        stored(client, trip, file)
    stored(client, trip + 1, File(f"{seed.word()}.pdf", known))
    assert len(files_below(app, folder)) == 3
    last = [
        File(f"{seed.word()}.pdf", PAGE),
        File(f"{seed.word()}.png", content("png", 250_000)),
        File(f"{seed.word()}.pdf", known),
        File("..", content("pdf")),
    ]
    for file in seed.shuffled(last):
        send(client, trip, File(f"{seed.word()}.jpg", content("jpg")), file)
        rows, files = listed(client, trip) + listed(client, trip + 1), files_below(app, folder)
        assert len(files) <= len(rows), symptom("file-without-receipt")
        assert len(files) == len(rows)


@pytest.mark.check("failure-leaves-nothing", concept="file-and-transaction")
def test_a_failure_while_storing_leaves_nothing(quiet, seed, content, trip, symptom):
    """If a file cannot be written to its end, no file and no receipt remains, and all can be sent again."""
    folder = f"/tmp/{seed.word()}"
    app = quiet({"UPLOAD_FOLDER": folder, "MAX_FILE_SIZE": 900_000})
    client = app.test_client()
    before = stored(client, trip, File(f"{seed.word()}.pdf", content("pdf")))
    files = [File(f"{seed.word()}.png", content("png")), File(f"{seed.word()}.jpg", content("jpg", 400_000))]
    soft, hard = app.call("resource:getrlimit", resource.RLIMIT_FSIZE)
    app.call("resource:setrlimit", resource.RLIMIT_FSIZE, [300_000, hard])  # a larger file can't be written to its end
    response = send(client, trip, *files)
    app.call("resource:setrlimit", resource.RLIMIT_FSIZE, [soft, hard])
    rows, found = listed(client, trip), files_below(app, folder)
    # Only one file too many is the half that was written, left by somebody who did remove the files before it.
    assert len(found) <= len(rows) + 1, symptom("file-without-receipt")
    assert len(found) >= len(rows), symptom("receipt-without-file")
    assert len(found) == len(rows)
    if response.status_code != 201:  # a system may let the file be written after all
        assert response.status_code == 500
        assert rows == before, symptom("earlier-files-listed")
        rows += stored(client, trip, *files)
    assert [downloaded(client, trip, row) for row in rows[1:]] == [file.content for file in files]
