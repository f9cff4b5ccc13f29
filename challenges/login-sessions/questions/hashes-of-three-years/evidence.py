"""With each change: (a wrong password is accepted, the right one is, twice, the hash is one of scrypt afterwards)."""

from types import SimpleNamespace

from werkzeug.security import check_password_hash, generate_password_hash

CLAIMED = (False, True, True, True)
OLD = generate_password_hash("correct horse", method="pbkdf2:sha256:260000")


def nothing(user, password):
    pass


def rehash(user, password):
    user.password_hash = generate_password_hash(password)


def by_stored_hash(user, password):
    return check_password_hash(user.password_hash, password)


def outcome(script=nothing, above=nothing, below=nothing, check=by_stored_hash):
    user = SimpleNamespace(password_hash=OLD)
    script(user, None)

    def accepted(password):
        above(user, password)
        if not check(user, password):
            return False
        below(user, password)
        return True

    logins = [accepted(password) for password in ("battery staple", "correct horse", "correct horse")]
    return *logins, user.password_hash.startswith("scrypt:")


def upgrade_alone():
    return outcome(), CLAIMED


def hash_the_hash():
    return outcome(script=lambda user, password: rehash(user, user.password_hash)), CLAIMED


def new_prefix():
    def script(user, password):
        user.password_hash = user.password_hash.replace("pbkdf2:sha256:260000", "scrypt:32768:8:1")

    return outcome(script=script), CLAIMED


def before_the_check():
    return outcome(above=rehash), CLAIMED


def checked_by_a_new_hash():
    return outcome(
        check=lambda user, password: check_password_hash(generate_password_hash(password), password)
    ), CLAIMED


def after_the_check():
    return outcome(below=rehash), CLAIMED
