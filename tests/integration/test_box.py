"""Real containers: what a submission meets, and how each way to end is told apart."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sandbox import limits as limits_module
from sandbox.docker_runner import LABEL, OWNER, DockerRunner
from sandbox.limits import MIB, STANDARD, UID, WORK, host_tasks
from sandbox.pool import Pool
from sandbox.result import Source, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sandbox.box import Box

pytestmark = pytest.mark.engine

SMALL = replace(
    STANDARD,
    memory=160 * MIB,
    processes=40,
    work_size=4 * MIB,
    tmp_size=4 * MIB,
    file_size=8 * MIB,
    output_kept=1_000,
    output_flood=200_000,
    cpu_time=2,
)
LONG = 60.0
OURS = {"label": f"{LABEL}={OWNER}"}  # those of other processes may be gone at the second question
HEAD = "import os, sys\nfrom flask import Flask\ndef create_app(config):\n    app = Flask(__name__)\n"


def runtimes() -> list[str]:
    """The runtimes to try: runc, and gVisor where the engine lists it."""
    from sandbox.engine import connect
    from sandbox.errors import SandboxError

    try:
        client = connect()
    except SandboxError:
        return ["runc"]
    known = client.info()["Runtimes"]
    client.close()
    return [name for name in ("runc", "runsc") if name in known]


@pytest.fixture(params=runtimes())
def runner(
    request: pytest.FixtureRequest, candidate_image: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DockerRunner]:
    monkeypatch.setitem(limits_module.PROFILES, "small", SMALL)
    made = DockerRunner(candidate_image.tag, request.param)
    yield made
    made.close()


@pytest.fixture
def box(runner: DockerRunner) -> Iterator[Box]:
    started = runner.start(("flask",), "small")
    yield started
    started.close()


@pytest.fixture
def serve(box: Box) -> Callable[..., Any]:
    """Loads an app whose view ``/`` has the given body, and asks for it."""

    def ask(body: str, seconds: float = LONG) -> Any:
        view = "".join(f"        {line}\n" for line in body.splitlines())
        box.load({"app.py": (HEAD + "    @app.get('/')\n    def index():\n" + view + "    return app\n").encode()})
        return request(box, seconds)

    return ask


def request(box: Box, seconds: float = LONG) -> Any:
    channel = box.spawn("app")
    made = channel.call({"op": "make_app", "entry": "app:create_app", "config": {}, "env": {}}, seconds=LONG)
    if not made.finished:
        return made
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    environ |= {"wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1"}
    return channel.call({"op": "request", "app": 0, "environ": environ}, seconds=seconds)


def test_an_app_answers(serve):
    answer = serve("return {'uid': os.getuid(), 'cwd': os.getcwd(), 'home': os.environ['HOME']}")
    assert json.loads(answer.body) == {"uid": UID, "cwd": WORK, "home": WORK}


def test_each_program_has_a_fresh_process_and_restored_folders(box, serve):
    body = """
import tempfile
seen = sorted(os.listdir('.') + os.listdir('/tmp') + os.listdir('/dev/shm'))
for folder in ('.', '/tmp', '/dev/shm'):
    os.makedirs(folder + '/deep/er')
    open(folder + '/deep/mark', 'w').close()
    os.chmod(folder + '/deep', 0)
open('app.py', 'w').write('')
if not os.fork():
    os.setsid()
    import time
    time.sleep(1000)
return {'seen': seen, 'processes': [p for p in os.listdir('/proc') if p.isdigit()].__len__()}
"""
    first = json.loads(serve(body).body)
    assert box.finish().clean
    second = json.loads(request(box).body)
    assert first["seen"] == second["seen"] == ["app.py"]
    assert second["processes"] <= first["processes"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("os._exit(0)", Status.CRASHED),
        ("os.abort()", Status.CRASHED),
        ("import time\ntime.sleep(1000)", Status.TIME),
        ("while True: pass", Status.TIME),
        ("while True: print('x' * 10_000, flush=True)", Status.OUTPUT),
    ],
    ids=["exits", "aborts", "sleeps", "burns", "floods"],
)
def test_every_end_has_its_status_and_the_box_can_be_used_again(box, serve, body, status):
    assert serve(body, seconds=5.0 if status is Status.TIME else LONG).status is status
    aftermath = box.finish()
    assert aftermath.clean
    assert len(aftermath.output) <= SMALL.output_kept
    box.load({"app.py": (HEAD + "    app.get('/')(lambda: 'fine')\n    return app\n").encode()})
    assert request(box).body == b"fine"


def test_programs_that_end_at_once_leave_the_agent_alive(box):
    """A process's last words, its end and its closed descriptors reach the agent in one round."""
    box.load({"facts.py": b"import os\ndef one():\n    print('one')\n    return 1, 1\n"})
    for _ in range(60):
        assert box.spawn("pairs", module="facts", function="one").receive(LONG).finished
        assert box.spawn("pairs", module="facts", function="none").receive(LONG).finished
    assert box.finish().clean


def test_memory_without_end_is_named_whoever_dies(box, serve):
    answer = serve("hog = [b'x' * 1_000_000 for _ in range(4_000)]\nreturn str(len(hog))")
    aftermath = box.finish()
    assert Status.MEMORY in (answer.status, *aftermath.hits, aftermath.status)


def test_a_full_disk_is_found_afterwards(box, serve):
    answer = serve(
        "try:\n    open('big', 'wb').write(b'x' * 6_000_000)\nexcept OSError as error:\n    return str(error.errno)"
    )
    assert answer.body == b"28"
    assert Status.DISK in box.finish().hits


def test_more_processes_than_allowed_are_refused(box, serve, runner):
    answer = serve(
        """
import threading, time
try:
    for _ in range(400):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    return 'refused'
return 'granted'
"""
    )
    aftermath = box.finish()
    if runner.runtime == "runc":
        assert answer.body == b"refused"
        assert Status.PROCESSES in aftermath.hits
    else:  # gVisor keeps threads within its own kernel: docs/threat-model.md
        assert answer.body in (b"refused", b"granted") or not answer.finished


OPEN_ON_GVISOR = ", '/proc/1/environ', '/proc/1/maps', '/proc/1/fd/0'"
LOOK = f"""
found = {{}}
for path in ('/proc/1/mem'{OPEN_ON_GVISOR},):
    try:
        open(path, 'rb').read(1)
        found[path] = 'read'
    except OSError as error:
        found[path] = type(error).__name__
"""
HIT = """
import signal
for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV):
    try:
        os.kill(1, number)
    except OSError:
        pass
"""


def test_the_agent_can_not_be_reached_from_below(serve, runner):
    """gVisor lets a process open what process 1 has open, and end it: docs/threat-model.md says what follows."""
    look = LOOK if runner.runtime == "runc" else LOOK.replace(OPEN_ON_GVISOR, "")
    answer = serve(look + "return found")
    assert answer.finished
    assert "read" not in json.loads(answer.body).values()
    answer = serve(HIT + "return 'alive'")
    assert answer.body == b"alive" if runner.runtime == "runc" else answer.status in (Status.FINISHED, Status.CRASHED)


def test_a_container_is_made_as_the_limits_say(box, engine):
    container = next(
        engine.api.inspect_container(one["Id"])
        for one in engine.api.containers(filters=OURS)
        if engine.api.inspect_container(one["Id"])["HostConfig"]["Memory"] == SMALL.memory
    )
    host = container["HostConfig"]
    assert container["Config"]["User"] == f"{UID}:{UID}"
    assert (host["NetworkMode"], host["IpcMode"], host["ReadonlyRootfs"]) == ("none", "private", True)
    assert (host["CapDrop"], host["CapAdd"], host["Privileged"]) == (["ALL"], None, False)
    assert "no-new-privileges" in host["SecurityOpt"]
    assert any(option.startswith("seccomp={") for option in host["SecurityOpt"])
    assert host["Memory"] == host["MemorySwap"] == SMALL.memory
    assert (host["PidsLimit"], host["NanoCpus"]) == (host_tasks(SMALL, box.runtime), int(SMALL.cpus * 1e9))
    assert host["LogConfig"]["Type"] == "none"
    assert not host["Init"]
    assert not host["Binds"]
    assert {u["Name"]: u["Hard"] for u in host["Ulimits"]} == {
        "nofile": SMALL.open_files,
        "fsize": SMALL.file_size,
        "core": 0,
        "memlock": SMALL.locked_memory,
        "msgqueue": 0,
    }
    for folder, size in ((WORK, SMALL.work_size), ("/tmp", SMALL.tmp_size)):
        options = host["Tmpfs"][folder].split(",")
        assert {"nosuid", "nodev", "noexec", f"size={size}"} <= set(options)


def test_a_pool_keeps_a_started_box(runner, engine):
    pool = Pool(runner, spare=1)
    pool.warm(("flask",), "small")
    box = pool.acquire(("flask",), "small")
    assert box.hello["missing"] == []
    box.close()
    pool.close()
    assert not [c for c in engine.api.containers(all=True, filters=OURS) if c["Id"] == box.image]


def test_an_engine_death_is_the_engines_word(box, serve, engine):
    box.load({"app.py": b""})
    channel = box.spawn("app")
    for one in engine.api.containers(filters=OURS):
        if engine.api.inspect_container(one["Id"])["HostConfig"]["Memory"] == SMALL.memory:
            engine.api.kill(one["Id"])
    answer = channel.receive(LONG)
    assert (answer.status, answer.source) == (Status.CRASHED, Source.ENGINE)
    assert not box.finish().clean
