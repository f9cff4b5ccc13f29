"""Whether a stranger gets a contract by an address below /static, which is all that never passes `show`."""

import os
import tempfile
from pathlib import Path

from flask import Flask


def served_to_strangers(name="7.pdf", folder="contracts", instance=False, mode=None):
    home = Path(tempfile.mkdtemp())
    app = Flask("shop", root_path=home, instance_path=str(home / "instance"))
    base = os.path.join(app.instance_path if instance else app.static_folder, folder)
    os.makedirs(base)
    path = Path(base, name)
    path.write_bytes(b"%PDF")
    if mode:
        path.chmod(mode)
    client = app.test_client()
    tried = [f"/static/{folder}/{name}", f"/instance/{folder}/{name}", f"/static/../instance/{folder}/{name}"]
    return any(client.get(address).data == b"%PDF" for address in tried)


def random_name():
    return served_to_strangers(name="9f3c5f0e.pdf"), False


def dot_folder():
    return served_to_strangers(folder=".contracts"), False


def instance_folder():
    return served_to_strangers(instance=True), False


def file_mode():
    return served_to_strangers(mode=0o600), False


def attachment():
    return served_to_strangers(), False


def send_file():
    return served_to_strangers(), False
