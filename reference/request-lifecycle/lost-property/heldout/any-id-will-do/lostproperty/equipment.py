"""What stands in the office: a printer and a lamp. This file stays as it is."""

from threading import Lock

from flask import Blueprint, current_app, request

equipment = Blueprint("equipment", __name__)


class OutOfPaper(Exception):
    """The printer has no paper left."""


class Jammed(Exception):
    """The paper is stuck."""


class LampError(Exception):
    """The lamp can't be switched off."""


class Printer:
    """Prints one line on one piece of paper."""

    def __init__(self) -> None:
        self.paper = 1000
        self.jammed = False
        self.printed: list[str] = []

    def print(self, line: str) -> None:
        if self.jammed:
            raise Jammed("paper jam")
        if self.paper == 0:
            raise OutOfPaper("out of paper")
        self.paper -= 1
        self.printed.append(line)


class Lamp:
    """Is lit while anybody is served: each ``on`` needs one ``off``."""

    def __init__(self) -> None:
        self.lit = 0
        self.broken = False
        self._lock = Lock()

    def on(self) -> None:
        with self._lock:
            self.lit += 1

    def off(self) -> None:
        with self._lock:
            if self.broken:
                raise LampError("the switch is stuck")
            if self.lit == 0:
                raise LampError("the lamp is off already")
            self.lit -= 1


@equipment.get("/health")
def health():
    database, lamp = current_app.extensions["database"], current_app.extensions["lamp"]
    return {"status": "ok", "connections": database.connections, "lamp": lamp.lit}


@equipment.get("/journal")
def journal():
    return list(current_app.extensions["journal"])


@equipment.get("/printer")
def printed():
    return {"printed": current_app.extensions["printer"].printed}


@equipment.put("/equipment")
def change():
    """Sets ``paper``, ``jammed`` or ``lamp_broken``: how the tests bring troubles into the office."""
    printer, lamp, wanted = current_app.extensions["printer"], current_app.extensions["lamp"], request.get_json()
    printer.paper = wanted.get("paper", printer.paper)
    printer.jammed = wanted.get("jammed", printer.jammed)
    lamp.broken = wanted.get("lamp_broken", lamp.broken)
    return "", 204
