"""With each condition: (the work for a wrong login with and without an account, who gets in with and without one)."""

import hashlib
import hmac
import secrets
from types import SimpleNamespace
from unittest import mock

from werkzeug.security import check_password_hash, generate_password_hash

DUMMY = generate_password_hash(secrets.token_hex())
ADA = SimpleNamespace(id=7, password_hash=generate_password_hash("correct horse"))
ONCE = [("scrypt", 2**15, 8, 1)]
CLAIMED = (ONCE, ONCE, True, False)


def outcome(refuses):
    work = []
    scrypt, pbkdf2 = hashlib.scrypt, hashlib.pbkdf2_hmac

    def counted_scrypt(password, **parameters):
        work.append(("scrypt", *(parameters[name] for name in "nrp")))
        return scrypt(password, **parameters)

    def counted_pbkdf2(name, password, salt, iterations):
        work.append(("pbkdf2", name, iterations))
        return pbkdf2(name, password, salt, iterations)

    def login(user, password):
        work.clear()
        return not refuses(user, password), list(work)

    with mock.patch("hashlib.scrypt", counted_scrypt), mock.patch("hashlib.pbkdf2_hmac", counted_pbkdf2):
        with_account = login(ADA, "battery staple")
        without = login(None, "battery staple")
        assert not with_account[0]
        return with_account[1], without[1], login(ADA, "correct horse")[0], without[0]


def user_first():
    def refuses(user, password):
        return user is None or not check_password_hash(user.password_hash if user else DUMMY, password)

    return outcome(refuses), CLAIMED


def empty_hash():
    def refuses(user, password):
        return not check_password_hash(user.password_hash if user else "", password) or user is None

    return outcome(refuses), CLAIMED


def hash_first():
    def refuses(user, password):
        return not check_password_hash(user.password_hash if user else DUMMY, password) or user is None

    return outcome(refuses), CLAIMED


def two_hashes():
    def refuses(user, password):
        return not check_password_hash(DUMMY, password) and (
            user is None or not check_password_hash(user.password_hash, password)
        )

    return outcome(refuses), CLAIMED


def weaker_dummy():
    def refuses(user, password):
        stored = user.password_hash if user else "pbkdf2:sha256:1000$salt$00"
        return not check_password_hash(stored, password) or user is None

    return outcome(refuses), CLAIMED


def constant_time():
    def refuses(user, password):
        return user is None or not hmac.compare_digest(user.password_hash, generate_password_hash(password))

    return outcome(refuses), CLAIMED
