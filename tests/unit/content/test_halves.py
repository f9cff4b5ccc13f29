"""The public half can be used without the hidden half being opened, or even known."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.unit.content.factory import make_root

if TYPE_CHECKING:
    from pathlib import Path

# In a process of its own: an audit hook can't be taken out again, and other tests have imported the hidden
# half.
PROGRAM = """
import sys
from pathlib import Path

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ("open", "os.listdir",
"os.scandir") else None)

from harness.commands.start import start
from harness.commands.tasks import tasks
from harness.content import load_library
from harness.content.bundle import candidate_kit

root = Path(sys.argv[1])
library = load_library([root])
assert not library.diagnostics
assert library.topics and library.questions
assert candidate_kit(library.task("contexts/request-log"), requirements="", python="3.13")
for command, args in ((tasks, []), (start, ["contexts/request-log", sys.argv[2]])):
    command.main(args, obj=[root], standalone_mode=False)

assert any("/public/" in path for path in opened), "the hook saw nothing"
below = [path[len(str(root)):] for path in opened if path.startswith(str(root))]
print([path for path in below if "/hidden" in path or "/reference" in path])
print([name for name in sys.modules if name.startswith("harness.content.") and ("hidden" in name or "check" in
name)])
"""


def test_listing_and_kits_never_open_or_import_the_hidden_half(tmp_path: Path) -> None:
    root = make_root(tmp_path / "root")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root), str(tmp_path / "kit")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-2:] == ["[]", "[]"]
