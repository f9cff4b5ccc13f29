"""The rules of the document, as functions that say whether a value keeps them."""

import re

from flask import abort, request

from .document import KINDS


def text(low, high):
    return lambda value: isinstance(value, str) and low <= len(value) <= high


def number(low, high):
    return lambda value: type(value) is int and low <= value <= high


def pattern(expression):
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None


def note(value):
    return value is None or text(0, 200)(value)


CHANGES = {"name": text(1, 40), "seats": number(1, 12), "note": note, "key_code": pattern("[0-9]{4}")}
BOAT = {**CHANGES, "code": pattern("[A-Z]{1,3}-[0-9]{1,3}"), "kind": lambda value: value in KINDS}
HIRE = {"guest": text(1, 60), "hours": number(1, 8)}
QUERY = {"min_seats": (1, 12, None), "limit": (1, 50, 20), "offset": (0, 2**31, 0)}


def body(rules, optional=frozenset()):
    """The body of the request, or an error: 400 for what is no JSON, 422 for what breaks a rule."""
    sent = request.get_json()
    if not isinstance(sent, dict) or sent.keys() - rules.keys() or rules.keys() - optional - sent.keys():
        abort(422)
    if not all(rules[name](value) for name, value in sent.items()):
        abort(422)
    return sent


def query(args):
    """The parameters of the list, with defaults for those that are missing."""
    if args.keys() - QUERY.keys() - {"kind"} or args.get("kind", KINDS[0]) not in KINDS:
        abort(422)
    found = {"kind": args.get("kind")}
    for name, (low, high, default) in QUERY.items():
        value = args.get(name)
        if value is not None and not (re.fullmatch("[0-9]{1,9}", value) and low <= int(value) <= high):
            abort(422)
        found[name] = default if value is None else int(value)
    return found
