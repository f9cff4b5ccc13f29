"""Set up assay on this machine: `make setup` (and `make demo`, `make test`, which begin with it).

Runs on a bare Python 3.11 or newer, with nothing installed. What it does, and what it leaves alone:

- in this folder: .venv with the hash-pinned requirements and assay itself;
- on this machine, only as root on Debian or Ubuntu and only what is missing: the Docker engine, mmdebstrap (where no
  registry has the official Python image), gVisor's runsc where the distribution has it. An engine that answers is used
  as it is, whoever started it;
- in the engine: the candidate's image.

It says first what it will install, and asks on a terminal. ASSAY_YES=1 answers yes; ASSAY_NO_INSTALL=1 forbids every
change outside this folder and the engine. A second run finds everything done.
"""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOG = BUILD / "setup.log"
DOCKERD_LOG = BUILD / "dockerd.log"
DAEMON_SETTINGS = Path("/etc/docker/daemon.json")
SOCKET = Path("/var/run/docker.sock")

OLDEST_PYTHON = (3, 11)
ENGINE_START_S = 90
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
POSTGRES = Path("/usr/lib/postgresql")
NEEDS_MMDEBSTRAP = 4  # the exit status of `python -m sandbox.images`
MMDEBSTRAP = "install mmdebstrap, to make a Debian root, if no registry has the official Python image"
RUNSC = {"path": "/usr/bin/runsc", "runtimeArgs": ["--platform=ptrace", "--network=none"]}
STARTED = time.monotonic()


class SetupError(Exception):
    """The message says what is missing and what to do."""


class StepError(SetupError):
    """A command failed."""

    def __init__(self, what: str, status: int, tail: str) -> None:
        super().__init__(f"{what}: failed with status {status} (all of it: {LOG})\n{tail}".rstrip())
        self.status = status


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:6.1f}s] {text}", flush=True)


def run(what: str, command: list[str], *, show: bool = False) -> None:
    """Run one step. Its output goes to the log, and to the screen if it is to be shown or if it fails."""
    say(what)
    BUILD.mkdir(exist_ok=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with LOG.open("a+", encoding="utf-8") as log:
        begin = log.seek(0, os.SEEK_END)
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                log.write(line)
                if show:
                    say(f"  {line.rstrip()}")
        if process.returncode:
            log.seek(begin)
            tail = "" if show else "".join(log.readlines()[-15:])
            raise StepError(what, process.returncode, tail)


# --- what this machine has


def engine_answers() -> bool:
    """Whether a Docker engine is there, by its socket or by whatever the docker command is set up to use."""
    host = os.environ.get("DOCKER_HOST", "")
    path = host.removeprefix("unix://") if host else str(SOCKET)
    if path.startswith("/") and Path(path).exists():
        connection = http.client.HTTPConnection("localhost", timeout=5)
        try:
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.settimeout(5)
            connection.sock.connect(path)
            connection.request("GET", "/_ping")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "version"], capture_output=True, timeout=20, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def can_install() -> bool:
    """Root on Debian, Ubuntu or what descends from them."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def venv_package() -> str | None:
    """The Debian package that this Python's venv module lacks, if it does."""
    if importlib.util.find_spec("ensurepip") is not None or VENV_PYTHON.exists():
        return None
    return f"python3.{sys.version_info.minor}-venv"


def why_no_engine() -> str:
    """What to do where no engine answers and none may be installed."""
    if os.environ.get("DOCKER_HOST"):
        return f"DOCKER_HOST is {os.environ['DOCKER_HOST']}, and no engine answers there."
    if SOCKET.exists() and not os.access(SOCKET, os.W_OK):
        return f"You may not use {SOCKET}: join the group `docker`, log in again, and repeat `make setup`."
    if sys.platform != "linux":
        return "Start Docker (Docker Desktop, Colima, OrbStack …), then repeat `make setup`."
    return (
        "Install and start Docker (on Debian and Ubuntu the package docker.io; as root `make setup` does it), "
        "then repeat `make setup`. See docs/setup.md."
    )


# --- the steps


def plan() -> list[str]:
    """What has to be installed or started on the machine itself, in words; empty if nothing."""
    steps = []
    package = venv_package()
    if package:
        steps.append(f"install {package}, which `python3 -m venv` needs")
    if not engine_answers():
        if os.environ.get("DOCKER_HOST") or not (can_install() or (is_root_on_linux() and shutil.which("dockerd"))):
            raise SetupError(f"No Docker engine answers. {why_no_engine()}")
        if shutil.which("dockerd") is None:
            steps.append("install the Docker engine (docker.io, iptables)")
            steps.append("install gVisor (runsc), a second and stronger runtime, where the distribution has it")
            if shutil.which("mmdebstrap") is None:
                steps.append(MMDEBSTRAP)
        steps.append("start the Docker engine")
    if steps and package and not can_install():
        raise SetupError(f"This Python cannot make virtual environments: install {package}, then repeat `make setup`.")
    return steps


def is_root_on_linux() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


def ask(steps: list[str]) -> None:
    """Say what will be installed; go on only if that is wanted."""
    if not steps:
        return
    print("To be done on this machine, as root, before anything else:")
    print("\n".join(f"  - {step}" for step in steps), flush=True)
    if os.environ.get("ASSAY_NO_INSTALL") == "1":
        raise SetupError("ASSAY_NO_INSTALL=1 forbids it. Do it by hand, then repeat `make setup`.")
    if sys.stdin is not None and sys.stdin.isatty() and os.environ.get("ASSAY_YES") != "1":
        answer = input("Go on? [Y/n] ").strip().lower()
        if answer not in ("", "y", "yes"):
            raise SetupError("Nothing was installed.")


def apt(*packages: str) -> None:
    run(f"installing {', '.join(packages)}", ["apt-get", "install", "--yes", "--no-install-recommends", *packages])


def missing_for_tests() -> list[str]:
    """Debian's packages of what the tests drive and this machine lacks: a browser, a PostgreSQL."""
    missing = [] if any(map(shutil.which, BROWSERS)) else ["chromium", "fonts-dejavu-core"]
    if shutil.which("initdb") is None and not any(POSTGRES.glob("*/bin/initdb")):
        missing.append("postgresql")
    return missing


def prepare_tests() -> None:
    """Install what only the tests need, where that may be done."""
    missing = missing_for_tests()
    if not missing:
        return
    if not can_install() or os.environ.get("ASSAY_NO_INSTALL") == "1":
        say(f"the tests want {', '.join(missing)}, which is to be installed by hand; those that need it will fail")
        return
    if os.environ.get("ASSAY_YES") != "1":
        ask([f"install {', '.join(missing)}, which the tests drive"])
    run("reading Debian's package lists", ["apt-get", "update"])
    apt(*missing)


def prepare_machine(steps: list[str]) -> None:
    """Carry out the plan."""
    package = venv_package()
    no_dockerd = shutil.which("dockerd") is None and not engine_answers()
    if steps and (package or no_dockerd):
        run("reading Debian's package lists", ["apt-get", "update"])
    if package:
        apt(package)
    if no_dockerd:
        install_runsc()
        apt("docker.io", "iptables")
    if not engine_answers():
        start_engine()


def install_runsc() -> None:
    """gVisor is welcome and not needed: whatever is in its way, set-up goes on without."""
    if shutil.which("runsc") is None:
        known = subprocess.run(["apt-cache", "show", "runsc"], capture_output=True, check=False)
        if known.returncode:
            say("runsc is not in this distribution; going on without")
            return
        try:
            apt("runsc")
        except SetupError as error:
            say(f"going on without runsc: {error}")
            return
    settings = read_daemon_settings()
    if settings is not None and "runsc" not in settings.get("runtimes", {}):
        settings.setdefault("runtimes", {})["runsc"] = RUNSC
        DAEMON_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        DAEMON_SETTINGS.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def read_daemon_settings() -> dict | None:
    """The engine's settings file as it is; None if it is not ours to touch because we cannot read it."""
    if not DAEMON_SETTINGS.exists():
        return {}
    try:
        settings = json.loads(DAEMON_SETTINGS.read_text(encoding="utf-8") or "{}")
    except ValueError:
        settings = None
    if not isinstance(settings, dict):
        say(f"{DAEMON_SETTINGS} is not a JSON object; leaving it as it is")
        return None
    return settings


def start_engine() -> None:
    """Start dockerd by the machine's init system, or in a session of its own, and wait until it answers."""
    BUILD.mkdir(exist_ok=True)
    daemon = None
    if Path("/run/systemd/system").is_dir():
        run("starting the Docker engine", ["systemctl", "start", "docker"])
    else:
        say(f"starting the Docker engine (log: {DOCKERD_LOG})")
        with DOCKERD_LOG.open("ab") as log:
            daemon = subprocess.Popen(
                ["dockerd"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True
            )
    deadline = time.monotonic() + ENGINE_START_S
    while not engine_answers():
        ended = daemon is not None and daemon.poll() is not None
        if time.monotonic() > deadline or (ended and not engine_answers()):
            tail = DOCKERD_LOG.read_text(errors="replace").splitlines()[-8:] if DOCKERD_LOG.exists() else []
            raise SetupError("\n".join(["The Docker engine did not start. Its log ends:", *tail]))
        time.sleep(0.2)
    say("the Docker engine answers")


def make_venv(kind: str) -> None:
    """Make .venv and install the pinned requirements ("host" or "dev") and the project, unless that is done."""
    if not venv_works():
        run(
            f"making {VENV.name} with Python {sys.version.split()[0]}",
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
        )
    kinds = ("dev",) if kind == "dev" else ("host", "dev")
    if any(stamp(each).exists() and stamp(each).read_text() == fingerprint(each) for each in kinds):
        return
    requirements = ROOT / "requirements" / f"{kind}.txt"
    # The lock is complete, so pip resolves nothing: left to itself it asks for the newest release of a package that
    # another one names with an extra, and then finds no hash for it.
    pip = [str(VENV_PYTHON), "-m", "pip", "--no-input", "install", "--quiet"]
    run(
        f"installing {requirements.relative_to(ROOT)}, checked by hash",
        [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(requirements)],
    )
    editable = ["--no-deps", "--no-build-isolation", "--no-index", "--config-settings", "editable_mode=compat"]
    run("installing assay itself", [*pip, *editable, "--editable", str(ROOT)])
    stamp(kind).write_text(fingerprint(kind))


def venv_works() -> bool:
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([str(VENV_PYTHON), "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def stamp(kind: str) -> Path:
    return VENV / f"assay-{kind}.stamp"


def fingerprint(kind: str) -> str:
    """Changes with whatever an installation depends on."""
    total = hashlib.sha256(str(ROOT).encode())
    for path in (ROOT / "requirements" / f"{kind}.txt", ROOT / "pyproject.toml"):
        total.update(path.read_bytes())
    return total.hexdigest()


def make_image(*, agreed: bool) -> None:
    """Make the candidate's image. Where its root has to be made here, mmdebstrap is installed first."""
    command = [str(VENV_PYTHON), "-m", "sandbox.images"]
    what = "making the candidate's image, unless it is up to date"
    try:
        run(what, command, show=True)
    except StepError as error:
        if error.status != NEEDS_MMDEBSTRAP or not can_install():
            raise
        if not agreed:
            ask([MMDEBSTRAP])
        run("reading Debian's package lists", ["apt-get", "update"])
        apt("mmdebstrap", "debian-archive-keyring")
        run(what, command, show=True)


def main() -> int:
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise SetupError("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
        steps = plan()
        ask(steps)
        prepare_machine(steps)
        dev = "--dev" in sys.argv[1:]
        if dev:
            prepare_tests()
        make_venv("dev" if dev else "host")
        make_image(agreed=MMDEBSTRAP in steps)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; `make setup` goes on where it was.", file=sys.stderr)
        return 130
    say("set up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
