"""JSON values of fields: checked before the ORM sees them, which trusts its callers."""

import re
from datetime import date, datetime, timezone

from .calls import Refused, is_integer

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_INT4 = 2**31

# Nobody writes these; they tell who wrote.
_MAGIC = {
    "id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "display_name",
    "parent_path",
}


def unfit(field):
    """Why a field must not be written by the bridge; None if it may."""
    if field.name in _MAGIC:
        return "it is maintained by Odoo"
    if field.groups:
        return "it is reserved for groups of users"
    if field.type not in _READ:
        return f"fields of type {field.type} cannot be written"
    if field.readonly and field.compute and not field.inverse:
        return "it is computed"
    return None


def to_odoo(env, field, value):
    """The value to write for what came as JSON.

    :raise Refused: 422, naming the field and what it takes
    """
    if value is None and field.type != "boolean":
        if field.required:
            raise _invalid(field, "a value is expected")
        return False
    return _READ[field.type](env, field, value)


def is_value(record, field, expected):
    """Whether the field has the value that came as JSON, as in events or in updates."""
    if field.type == "monetary" and isinstance(expected, dict):
        expected = expected.get("amount")
    if field.type == "many2one" and is_integer(expected):
        # Whatever has this number, and be it gone.
        return record[field.name].id == expected
    converted = False if expected is None else to_odoo(record.env, field, expected)
    now, then = (
        field.convert_to_cache(value, record, validate=False)
        for value in (record[field.name], converted)
    )
    return (now or None) == (then or None)


def _invalid(field, message):
    return Refused(422, "validation_error", f"{field.name}: {message}")


def _text(env, field, value):
    if not isinstance(value, str):
        raise _invalid(field, "a text is expected")
    return value


def _integer(env, field, value):
    if not is_integer(value) or not -_INT4 <= value < _INT4:
        raise _invalid(field, "a whole number of 32 bits is expected")
    return value


def _number(env, field, value):
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    if isinstance(value, float) or (is_integer(value) and abs(value) < 10**15):
        return float(value)
    raise _invalid(field, "a number is expected")


def _boolean(env, field, value):
    if not isinstance(value, bool):
        raise _invalid(field, "true or false is expected")
    return value


def _date(env, field, value):
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as exc:
        raise _invalid(field, "a date is expected, as in 2026-01-31") from exc


def _datetime(env, field, value):
    try:
        if not isinstance(value, str) or not 19 <= len(value) <= 35:
            raise ValueError
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        return moment.replace(microsecond=0)
    except (ValueError, OverflowError) as exc:
        message = "a time is expected, as in 2026-01-31T12:00:00Z"
        raise _invalid(field, message) from exc


def _selection(env, field, value):
    if not isinstance(value, str) or value not in field.get_values(env):
        raise _invalid(field, "one of the field's values is expected")
    return value


def _many2one(env, field, value):
    if not is_integer(value) or not 0 < value < _INT4:
        raise _invalid(field, "the number of a record is expected")
    record = env[field.comodel_name].browse(value)
    if not record.exists() or not record.has_access("read"):
        raise _invalid(field, f"there is no such {field.comodel_name} for this user")
    return value


_READ = {
    "char": _text,
    "text": _text,
    "html": _text,
    "integer": _integer,
    "float": _number,
    "monetary": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "selection": _selection,
    "many2one": _many2one,
}
