"""Grading a whole submission on fake boxes, with the real examiner: what is the candidate's, and what is ours."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from flask import Flask, jsonify, request

from harness.content.hidden import Hidden
from harness.content.markers import read_checks
from harness.domain import content
from harness.domain.content import Level, Reference, Task, TaskKind
from harness.domain.records import from_json, to_json
from harness.domain.scores import result_score
from harness.domain.verdicts import Basis, Environment, Limit, Outcome, StartProblem
from harness.grading.exam import Exam
from harness.grading.forkserver import ForkServer
from harness.grading.grade import Grader
from sandbox.fake import Ended, FakeRunner, Frame, Gone, Raw, serve
from sandbox.pool import Pool
from sandbox.result import Answer, Source
from sandbox.result import Status as Ending

SUITE = '''
import pytest

@pytest.mark.check("says-hello", concept="c")
def test_hello(client):
    """The app greets."""
    assert client.get("/").text == "hello"

@pytest.mark.check("echoes", concept="c")
def test_echo(client, seed, symptom):
    """The app repeats a word."""
    word = seed.word()
    assert client.post("/echo", json={"word": word}).json == {"word": word}, symptom("mute")

@pytest.mark.check("remembers", concept="c")
def test_cookie(client):
    """The app remembers a visitor."""
    client.get("/visit")
    assert client.get("/visits").text == "1"

@pytest.mark.check("configured", concept="c")
def test_config(app):
    """The app is configured."""
    assert app.config["GREETING"] == "hello"
'''
ENVIRONMENT = Environment("sha256:0", "fake", "fake", "3.13")


def good(config):
    app = Flask("good")
    app.config.update(config)
    app.get("/", endpoint="hello")(lambda: "hello")
    app.post("/echo", endpoint="echo")(lambda: jsonify(request.json))

    @app.get("/visit")
    def visit():
        response = app.make_response("")
        response.set_cookie("visits", "1")
        return response

    app.get("/visits", endpoint="visits")(lambda: request.cookies.get("visits", "0"))
    return app


def mute(config):
    app = good(config)
    app.view_functions["echo"] = lambda: jsonify({})
    return app


@pytest.fixture(scope="module")
def forkserver():
    server = ForkServer()
    yield server
    server.close()


@pytest.fixture
def exam(tmp_path):
    tests = tmp_path / "challenges/topic/tasks/slug/hidden/tests"
    tests.mkdir(parents=True)

    def make(suite=SUITE, guards=()):
        (tests / "test_all.py").write_text(textwrap.dedent(suite))
        faults = []
        checks = read_checks(tests, tmp_path, faults)
        assert not faults
        folder = tests.parents[1]
        task = Task(
            "topic", "slug", "T", "S", TaskKind.BUILD, Level.JUNIOR, 1, content.Pool.PRACTICE, content.Status.PUBLISHED,
            1, "app:create_app", (), (), "standard", {"GREETING": "hello", "KEY": "{secret}"}, folder,
        )  # fmt: skip
        hidden = Hidden(task.id, tests.parent, tests, tests.parent / "data", checks)
        return Exam(task, hidden, Reference(task.id, folder, tuple(guards), {}), "digest")

    return make


@pytest.fixture
def grade(exam, forkserver):
    pools = []

    def run(program, chosen=None, files=None, told=lambda verdict: None, lanes=1, **runner):
        pool = Pool(FakeRunner({"app": program}, **runner))
        pools.append(pool)
        grader = Grader(pool, ENVIRONMENT, forkserver, lanes)
        return grader.grade(chosen or exam(), files or {"app.py": b""}, told=told)

    yield run
    for pool in pools:
        pool.close()


def outcomes(result):
    return {verdict.check: verdict.outcome.value for verdict in result.verdicts}


def test_a_right_submission_passes_everything(grade):
    told = []
    result = grade(serve(good), told=told.append)
    assert outcomes(result) == dict.fromkeys(["says-hello", "echoes", "remembers", "configured"], "passed")
    assert result_score(result).value == 100
    assert [verdict.check for verdict in told] == list(outcomes(result))


def test_the_number_of_lanes_changes_no_verdict(grade):
    told = []
    result = grade(serve(mute), told=told.append, lanes=3)
    assert outcomes(result) == outcomes(grade(serve(mute)))
    assert list(outcomes(result)) == ["says-hello", "echoes", "remembers", "configured"]  # the suite's order
    assert sorted(verdict.check for verdict in told) == sorted(outcomes(result))


def test_an_engine_that_fails_in_one_lane_is_ours(grade, exam):
    def dies_at_echo(order, files):
        program = serve(good)(order, files)
        return lambda frame: [Gone()] if "/echo" in str(frame.header.get("environ")) else program(frame)

    death = Answer(Ending.ENGINE, source=Source.ENGINE)
    result = grade(dies_at_echo, lanes=2, death=death)
    assert outcomes(result)["echoes"] == "ours"
    assert result_score(result).value is None


def test_what_a_verdict_rests_on_is_derived_from_what_the_test_used(grade):
    result = grade(serve(good))
    assert {verdict.check: verdict.basis for verdict in result.verdicts} == {
        "says-hello": Basis.OBSERVED,
        "echoes": Basis.OBSERVED,
        "remembers": Basis.OBSERVED,
        "configured": Basis.SELF_REPORTED,
    }


def test_a_failure_carries_its_symptom(grade):
    result = grade(serve(mute))
    assert outcomes(result)["echoes"] == "failed"
    assert result.verdict("echoes").symptoms == ("mute",)
    assert result.verdict("says-hello").symptoms == ()


def test_a_guard_is_marked(grade, exam):
    result = grade(serve(good), exam(guards=["says-hello"]))
    assert [verdict.guard for verdict in result.verdicts] == [True, False, False, False]


def test_the_result_survives_being_stored(grade):
    for program in (serve(good), serve(mute), lambda order, files: lambda frame: [Ended(1)]):
        result = grade(program)
        assert from_json(to_json(result)) == result


def answering(**fields):
    """A reply to whatever is asked."""
    return lambda frame: Frame({"id": frame.header["id"], **fields})


def start_error(kind, message="no", traceback="Traceback: mine"):
    error = {"kind": kind, "type": "E", "message": message, "traceback": traceback}
    return lambda order, files: lambda frame: [answering(ok=False, error=error)(frame)]


@pytest.mark.parametrize("kind", ["missing-entry", "syntax-error", "missing-package", "crashed", "not-an-app"])
def test_an_app_that_does_not_start_fails_every_check_with_its_own_reason(grade, kind):
    result = grade(start_error(kind))
    assert result.start_failure.problem is StartProblem(kind)
    assert set(outcomes(result).values()) == {"failed"}
    assert result.diagnosis == ()
    assert result_score(result).value == 0


def test_a_limit_at_the_start_is_named(grade):
    result = grade(lambda order, files: lambda frame: [Ended(-9, hits=("memory",))])
    assert result.start_failure.problem is StartProblem.LIMIT
    assert result.start_failure.limit.limit is Limit.MEMORY


def crash_on(path, reply):
    """An app whose process ends, or talks nonsense, when ``path`` is asked for."""

    def start(order, files):
        answer = serve(good)(order, files)

        def program(frame):
            if frame.header.get("environ", {}).get("PATH_INFO") == path:
                return [reply(frame)]
            return answer(frame)

        return program

    return start


@pytest.mark.parametrize(
    ("reply", "limit", "crashed"),
    [
        (lambda frame: Ended(1), None, True),
        (lambda frame: Ended(-9, hits=("memory",)), Limit.MEMORY, False),
        (lambda frame: Ended(-9, why="engine"), None, True),
        (lambda frame: Ended(-9, hits=("engine",)), None, True),
        (lambda frame: Raw(b"\xff" * 100), Limit.PROTOCOL, False),
        (answering(ok="yes"), Limit.PROTOCOL, False),
        (answering(ok=True, status=200, headers=5), Limit.PROTOCOL, False),
        (answering(ok=False, error={}), Limit.PROTOCOL, False),
        (answering(ok=True, status="", headers=[]), None, False),
        (answering(ok=True, status="x y", headers=[["a\r\nb", "c"]]), None, False),
    ],
    ids=[
        "ends",
        "killed",
        "claims-engine",
        "claims-engine-hit",
        "noise",
        "not-ok",
        "no-headers",
        "no-error",
        "no-status",
        "split-header",
    ],
)
def test_whatever_the_container_does_fails_its_check_and_is_never_ours(grade, reply, limit, crashed):
    result = grade(crash_on("/echo", reply))
    assert outcomes(result) == dict.fromkeys(outcomes(result), "passed") | {"echoes": "failed"}
    verdict = result.verdict("echoes")
    assert (verdict.limit.limit if verdict.limit else None) is limit
    assert verdict.crashed is crashed
    assert result_score(result).value == 75


def test_an_engine_that_fails_is_ours_and_the_score_unknown(grade):
    result = grade(serve(good), failing=99)
    assert result.fault
    assert set(outcomes(result).values()) == {"ours"}
    assert result_score(result).value is None


def test_an_engine_that_fails_during_a_check_makes_that_check_ours(grade):
    death = Answer(Ending.ENGINE, source=Source.ENGINE, detail="no reply from the daemon")

    def start(order, files):
        answer = serve(good)(order, files)
        return lambda frame: [Gone()] if "environ" in frame.header else answer(frame)

    result = grade(start, death=death)
    assert outcomes(result)["says-hello"] == "ours"
    assert result_score(result).value is None


def test_a_suite_that_can_not_be_collected_is_ours(grade, exam):
    chosen = exam()
    (Path(chosen.hidden.tests) / "test_broken.py").write_text("import nothing_of_the_kind\n")
    result = grade(serve(good), chosen)
    assert "nothing_of_the_kind" in result.fault
    assert result_score(result).value is None


def test_a_skipped_test_is_no_pass(grade, exam):
    suite = '''
    import pytest

    @pytest.mark.check("skipped", concept="c")
    def test_skipped(client):
        """It is skipped."""
        pytest.skip("no")
    '''
    assert outcomes(grade(serve(good), exam(suite))) == {"skipped": "ours"}


def test_an_examiner_that_a_reply_kills_fails_that_check_and_the_others_are_judged(grade, exam):
    suite = '''
    import os
    import pytest

    @pytest.mark.check("first", concept="c")
    def test_first(client):
        """The first."""
        assert client.get("/").text == "hello"

    @pytest.mark.check("fatal", concept="c")
    def test_fatal(client):
        """A reply that ends the examiner."""
        if client.get("/").text == "hello":
            os._exit(1)

    @pytest.mark.check("last", concept="c")
    def test_last(client):
        """The last."""
        assert client.get("/").text == "hello"
    '''
    assert outcomes(grade(serve(good), exam(suite))) == {"first": "passed", "fatal": "failed", "last": "passed"}


def test_values_hang_on_seed_and_check_alone(grade, exam, forkserver):
    suite = '''
    import pytest

    @pytest.mark.check("draws", concept="c")
    def test_draws(client, seed):
        """Draws a word."""
        assert False, seed.word()
    '''
    chosen = exam(suite)
    with_pool = Grader(Pool(FakeRunner({"app": serve(good)})), ENVIRONMENT, forkserver)
    words = [with_pool.grade(chosen, {"a.py": b""}, seed).verdict("draws").message for seed in ("1", "1", "2")]
    assert words[0] == words[1] != words[2]


def test_parametrised_cases_of_a_check_must_all_pass(grade, exam):
    suite = '''
    import pytest

    @pytest.mark.check("cases", concept="c")
    @pytest.mark.parametrize("path", ["/nothing", "/"])
    def test_cases(client, path):
        """Several cases."""
        assert client.get(path).status_code == 200
    '''
    assert outcomes(grade(serve(good), exam(suite))) == {"cases": "failed"}


def test_the_examiner_has_no_credentials(grade, exam, monkeypatch):
    monkeypatch.setenv("ASSAY_SECRET", "hush")
    suite = '''
    import os
    import pytest

    @pytest.mark.check("clean", concept="c")
    def test_clean(client):
        """Looks around."""
        assert "ASSAY_SECRET" not in os.environ
        assert "HOME" not in os.environ
    '''
    server = ForkServer()
    grader = Grader(Pool(FakeRunner({"app": serve(good)})), ENVIRONMENT, server)
    result = grader.grade(exam(suite), {"app.py": b""})
    grader.close()
    assert outcomes(result) == {"clean": "passed"}


def test_an_interrupt_at_the_terminal_does_not_reach_the_examiners():
    code = (
        "import os, sys\n"
        "from harness.grading.forkserver import ForkServer\n"
        "server = ForkServer()\nserver.start()\n"
        "print(os.getpgid(server._process.pid) == os.getpgrp())\nserver.close()"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"], "Ctrl-C goes to a terminal's whole process group"


def test_the_files_of_the_submission_are_those_that_the_harness_holds(grade, exam):
    suite = '''
    import pytest

    @pytest.mark.check("files", concept="c")
    def test_files(submission):
        """Reads files."""
        assert submission.files == {"app.py": "x = 1"}
    '''
    files = {"app.py": b"x = 1", "tests/test_a.py": b"", "logo.png": b"\xff"}
    result = grade(serve(good), exam(suite), files)
    assert outcomes(result) == {"files": "passed"}
    assert result.verdict("files").basis is Basis.OBSERVED


def test_outcomes_are_three_valued():
    assert {outcome.value for outcome in Outcome} == {"passed", "failed", "ours"}
