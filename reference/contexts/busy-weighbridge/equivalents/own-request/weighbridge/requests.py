"""A request that knows who sent it and what was remarked on its way."""

from flask import Request
from werkzeug.utils import cached_property


class WeighbridgeRequest(Request):
    ticket = None

    @cached_property
    def operator(self):
        return self.headers.get("X-Operator", "unattended")

    @cached_property
    def remarks(self):
        return []
