"""The seccomp profile in real containers: what it must refuse is refused, and what an app needs works."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING

import pytest

from sandbox import seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.engine

NUMBERS = {
    "x86_64": {
        "acct": 163,
        "add_key": 248,
        "bpf": 321,
        "chroot": 161,
        "clock_settime": 227,
        "delete_module": 176,
        "fanotify_init": 300,
        "finit_module": 313,
        "fsconfig": 431,
        "fsmount": 432,
        "fsopen": 430,
        "fspick": 433,
        "init_module": 175,
        "io_setup": 206,
        "io_submit": 209,
        "io_uring_enter": 426,
        "io_uring_register": 427,
        "io_uring_setup": 425,
        "kcmp": 312,
        "kexec_load": 246,
        "keyctl": 250,
        "memfd_create": 319,
        "memfd_secret": 447,
        "modify_ldt": 154,
        "mount": 165,
        "mount_setattr": 442,
        "move_mount": 429,
        "mq_open": 240,
        "msgget": 68,
        "name_to_handle_at": 303,
        "open_by_handle_at": 304,
        "open_tree": 428,
        "perf_event_open": 298,
        "pidfd_getfd": 438,
        "pivot_root": 155,
        "process_madvise": 440,
        "process_vm_readv": 310,
        "process_vm_writev": 311,
        "ptrace": 101,
        "quotactl": 179,
        "reboot": 169,
        "remap_file_pages": 216,
        "request_key": 249,
        "semget": 64,
        "sethostname": 170,
        "setns": 308,
        "settimeofday": 164,
        "shmget": 29,
        "swapoff": 168,
        "swapon": 167,
        "syslog": 103,
        "umount2": 166,
        "unshare": 272,
        "userfaultfd": 323,
        "vmsplice": 278,
    },
    "aarch64": {
        "acct": 89,
        "add_key": 217,
        "bpf": 280,
        "chroot": 51,
        "clock_settime": 112,
        "delete_module": 106,
        "fanotify_init": 262,
        "finit_module": 273,
        "fsconfig": 431,
        "fsmount": 432,
        "fsopen": 430,
        "fspick": 433,
        "init_module": 105,
        "io_setup": 0,
        "io_submit": 2,
        "io_uring_enter": 426,
        "io_uring_register": 427,
        "io_uring_setup": 425,
        "kcmp": 272,
        "kexec_load": 104,
        "keyctl": 219,
        "memfd_create": 279,
        "memfd_secret": 447,
        "mount": 40,
        "mount_setattr": 442,
        "move_mount": 429,
        "mq_open": 180,
        "msgget": 186,
        "name_to_handle_at": 264,
        "open_by_handle_at": 265,
        "open_tree": 428,
        "perf_event_open": 241,
        "pidfd_getfd": 438,
        "pivot_root": 41,
        "process_madvise": 440,
        "process_vm_readv": 270,
        "process_vm_writev": 271,
        "ptrace": 117,
        "quotactl": 60,
        "reboot": 142,
        "remap_file_pages": 234,
        "request_key": 218,
        "semget": 190,
        "sethostname": 161,
        "setns": 268,
        "settimeofday": 170,
        "shmget": 194,
        "swapoff": 225,
        "swapon": 224,
        "syslog": 116,
        "umount2": 39,
        "unshare": 97,
        "userfaultfd": 282,
        "vmsplice": 75,
    },
}

#: Makes each call with nonsense for arguments, so that it does no harm even where it is let through.
PROBE = """
import ctypes, json, os, sys
libc = ctypes.CDLL(None, use_errno=True)
answers = {}
for name, call in json.loads(sys.argv[1]).items():
    ctypes.set_errno(0)
    number, *arguments = call if isinstance(call, list) else [call, -1, -1, -1, -1, -1, -1]
    done = libc.syscall(*(ctypes.c_long(value) for value in (number, *arguments)))
    if done == 0 and name.startswith("clone"):
        os._exit(0)
    answers[name] = ctypes.get_errno() if done == -1 else 0
print(json.dumps(answers))
"""

#: Root, with every capability that any of these calls asks for.
RIGHTS = {
    "user": "0",
    "cap_add": [
        *("SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_PACCT", "SYS_PTRACE", "SYS_TIME"),
        *("SYSLOG", "DAC_READ_SEARCH"),
    ],
}


def answers(run: Run, calls: dict[str, object], **settings: object) -> dict[str, int]:
    """The error number of each call as a container's process got it; 0 where it succeeded."""
    status, output = run(PROBE, json.dumps(calls), **settings)
    assert status == 0, output
    return json.loads(output)


@pytest.fixture
def numbers(candidate_image) -> dict[str, int]:
    return NUMBERS[candidate_image.machine]


def test_every_denied_call_has_a_number_to_try() -> None:
    """The list of what is refused and the list of what is tried must not drift apart."""
    assert sorted(NUMBERS["x86_64"]) == seccomp.denied()
    assert sorted({*NUMBERS["aarch64"], "modify_ldt"}) == seccomp.denied()  # which is Intel's alone


def test_denied_calls_are_refused_even_to_a_process_that_has_the_rights(
    run_inside: Run, numbers: dict[str, int]
) -> None:
    """With root and the capabilities the profile is the only thing left that can say no."""
    assert answers(run_inside, numbers, **RIGHTS) == dict.fromkeys(numbers, errno.EPERM)


def test_without_the_profile_the_same_calls_reach_the_kernel(run_inside: Run, numbers: dict[str, int]) -> None:
    """The control: no EPERM, so that the test above does not pass for another reason."""
    reached = answers(run_inside, numbers, security_opt=["seccomp=unconfined"], **RIGHTS)
    refused = {name for name, error in reached.items() if error == errno.EPERM}
    assert refused <= {"io_uring_setup"}  # a system setting may close it


def test_only_three_socket_families_can_be_opened(run_inside: Run) -> None:
    script = """
import json, socket
opened = []
for family in range(0, 46):
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except PermissionError:
        continue
    except OSError:
        pass
    opened.append(family)
print(json.dumps(opened))
"""
    status, output = run_inside(script)
    assert status == 0, output
    assert json.loads(output) == [int(family) for family in seccomp.FAMILIES]


def test_no_way_to_a_namespace_of_ones_own(run_inside: Run, candidate_image) -> None:
    """clone() may not carry a namespace's flag, and clone3(), whose flags no filter sees, does not exist."""
    clone = {"x86_64": 56, "aarch64": 220}[candidate_image.machine]
    user, network, chld = 0x10000000, 0x40000000, 17
    calls = {
        "clone-user": [clone, user | chld, 0, 0, 0, 0],
        "clone-network": [clone, network | chld, 0, 0, 0, 0],
        "clone-plain": [clone, chld, 0, 0, 0, 0],
        "clone3": [435, 0, 0],
        "personality": [{"x86_64": 135, "aarch64": 92}[candidate_image.machine], 0x0040000],
    }
    assert answers(run_inside, calls) == {
        "clone-user": errno.EPERM,
        "clone-network": errno.EPERM,
        "clone-plain": 0,
        "clone3": errno.ENOSYS,
        "personality": errno.EPERM,
    }


def test_a_32_bit_call_kills_its_process(run_inside: Run, candidate_image) -> None:
    """socketcall(), which takes its arguments in memory, would go round the families."""
    if candidate_image.machine != "x86_64":
        pytest.skip("int 0x80 is Intel's")
    script = r"""
import ctypes, mmap, os
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
child = os.fork()
if not child:
    call()
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    _, output = run_inside(script)
    assert output.strip() == "-31"  # SIGSYS


def test_python_starts_threads_and_processes_of_every_kind(run_inside: Run) -> None:
    script = """
import asyncio, concurrent.futures, multiprocessing, subprocess, sys, threading
if __name__ == "__main__":
    seen = []
    thread = threading.Thread(target=seen.append, args=("thread",)); thread.start(); thread.join()
    seen.append(subprocess.run(["sh", "-c", "echo shell"], capture_output=True, text=True).stdout.strip())
    for method in ("fork", "forkserver"):
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            seen += pool.map(str.lower, [method.upper()])
    seen.append(asyncio.run(asyncio.to_thread(lambda: "asyncio")))
    print(*seen)
"""
    status, output = run_inside(script)
    assert (status, output.split()) == (0, ["thread", "shell", "fork", "forkserver", "asyncio"])


def test_gunicorn_serves_with_several_workers(run_inside: Run) -> None:
    script = """
import pathlib, subprocess, sys, time, urllib.request
pathlib.Path("app.py").write_text("from flask import Flask\\napp = Flask(__name__)\\n"
                                  "@app.get('/')\\ndef home(): return 'served'\\n")
server = subprocess.Popen(["gunicorn", "-w", "2", "--threads", "2", "-b", "127.0.0.1:8000", "app:app"])
for _ in range(1200):
    try:
        print(urllib.request.urlopen("http://127.0.0.1:8000/").read().decode())
        break
    except OSError:
        time.sleep(0.05)
server.terminate()
sys.exit(server.wait())
"""
    status, output = run_inside(script)
    assert status == 0, output
    assert "served" in output


def test_a_celery_worker_does_a_task_that_came_through_redis(run_inside: Run) -> None:
    script = """
import pathlib, subprocess, sys, time
import redis
pathlib.Path("tasks.py").write_text(
    "from celery import Celery\\n"
    "app = Celery('tasks', broker='redis://127.0.0.1:6379/0', backend='redis://127.0.0.1:6379/1')\\n"
    "@app.task\\n"
    "def add(a, b): return a + b\\n")
store = subprocess.Popen(["redis-server", "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL)
link = redis.Redis()
for _ in range(1200):
    try:
        link.ping()
        break
    except redis.ConnectionError:
        time.sleep(0.05)
worker = subprocess.Popen(["celery", "--quiet", "-A", "tasks", "worker", "-c", "2"])
sys.path.insert(0, ".")
from tasks import add
print("sum", add.delay(20, 22).get(timeout=120))
worker.terminate(); worker.wait(); store.terminate(); store.wait()
"""
    status, output = run_inside(script)
    assert status == 0, output
    assert "sum 42" in output
