"""Several pictures of one page are the first that a server draws, each in a thread of its own."""

from __future__ import annotations

import subprocess
import sys

MANY = """
import sys, threading
sys.setswitchinterval(1e-6)
from harness.reports import plots
barrier, wrong = threading.Barrier(6), []
def draw(number):
    barrier.wait(10)
    try:
        plots.svg(plots.distribution([1, 2], "knows") if number % 2 else plots.know_against_do([]))
    except Exception as error:
        wrong.append(repr(error))
threads = [threading.Thread(target=draw, args=(number,)) for number in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(wrong)
"""


def test_the_first_pictures_can_be_drawn_at_once():
    done = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr
