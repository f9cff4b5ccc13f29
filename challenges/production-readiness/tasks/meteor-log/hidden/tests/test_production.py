"""Judges a running app by its answers and its output, and the image by the files that describe it."""

import json
import re

import pytest
from dockerfiles import SHELLS, Dockerfile, is_ignored, is_install, is_pinned, takes_code

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


@pytest.fixture
def no_database(environment, seed):
    """The environment names a database that can't be opened."""
    environment["DATABASE_URL"] = f"sqlite:////tmp/{seed.word()}/{seed.word()}.db"


@pytest.fixture
def lines_of(printed, symptom):
    """``lines_of(call)`` makes a call; gives its result and the objects that the app has printed meanwhile."""

    def listen(call, broken="line-is-no-json"):
        before = len(printed())
        result = call()
        objects = []
        for line in printed()[before:].split("\n"):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError:
                value = None
            assert isinstance(value, dict), symptom(broken)
            objects.append(value)
        return result, objects

    return listen


def having(key, lines):
    return [line for line in lines if line.get(key) is not None]


# --- settings


@pytest.mark.check("sightings-work", concept="settings-from-outside")
def test_sightings(client, seed):
    """Sightings are kept and listed, and a sighting without a place is refused, as before."""
    places = seed.words(2)
    for number, place in enumerate(places, 1):
        response = client.post("/sightings", json={"place": place})
        assert response.status_code == 201
        assert response.json == {"id": number, "place": place}
    assert client.get("/sightings").json == [{"id": n, "place": place} for n, place in enumerate(places, 1)]
    assert client.post("/sightings", json={"place": ""}).status_code == 400


def refuses_to_start(make_app, printed):
    try:
        make_app()
    except Exception as error:
        assert "SECRET_KEY" in f"{error}{printed()}", "the message does not name the variable"
        return True
    return False


@pytest.mark.check("secret-missing", concept="settings-from-outside")
def test_secret_missing(environment, make_app, printed):
    """Without a SECRET_KEY the app is not made, and the message names the variable."""
    del environment["SECRET_KEY"]
    assert refuses_to_start(make_app, printed)


@pytest.mark.check("secret-empty", concept="settings-from-outside")
def test_secret_empty(environment, make_app, printed, symptom):
    """With an empty SECRET_KEY the app is not made, and the message names the variable."""
    environment["SECRET_KEY"] = ""
    assert refuses_to_start(make_app, printed), symptom("empty-is-enough")


@pytest.mark.check("read-only-on", concept="settings-from-outside")
def test_read_only_on(make_app, seed):
    """READ_ONLY can be switched on with each word for it, and only writing is refused then."""
    for word in seed.shuffled(["true", "1", "TRUE"]):
        client = make_app(env={"READ_ONLY": word}, worker=word).test_client()
        assert client.post("/sightings", json={"place": seed.word()}).status_code == 403
        assert client.get("/sightings").json == []


@pytest.mark.check("read-only-off", concept="settings-from-outside")
def test_read_only_off(make_app, seed, symptom):
    """READ_ONLY can be switched off with each word for it."""
    for word in ["false", "0", "False", ""]:
        client = make_app(env={"READ_ONLY": word}, worker=f"with {word}").test_client()
        wrong = "false-switches-on" if word == "false" else "another-word-switches-on"
        assert client.post("/sightings", json={"place": seed.word()}).status_code == 201, symptom(wrong)


# --- health


@pytest.mark.check("alive-without-database", concept="health-checks")
def test_alive(client, make_app, seed, symptom):
    """An app is alive with its database, and also when that can't be opened."""
    assert client.get("/health/live").status_code == 200
    missing = f"sqlite:////tmp/{seed.word()}/{seed.word()}.db"
    other = make_app(env={"DATABASE_URL": missing}, worker="without").test_client()
    assert other.get("/health/live").status_code == 200, symptom("alive-only-with-database")


def news(before, after):
    """The symptom of an answer that says by its body only that something is wrong."""
    return "bad-news-with-200" if after.status_code == 200 and after.data != before.data else "not-503"


@pytest.mark.check("ready-asks-database", concept="health-checks")
def test_ready(make_app, seed, symptom):
    """An app is ready with its database, and answers 503 when that can't be opened."""
    good = make_app(worker="good").test_client().get("/health/ready")
    assert good.status_code == 200
    missing = f"sqlite:////tmp/{seed.word()}/{seed.word()}.db"
    bad = make_app(env={"DATABASE_URL": missing}, worker="bad").test_client().get("/health/ready")
    assert bad.status_code == 503, symptom(news(good, bad))


@pytest.mark.check("ready-follows-database", concept="health-checks")
def test_ready_follows(environment, client, files, seed, symptom):
    """An app is no longer ready when its database file is broken, and is ready again when it is whole again."""
    path = environment["DATABASE_URL"].removeprefix("sqlite:///")
    assert client.post("/sightings", json={"place": seed.word()}).status_code == 201
    good = client.get("/health/ready")
    assert good.status_code == 200
    whole = files.read(path)
    files.write(path, b"this is no database " * (len(whole) // 20))
    bad = client.get("/health/ready")
    assert bad.status_code == 503, symptom(news(good, bad))
    files.write(path, whole)
    assert client.get("/health/ready").status_code == 200


# --- request ids and logs


@pytest.mark.check("request-id-kept", concept="structured-logs")
def test_id_kept(client, lines_of, seed):
    """A well-formed id of the client is in the answer and in every line of the request."""
    token = seed.token()
    for sent in (token[:8], f"{token[:20]}-{token[20:].upper()}", token + token):
        response, lines = lines_of(lambda sent=sent: client.get("/sightings", headers={"X-Request-ID": sent}))
        assert response.headers["X-Request-ID"] == sent
        assert lines
        assert {line.get("request_id") for line in lines} == {sent}


@pytest.mark.check("request-id-made", concept="structured-logs")
def test_id_made(client, lines_of, seed):
    """Without an id each request gets one of its own, in the answer and in its lines, also where nothing is found."""
    made = set()
    for path in ("/sightings", f"/{seed.word()}", "/sightings"):
        response, lines = lines_of(lambda path=path: client.get(path))
        identity = response.headers["X-Request-ID"]
        assert WELL_FORMED.fullmatch(identity)
        assert lines
        assert {line.get("request_id") for line in lines} == {identity}
        made.add(identity)
    assert len(made) == 3


@pytest.mark.check("request-id-refused", concept="structured-logs")
def test_id_refused(client, seed, symptom):
    """An id that is too short, too long or has other characters is replaced by a new one."""
    word, token = seed.word(), seed.token()
    for sent in (f'"{word}" {word}', f'{word}" {word}', f"{word}<b>", token[:7], f"{token}{token}a"):
        answered = client.get("/sightings", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
        assert answered != sent, symptom("any-id-taken" if sent[0] == '"' else "form-not-kept")
        assert WELL_FORMED.fullmatch(answered)


@pytest.mark.check("line-per-request", concept="structured-logs")
def test_line(client, lines_of, seed):
    """Each request has one line with its method, path and status, whatever the status."""
    place, missing = seed.word(), f"/{seed.word()}"
    requests = [("POST", "/sightings", 201), ("GET", "/sightings", 200), ("GET", missing, 404)]
    for method, path, status in requests:
        body = {"json": {"place": place}} if method == "POST" else {}
        response, lines = lines_of(lambda m=method, p=path, b=body: client.open(p, method=m, **b))
        assert response.status_code == status
        (line,) = having("status", lines)
        assert (line["method"], line["path"], line["status"]) == (method, path, status)
        assert isinstance(line["message"], str)
        assert isinstance(line["level"], str)


@pytest.mark.check("line-of-a-view", concept="structured-logs")
def test_view_line(client, submission, lines_of, seed, symptom):
    """The line that a view logs is there once, with its level and the id of its request."""
    place = seed.word()
    filters = any(re.search(r"addFilter|filters", text) for text in submission.files.values())
    response, lines = lines_of(lambda: client.post("/sightings", json={"place": place}))
    (line,) = [line for line in lines if line.get("message") == f"seen at {place}"]
    assert line["level"] == "INFO"
    assert line.get("request_id") is not None, symptom("filter-missed-it" if filters else "line-without-id")
    assert line["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.check("line-with-quotes", concept="structured-logs")
def test_quotes(client, lines_of, seed, symptom):
    """A place with quotes, a backslash and a line break comes out of the log as it went in."""
    one, other = seed.words(2)
    place = f'{one} "{other}" \\ {one}\n{other}'
    response, lines = lines_of(lambda: client.post("/sightings", json={"place": place}), "text-breaks-json")
    assert response.status_code == 201
    assert [line for line in lines if line.get("message") == f"seen at {place}"]


@pytest.mark.check("error-in-one-line", concept="structured-logs")
def test_error_line(no_database, make_app, lines_of):
    """An exception is logged with all of its traceback in one line, with level and id, and the request has its line."""
    client = make_app().test_client()
    response, lines = lines_of(lambda: client.get("/sightings"), "traceback-on-many-lines")
    (line,) = having("traceback", lines)
    assert line["level"] == "ERROR"
    assert "Traceback" in line["traceback"]
    assert line["traceback"].count("\n") > 1
    assert line["request_id"] == response.headers["X-Request-ID"]
    (line,) = having("status", lines)
    assert line["status"] == 500


@pytest.mark.check("error-without-details", concept="error-answers")
def test_error_answer(no_database, make_app):
    """A client that meets an exception gets 500 and nothing of what happened."""
    response = make_app().test_client().get("/sightings")
    assert response.status_code == 500
    assert response.json == {"error": "internal"}


@pytest.mark.check("no-secrets-in-logs", concept="structured-logs")
def test_secrets(environment, client, printed, seed):
    """The secret key and query strings are not printed."""
    token = seed.token()
    client.get(f"/sightings?token={token}")
    said = printed()
    assert environment["SECRET_KEY"] not in said
    assert token not in said


# --- the image


@pytest.fixture
def dockerfile(submission):
    return Dockerfile(submission.files.get("Dockerfile", ""))


@pytest.mark.check("image-base", concept="image-layers")
def test_base(dockerfile):
    """Every base image of the Dockerfile has a tag other than latest, or a digest."""
    assert dockerfile.stages
    assert all(is_pinned(image) for image in dockerfile.images)


@pytest.mark.check("image-packages-first", concept="image-layers")
def test_packages(dockerfile, symptom):
    """The packages are installed before the app's code is copied."""
    installed = copied = False
    for stage in dockerfile.used:
        code = False
        for step in stage.steps:
            code = code or takes_code(step)
            if is_install(step):
                assert not code, symptom("code-before-packages")
                installed = True
        copied = copied or code
    assert installed, "no RUN installs requirements-prod.txt"
    assert copied, "nothing copies the code"


@pytest.mark.check("image-user", concept="container-start")
def test_user(dockerfile):
    """The container runs as somebody else than root."""
    assert dockerfile.user.lower() not in ("", "root", "0")


def unlisted(steps):
    """Whether one is in shell form and does not even look like a list."""
    return any(not step.listed and not step.value.startswith("[") for step in steps)


@pytest.mark.check("image-start", concept="container-start")
def test_start(dockerfile, symptom):
    """The container starts gunicorn in exec form, without a shell, and with what gunicorn is to see."""
    steps = [step for step in dockerfile.start if step]
    assert any("gunicorn" in step.rest for step in steps), "gunicorn is not started"
    assert all(step.listed for step in steps), symptom("shell-form" if unlisted(steps) else "list-is-no-json")
    words = [word for step in steps for word in step.listed]
    if any(word.rpartition("/")[2].lower() in SHELLS for word in words):
        assert any(re.match(r"(.*[;&]\s*)?exec\s", word, re.DOTALL) for word in words), symptom("shell-in-the-list")
    else:
        assert not any(re.search(r"\$\{?\w", word) for word in words), symptom("variable-in-the-list")


@pytest.mark.check("image-secrets", concept="image-layers")
def test_image_secrets(dockerfile, symptom):
    """No ENV and no ARG of the Dockerfile is called SECRET_KEY."""
    steps = [step for stage in dockerfile.stages for step in stage.instructions]
    names = {kind: {key for step in steps if step.name == kind for key, _ in step.pairs()} for kind in ("ENV", "ARG")}
    assert "SECRET_KEY" not in names["ENV"]
    assert "SECRET_KEY" not in names["ARG"] | set(dockerfile.arguments), symptom("secret-as-argument")


@pytest.mark.check("image-context", concept="image-layers")
def test_context(submission, dockerfile, symptom):
    """The .dockerignore keeps what is private or local out of the build, and the app's code in."""
    ignore = submission.files.get(".dockerignore", "")
    for kept in ("wsgi.py", "requirements-prod.txt", "meteors/__init__.py"):
        assert not is_ignored(ignore, kept)
    steps = [step for stage in dockerfile.stages for step in stage.instructions]
    removed = any(step.name == "RUN" and re.search(r"\brm\b.*\.env\b", step.text) for step in steps)
    assert is_ignored(ignore, ".env"), symptom("removed-later" if removed else "env-is-sent")
    assert is_ignored(ignore, ".git/config")
    assert is_ignored(ignore, "meteors.db")
    assert is_ignored(ignore, "sightings.db")
