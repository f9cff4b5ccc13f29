"""Which of three archives each condition accepts: one huge file, many files of half the limit, and a harmless one."""

import io
import zipfile

from flask import Flask, abort, request

LIMIT = 10_000_000
CLAIMED = [413, 413, 201]


def statuses(condition):
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @app.post("/albums")
    def add():
        archive = zipfile.ZipFile(request.files["album"])
        if not condition(archive):
            abort(413)
        return "", 201

    seen = []
    for sizes in ([20_000_000], [5_000_000] * 3, [1_000_000]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, size in enumerate(sizes):
                archive.writestr(f"{number}.bmp", bytes(size))
        packed.seek(0)
        seen.append(app.test_client().post("/albums", data={"album": (packed, "album.zip")}).status_code)
    return seen


def sum_of_sizes():
    return statuses(lambda archive: sum(info.file_size for info in archive.infolist()) <= LIMIT), CLAIMED


def sum_of_packed():
    return statuses(lambda archive: sum(info.compress_size for info in archive.infolist()) <= LIMIT), CLAIMED


def each_size():
    return statuses(lambda archive: all(info.file_size <= LIMIT for info in archive.infolist())), CLAIMED


def request_size():
    return statuses(lambda archive: request.content_length <= LIMIT), CLAIMED


def number_of_files():
    return statuses(lambda archive: len(archive.infolist()) <= 1_000), CLAIMED


def test_of_archive():
    return statuses(lambda archive: archive.testzip() is None), CLAIMED
