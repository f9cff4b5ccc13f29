"""Refusals, in the one format of this API."""


class Refused(Exception):
    """A rule that pydantic cannot know was broken by ``field``."""

    def __init__(self, field, message):
        self.field, self.message = field, message


def from_rule(refused):
    return {"errors": {refused.field: [refused.message]}}, 422


def from_pydantic(error):
    tree = {}
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        *path, last = [str(part) for part in problem["loc"]]
        node = tree
        for part in path:
            node = node.setdefault(part, {})
        node.setdefault(last, []).append(problem["msg"])
    return {"errors": tree}, 422
