"""How days and guides are written in addresses."""

from datetime import date

from werkzeug.routing import BaseConverter, ValidationError


class DayConverter(BaseConverter):
    """``2025-06-14`` and a date."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:  # the right form, but no such day
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()


class GuideConverter(BaseConverter):
    """``Ada_Novak`` and ``"Ada Novak"``."""

    regex = r"[^/ ]+"

    def to_python(self, value: str) -> str:
        return value.replace("_", " ")

    def to_url(self, value: str) -> str:
        return super().to_url(value.replace(" ", "_"))
