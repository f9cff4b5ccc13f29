"""When logins begin and end, and where they lead."""

import re

from flask import session
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy import select

from .models import Customer, db

login_manager = LoginManager()
login_manager.login_view = "account.login_page"
login_manager.login_message = None

# One slash, and nothing that a browser drops or takes for another slash.
OWN_PATH = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")


@login_manager.user_loader
def load_customer(login_id: str) -> Customer | None:
    return db.session.scalar(select(Customer).filter_by(login_id=login_id))


def keep_sessions_alive() -> None:
    """Has the session signed anew with each request: its lifetime counts from the last signature."""
    if session:
        session.modified = True


def begin_login(customer: Customer, remember: bool = False) -> None:
    """Logs in on an empty session, and has an earlier remember cookie deleted unless a new one takes its place."""
    end_login()
    login_user(customer, remember=remember)


def end_login() -> None:
    """Empties the session first: `logout_user` leaves a note in it that the remember cookie is to be deleted."""
    session.clear()
    logout_user()


def own_path(target: str, otherwise: str) -> str:
    """``target`` if it is a path of this site to every browser."""
    return target if OWN_PATH.fullmatch(target) else otherwise
