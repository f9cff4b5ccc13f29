"""What each field makes of the two strings: the instant if the value is aware, else how it was taken."""

from datetime import UTC

from marshmallow import ValidationError, fields

CLAIMED = ["2031-05-04T06:00:00+00:00", "refused"]


def taken(field):
    outcomes = []
    for sent in ("2031-05-04T08:00:00+02:00", "2031-05-04T08:00:00"):
        try:
            value = field.deserialize(sent)
        except ValidationError:
            outcomes.append("refused")
        else:
            outcomes.append(value.astimezone(UTC).isoformat() if value.tzinfo else "naive")
    return outcomes


def aware_with_default():
    return taken(fields.AwareDateTime(default_timezone=UTC)), CLAIMED


def naive_in_utc():
    return taken(fields.NaiveDateTime(timezone=UTC)), CLAIMED


def iso_datetime():
    return taken(fields.DateTime(format="iso")), CLAIMED


def naive():
    return taken(fields.NaiveDateTime(format="iso")), CLAIMED


def aware():
    return taken(fields.AwareDateTime(format="iso")), CLAIMED


def timestamp():
    return taken(fields.DateTime(format="timestamp")), CLAIMED
