"""Accounts: who gets one, what ends sessions and links, and that somebody always looks after the platform."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from harness.services import accounts
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import AuditEntry, Purpose, Role, User

PASSWORD = "a long enough password"


@pytest.fixture
def ada(add_user) -> User:
    """The only administrator who can log in."""
    user = add_user(Role.ADMINISTRATOR)
    accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, user), PASSWORD)
    return user


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_somebody_registers_and_practises(app):
    user = accounts.register(" Carl@Example.org", "Carl\u202e", PASSWORD)
    assert (user.email, user.name, user.role) == ("carl@example.org", "Carl", Role.CANDIDATE)
    assert accounts.log_in("carl@example.org", PASSWORD).id == user.id
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "account.register")).one()
    assert (entry.actor_id, entry.subject) == (user.id, "carl@example.org")


@pytest.mark.parametrize(
    ("email", "name", "password", "why"),
    [
        ("ines@example.org", "Carl", PASSWORD, Why.CONFLICT),
        ("carl", "Carl", PASSWORD, Why.INVALID),
        ("carl@example.org", "\u200b", PASSWORD, Why.INVALID),
        ("carl@example.org", "Carl", "short", Why.INVALID),
    ],
)
def test_what_does_not_fit_makes_no_account(app, email, name, password, why):
    with pytest.raises(Refused) as refused:
        accounts.register(email, name, password)
    assert refused.value.why is why
    assert db.session.scalar(select(func.count()).select_from(User)) == 1


def test_a_link_is_told_in_the_log_and_ends_the_one_before(ada, add_user):
    user = add_user(Role.GRADER)
    old = accounts.new_link(Purpose.SET_PASSWORD, user, ada.id)
    new = accounts.new_link(Purpose.SET_PASSWORD, user, ada.id)
    with pytest.raises(Refused):
        accounts.look_at_link(old)
    accounts.use_link(new, PASSWORD)
    with pytest.raises(Refused):
        accounts.use_link(new, PASSWORD)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "account.link")).all()
    assert [(one.actor_id, one.subject) for one in entries][-2:] == [(ada.id, user.email)] * 2
    assert new not in str([one.details for one in entries])


def test_a_disabled_account_comes_in_by_no_way(ada, add_user):
    user = add_user(Role.GRADER)
    accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, user), PASSWORD)
    token, sessions = accounts.new_link(Purpose.SET_PASSWORD, user), user.sessions
    accounts.disable(user.id, ada.id)
    assert user.sessions != sessions
    with pytest.raises(Refused):
        accounts.log_in(user.email, PASSWORD)
    with pytest.raises(Refused):
        accounts.use_link(token, PASSWORD)
    accounts.enable(user.id, ada.id)
    assert accounts.log_in(user.email, PASSWORD).id == user.id


def test_the_last_administrator_stays(ada, add_user):
    second = add_user(Role.GRADER)
    for deed in (
        lambda: accounts.change_role(ada.id, Role.GRADER, ada.id),
        lambda: accounts.disable(ada.id, ada.id),
    ):
        with pytest.raises(Refused, match="last administrator"):
            deed()
    accounts.change_role(second.id, Role.ADMINISTRATOR, ada.id)
    with pytest.raises(Refused, match="last administrator"):  # who has no password yet could let nobody in
        accounts.disable(ada.id, ada.id)
    accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, second), PASSWORD)
    accounts.disable(ada.id, second.id)


def test_another_role_ends_sessions_and_the_same_role_does_nothing(ada, add_user):
    user = add_user(Role.GRADER)
    sessions, told = user.sessions, len(actions())
    accounts.change_role(user.id, Role.GRADER, ada.id)
    assert (user.sessions, len(actions())) == (sessions, told)
    accounts.change_role(user.id, Role.INTERVIEWER, ada.id)
    assert user.sessions != sessions
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "account.role")).one()
    assert (entry.actor_id, entry.details) == (ada.id, {"before": "grader", "after": "interviewer"})


def test_a_name_changes_and_sessions_go_on(ada):
    sessions = ada.sessions
    accounts.rename(ada.id, " Ada \u2066 Lovelace ")
    assert (ada.name, ada.sessions) == ("Ada Lovelace", sessions)
    with pytest.raises(Refused):
        accounts.rename(ada.id, "\u3164")
    assert actions()[-1] == "account.rename"


def test_accounts_are_found_by_name_and_address_page_by_page(ada, add_user):
    add_user(Role.GRADER)
    assert [one.name for one in accounts.find_accounts()] == ["Administrator", "Grader", "Ines"]
    assert [one.name for one in accounts.find_accounts("INES")] == ["Ines"]
    assert [one.name for one in accounts.find_accounts("grader@")] == ["Grader"]
    assert accounts.find_accounts("%") == []
    assert [one.name for one in accounts.find_accounts(after=1, most=1)] == ["Grader"]
