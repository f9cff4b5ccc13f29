"""The candidate's image, as it was built and not as it was meant."""

from __future__ import annotations

import json
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from sandbox import doctor
from sandbox.errors import ImageError
from sandbox.images.build import ensure_derived_image, ensure_image, image_info, outdated
from sandbox.images.recipe import lock_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docker import DockerClient

    from sandbox.images.build import ImageInfo

    Run = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.engine


def test_an_image_that_is_up_to_date_is_not_built_again(candidate_image: ImageInfo) -> None:
    said: list[str] = []
    assert ensure_image(progress=said.append) == candidate_image
    assert said == []


def test_its_labels_tell_what_was_pinned(candidate_image: ImageInfo) -> None:
    found = image_info()
    assert found == candidate_image
    pinned = lock_file(found.machine).read_text()
    assert f"flask=={found.libraries['flask']} " in pinned
    assert found.python.startswith("3.13.")
    assert int(found.redis.split(".")[0]) >= 7


def test_there_is_no_info_on_an_image_that_is_not_there() -> None:
    assert image_info("assay-candidate:000000000000") is None


IMPORTS = """
import warnings
warnings.simplefilter("error")
import authlib.integrations.flask_client, celery, email_validator, flask, flask_caching, flask_cors, flask_jwt_extended
import flask_limiter, flask_login, flask_migrate, flask_restful, flask_smorest, flask_sqlalchemy, flask_wtf, gunicorn
import marshmallow, pydantic, pytest, redis, requests, time_machine
"""


def test_every_library_imports_without_a_warning(run_inside: Run) -> None:
    assert run_inside(IMPORTS) == (0, "")


TOGETHER = """
import pathlib, subprocess, warnings
pathlib.Path("app.py").write_text('''
import marshmallow as ma
from flask import Flask
from flask.views import MethodView
from flask_migrate import Migrate
from flask_smorest import Api, Blueprint
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
books = Blueprint("books", __name__, url_prefix="/books")

class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80))

class BookSchema(ma.Schema):
    id = ma.fields.Int(dump_only=True)
    title = ma.fields.Str(required=True)

@books.route("")
class Books(MethodView):
    @books.arguments(BookSchema)
    @books.response(201, BookSchema)
    def post(self, data):
        db.session.add(book := Book(**data))
        db.session.commit()
        return book

    @books.response(200, BookSchema(many=True))
    @books.paginate()
    def get(self, pagination_parameters):
        pagination_parameters.item_count = Book.query.count()
        return db.paginate(db.select(Book)).items

app = Flask(__name__)
app.config.update(SQLALCHEMY_DATABASE_URI="sqlite:///books.db", API_TITLE="b", API_VERSION="1", OPENAPI_VERSION="3.1.0")
db.init_app(app)
Migrate(app, db)
Api(app).register_blueprint(books)

@app.get("/async")
async def answer():
    return "async"
''')
for step in (["init"], ["migrate", "-m", "first"], ["upgrade"]):
    done = subprocess.run(["flask", "--app", "app", "db", *step], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
warnings.simplefilter("error")
from app import app
client = app.test_client()
print(client.post("/books", json={"title": "Emma"}).json, client.post("/books", json={}).status_code,
      client.get("/books").json, client.get("/async").text)
"""


def test_the_libraries_work_together(run_inside: Run) -> None:
    """Flask-SQLAlchemy is older than the SQLAlchemy beside it, and flask-smorest than marshmallow: so try them."""
    status, output = run_inside(TOGETHER)
    book = {"id": 1, "title": "Emma"}
    assert (status, output.splitlines()[-1:]) == (0, [f"{book} 422 [{book}] async"]), output


def test_no_file_gives_rights_to_who_runs_it(run_inside: Run) -> None:
    script = """
import os, stat
for folder, _, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/dev")):
        continue
    for name in names:
        path = os.path.join(folder, name)
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
            print(path)
"""
    assert run_inside(script, user="0", cap_add=["DAC_READ_SEARCH"]) == (0, "")


def test_nothing_of_ours_can_be_changed_from_inside(run_inside: Run) -> None:
    script = """
import sys, pathlib
for place in ("/opt/venv/lib/python3.13/site-packages", "/opt/sandbox/sandbox", "/etc"):
    try:
        pathlib.Path(place, "planted.py").write_text("")
    except OSError:
        continue
    print("could write", place)
"""
    assert run_inside(script) == (0, "")


def test_the_bytecode_is_at_hand_and_valid(run_inside: Run) -> None:
    """On a read-only root Python could not keep what it compiles, and every start would compile it again."""
    script = """
import importlib.util, os, pathlib, flask, json, sqlalchemy, sandbox.wire
for module in (flask, json, sqlalchemy, sandbox.wire):
    code = pathlib.Path(module.__cached__).read_bytes()
    flags, written = int.from_bytes(code[4:8], "little"), int.from_bytes(code[8:12], "little")
    assert code[:4] == importlib.util.MAGIC_NUMBER, module
    assert flags == 1 or written == int(os.stat(module.__file__).st_mtime), module
"""
    assert run_inside(f"import sys; sys.path.append('/opt/sandbox')\n{script}") == (0, "")


# --- derived images


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A requirement that only this machine's own folder of wheels can meet, so that no index is asked."""
    name = f"assayprobe{os.getpid()}"
    folder = tmp_path / "wheels"
    folder.mkdir()
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", "GREETING = 'from a wheel'\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return name


def test_a_derived_image_has_what_a_project_needs(
    wheel: str, tmp_path: Path, run_inside: Run, engine: DockerClient, candidate_image: ImageInfo
) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"{wheel}==1.0\n")
    derived = ensure_derived_image(requirements)
    try:
        assert derived.libraries[wheel] == "1.0"
        assert derived.libraries["flask"] == candidate_image.libraries["flask"]
        assert run_inside(f"import flask, {wheel}; print({wheel}.GREETING)", image=derived.tag) == (0, "from a wheel\n")
        assert ensure_derived_image(requirements, progress=pytest.fail) == derived
        settings = engine.images.get(derived.tag).attrs["Config"]
        assert settings["User"] == engine.images.get(candidate_image.tag).attrs["Config"]["User"]
    finally:
        engine.images.remove(derived.tag, force=True)


def test_a_requirement_without_a_wheel_is_named(wheel: str, tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"{wheel}==2.0\n")
    with pytest.raises(ImageError, match=f"{wheel}==2.0"):
        ensure_derived_image(requirements)


def test_what_the_current_image_stands_on_is_not_outdated(engine: DockerClient, candidate_image: ImageInfo) -> None:
    """Asked and not carried out: another run on this engine may be using an image of its own."""
    engine.images.get(candidate_image.tag).tag("assay-candidate", "old")
    try:
        found = outdated()
    finally:
        engine.images.remove("assay-candidate:old")
    assert "assay-candidate:old" in found
    assert candidate_image.tag not in found
    assert candidate_image.base.split()[-1] not in found


def test_the_doctor_finds_this_machine_fit(candidate_image: ImageInfo) -> None:
    failures = [finding for finding in doctor.examine() if finding.level is doctor.Level.FAIL]
    assert failures == []


def test_the_measure_is_of_the_image_itself(run_inside: Run, candidate_image: ImageInfo) -> None:
    script = "import importlib.metadata, json; print(json.dumps(importlib.metadata.version('flask')))"
    _, output = run_inside(script)
    assert json.loads(output) == candidate_image.libraries["flask"]
