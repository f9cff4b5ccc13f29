"""What secure_filename makes of the four names."""

from werkzeug.utils import secure_filename


def printed():
    return [secure_filename(name) for name in ("../../etc/passwd", "Scan (final).PDF", ".env", "..")]


def last_part():
    return printed(), ["passwd", "Scan_final.PDF", "env", "file"]


def brackets_stay():
    return printed(), ["passwd", "Scan_(final).PDF", ".env", ""]


def flat_and_stripped():
    return printed(), ["etc_passwd", "Scan_final.PDF", "env", ""]


def dots_stay():
    return printed(), [".._.._etc_passwd", "Scan_final.PDF", ".env", ".."]


def lower_case():
    return printed(), ["etc_passwd", "scan_final.pdf", ".env", "_"]


def refused():
    return printed(), ["", "Scan_final.PDF", "", ""]
