"""The rights of the two and how often they are loaded: pairs of (rights of four objects, loads)."""

from flask import Flask
from flask_caching import Cache

CLAIMED = (["admin", "member", "admin", "member"], 2)


def rights_of(members=None, **options):
    """Members 1 and 2, then new objects of both."""
    app = Flask(__name__)
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    loads = []

    def load_rights(number):
        loads.append(number)
        return "admin" if number == 1 else "member"

    class Member:
        def __init__(self, number, name):
            self.number, self.name = number, name

        def __repr__(self):
            return f"<Member {self.name}>"

        @cache.memoize(timeout=600, **options)
        def rights(self):
            return load_rights(self.number)

    if members:
        members(Member)
    with app.app_context():
        people = [Member(number, "Ana") for number in (1, 2, 1, 2)]  # kept alive: four addresses
        return [member.rights() for member in people], len(loads)


def eq_and_hash():
    def change(cls):
        cls.__eq__ = lambda self, other: self.number == other.number
        cls.__hash__ = lambda self: hash(self.number)

    return rights_of(change), CLAIMED


def default_repr():
    def change(cls):
        del cls.__repr__

    return rights_of(change), CLAIMED


def caching_id():
    def change(cls):
        cls.__caching_id__ = lambda self: self.number

    return rights_of(change), CLAIMED


def other_str():
    def change(cls):
        cls.__str__ = lambda self: f"Member {self.number}"

    return rights_of(change), CLAIMED


def ignore_self():
    return rights_of(args_to_ignore=["self"]), CLAIMED


def source_check():
    return rights_of(source_check=True), CLAIMED
