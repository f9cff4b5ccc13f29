"""What the two days answer after each change: pairs of statuses."""

from datetime import date

from flask import Flask, abort
from werkzeug.routing import BaseConverter, ValidationError

CLAIMED = (404, 200)


def convert(value):
    return date.fromisoformat(value)


def diary(day):
    return f"diary of {day.isoformat()}"


def answers(to_python=convert, regex=r"\d{4}-\d{2}-\d{2}", view=diary, handler=None):
    pattern = regex

    class DateConverter(BaseConverter):
        regex = pattern

        def to_python(self, value):
            return to_python(value)

        def to_url(self, value):
            return value.isoformat()

    app = Flask(__name__)
    app.logger.disabled = True
    app.url_map.converters["date"] = DateConverter
    app.add_url_rule("/diary/<date:day>", view_func=view)
    if handler:
        app.register_error_handler(ValueError, handler)
    client = app.test_client()
    return client.get("/diary/2025-02-30").status_code, client.get("/diary/2025-02-28").status_code


def convert_or(instead):
    def to_python(value):
        try:
            return convert(value)
        except ValueError:
            return instead()

    return to_python


def raise_validation_error():
    raise ValidationError


def raise_lookup_error():
    raise LookupError


def careful_diary(day):
    try:
        return diary(day)
    except ValueError:
        abort(404)


def handler():
    return answers(handler=lambda error: ("no such page", 404)), CLAIMED


def in_the_view():
    return answers(view=careful_diary), CLAIMED


def stricter_regex():
    return answers(regex=r"\d{4}-[01]\d-[0-3]\d"), CLAIMED


def validation_error():
    return answers(convert_or(raise_validation_error)), CLAIMED


def return_none():
    return answers(convert_or(lambda: None)), CLAIMED


def lookup_error():
    return answers(convert_or(raise_lookup_error)), CLAIMED
