"""Inviting to a published assessment, and what can be done for one invited person."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import current_app, flash, redirect, render_template, request, url_for

from harness.reports.batch import CSV_ENCODING, cell
from harness.services import assessments as deeds
from harness.services import clocks, extending, following, inviting, mailing
from harness.services.errors import Refused, Why
from harness.store.columns import new_ref
from harness.store.models import AssessmentState, Invitation, Part
from harness.web.access import RULES, people
from harness.web.assessments import assessments
from harness.web.assessments.forms import OwnEndForm, in_utc
from harness.web.outside import link_begins, only_here, outside
from harness.web.person import account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from werkzeug.wrappers import Response

    from harness.services.invitees import Invitee
    from harness.store.models import Assessment


@assessments.route("/<ref>/invite", methods=["GET", "POST"])
def invite(ref: str) -> Response | str | tuple[str, int]:
    """Invites, and shows each link once: the server keeps none of them."""
    me = account()
    found = deeds.own(ref, me)
    if request.method == "GET":
        return invite_page(found, "", "", new_ref())
    text, key = request.form.get("people", ""), request.form.get("key", "") or new_ref()
    try:
        text = uploaded() or text
        if request.form.get("do") == "check":
            return invite_page(found, text, "", key, inviting.preview(found.id, text))
        made = inviting.invite(found.id, inviting.read_list(text), me.id, key, mail_from())
    except Refused as refusal:
        if refusal.why is Why.CONFLICT:
            flash(str(refusal), "problem")
            return redirect(url_for("assessments.show", ref=ref))
        return invite_page(found, text, str(refusal), key), 422
    if shown := [(one, token) for one, token in made if token]:
        return links_page(found, shown, mailed=len(made) - len(shown))
    flash(f"{len(made)} {'mail is' if len(made) == 1 else 'mails are'} on the way.", "done")
    return redirect(url_for("assessments.show", ref=ref))


def mail_from() -> str:
    """How links in mails begin; nothing where none are sent, or wanted."""
    wanted = current_app.config["SMTP_HOST"] and request.form.get("way") == "mail"
    return link_begins() if wanted else ""


def uploaded() -> str:
    """The text of the file that came along; nothing where none did. Raises Refused."""
    file = request.files.get("file")
    data = file.read() if file else b""
    try:
        return data.decode(CSV_ENCODING)
    except UnicodeDecodeError as error:
        raise Refused(Why.INVALID, "The file is not UTF-8 text. Save it as “CSV UTF-8”, or paste the lines.") from error


def invite_page(found: Assessment, text: str, wrong: str, key: str, checked: Sequence[Invitee] = ()) -> str:
    return render_template(
        "assessments/invite.html",
        assessment=found,
        is_open=found.state is AssessmentState.PUBLISHED,
        text=text,
        wrong=wrong,
        key=key,
        checked=checked,
        faults=sum(bool(one.wrong) for one in checked),
        way=request.form.get("way", "mail"),
        mails=bool(current_app.config["SMTP_HOST"]),
        loopback=only_here(),
        most=inviting.MOST_INVITED,
    )


def links_page(found: Assessment, made: Sequence[tuple[Invitation, str]], mailed: int = 0) -> str:
    links = [(one, outside("invited.open_link", token=token)) for one, token in made]
    return render_template(
        "assessments/links.html",
        assessment=found,
        links=[(one, link, letter(found, one, link)) for one, link in links],
        # The links stand nowhere but in this answer, so the file to keep them in has to come with it.
        file=f"data:text/csv;charset=utf-8,{quote(csv_of(links).encode(CSV_ENCODING))}",
        lines="\n".join(f"{one.name}\t{one.email}\t{link}" for one, link in links),
        loopback=only_here(),
        mailed=mailed,
    )


def csv_of(links: Sequence[tuple[Invitation, str]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["name", "email", "link"])
    writer.writerows([cell(one.name), cell(one.email), link] for one, link in links)
    return table.getvalue()


def letter(found: Assessment, one: Invitation, link: str) -> str:
    """An address by which the interviewer's own program begins a mail to the person."""
    text = f"Hello {one.name},\r\n\r\nthis is your own link to “{found.title}”:\r\n\r\n{link}\r\n"
    return f"mailto:{quote(one.email, safe='@')}?subject={quote(found.title)}&body={quote(text)}"


def own_end() -> datetime | None:
    """The moment that was sent; None where none was. Raises Refused for what is none."""
    form = OwnEndForm()
    if not form.validate_on_submit():
        raise Refused(Why.INVALID, "That is no date and time.")
    return in_utc(form.closes_at.data)


@assessments.get("/<ref>/invitations/<invitation_ref>")
def invitation(ref: str, invitation_ref: str) -> str:
    """One invited person."""
    found = deeds.own(ref, account())
    one = inviting.invitation_of(found, invitation_ref)
    row = following.follow_one(one)
    return render_template(
        "assessments/invitation.html",
        assessment=found,
        row=row,
        most=extending.MOST_EXTRA,
        running=[one for one in row.parts if one.started and not one.over],
        to_come=[one for one in row.parts if not one.started],
        own_end=OwnEndForm(obj=one),
        closes_at=clocks.closes_at(one),
        mail=mailing.last_of([one.id]).get(one.id),
        mails=bool(current_app.config["SMTP_HOST"]),
        may_erase=bool(RULES["kept.show"] & people()),
    )


@assessments.post("/<ref>/invitations/<invitation_ref>")
def change_invitation(ref: str, invitation_ref: str) -> Response | str:
    me = account()
    found = deeds.own(ref, me)
    one = inviting.invitation_of(found, invitation_ref)
    try:
        match request.form.get("do"):
            case "new-link":
                return links_page(found, [(one, inviting.new_link(one.id, me.id))])
            case "revoke":
                inviting.revoke(one.id, me.id)
                flash("The link works no more.", "done")
            case "mail" if current_app.config["SMTP_HOST"]:
                mailing.send_again(one.id, me.id, link_begins())
                flash("A mail with a new link is on the way; the link before works no more once it is sent.", "done")
            case "extra-time":
                percent = request.form.get("percent", default=-1, type=int)
                extending.set_extra_time(one.id, percent, me.id)
                flash(f"{percent} % more time, in parts that have not started.", "done")
            case "add-minutes":
                minutes = request.form.get("minutes", default=-1, type=int)
                extending.add_minutes(one.id, Part(request.form["part"]), minutes, me.id)
                flash(f"{minutes} more minutes. The person's own page shows it within half a minute.", "done")
            case "own-end":
                extending.set_own_end(one.id, own_end(), me.id)
                flash("Until when this person may start is changed.", "done")
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("assessments.invitation", ref=ref, invitation_ref=invitation_ref))
