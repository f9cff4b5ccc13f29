"""With each condition: (the right password is let in, a wrong one is let in)."""

import hmac

from werkzeug.security import check_password_hash, generate_password_hash

CLAIMED = (True, False)
STORED = generate_password_hash("correct horse")


def let_in(refuses):
    return not refuses("correct horse"), not refuses("battery staple")


def swapped():
    return let_in(lambda password: not check_password_hash(password, STORED)), CLAIMED


def check_the_hash():
    return let_in(lambda password: not check_password_hash(STORED, generate_password_hash(password))), CLAIMED


def constant_time():
    return let_in(lambda password: not hmac.compare_digest(generate_password_hash(password), STORED)), CLAIMED


def check():
    return let_in(lambda password: not check_password_hash(STORED, password)), CLAIMED


def same_method():
    return let_in(lambda password: generate_password_hash(password, method="scrypt:32768:8:1") != STORED), CLAIMED


def same_salt_length():
    return let_in(lambda password: generate_password_hash(password, salt_length=16) != STORED), CLAIMED
