"""The protection of the whole app against forged requests."""

from flask_wtf import CSRFProtect

csrf = CSRFProtect()
