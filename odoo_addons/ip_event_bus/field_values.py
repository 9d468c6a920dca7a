"""Validates JSON values before they reach the ORM, which trusts its callers."""

import re
from datetime import date, datetime, timezone

from .api_error import ApiError
from .api_request import is_integer

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_INT4 = 2**31

# Odoo maintains these itself.
_MAINTAINED = {
    "id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "display_name",
    "parent_path",
}


def refused_reason(field):
    """Why the bridge must not write a field; None if it may."""
    if field.name in _MAINTAINED:
        return "it is maintained by Odoo"
    if field.groups:
        return "it is restricted to certain groups"
    if field.type not in _READ:
        return f"fields of type {field.type} cannot be written"
    if field.readonly and field.compute and not field.inverse:
        return "it is computed"
    return None


def to_odoo(env, field, value):
    """The value to write for a JSON value.

    :raise ApiError: 422, with the field and what was expected
    """
    if value is None and field.type != "boolean":
        if field.required:
            raise _invalid(field, "expected a value")
        return False
    return _READ[field.type](env, field, value)


def equals(record, field, expected):
    """Whether the field has this JSON value, in the form of events or of updates."""
    if field.type == "monetary" and isinstance(expected, dict):
        expected = expected.get("amount")
    if field.type == "many2one" and is_integer(expected):
        # The record need not exist any more.
        return record[field.name].id == expected
    converted = False if expected is None else to_odoo(record.env, field, expected)
    now, then = (
        field.convert_to_cache(value, record, validate=False)
        for value in (record[field.name], converted)
    )
    return (now or None) == (then or None)


def _invalid(field, message):
    return ApiError(422, "validation_error", f"{field.name}: {message}")


def _text(env, field, value):
    if not isinstance(value, str):
        raise _invalid(field, "expected a string")
    return value


def _integer(env, field, value):
    if not is_integer(value) or not -_INT4 <= value < _INT4:
        raise _invalid(field, "expected a 32-bit integer")
    return value


def _number(env, field, value):
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    if isinstance(value, float) or (is_integer(value) and abs(value) < 10**15):
        return float(value)
    raise _invalid(field, "expected a number")


def _boolean(env, field, value):
    if not isinstance(value, bool):
        raise _invalid(field, "expected true or false")
    return value


def _date(env, field, value):
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as exc:
        raise _invalid(field, "expected a date such as 2026-01-31") from exc


def _datetime(env, field, value):
    try:
        if not isinstance(value, str) or not 19 <= len(value) <= 35:
            raise ValueError
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        return moment.replace(microsecond=0)
    except (ValueError, OverflowError) as exc:
        message = "expected a time such as 2026-01-31T12:00:00Z"
        raise _invalid(field, message) from exc


def _selection(env, field, value):
    if not isinstance(value, str) or value not in field.get_values(env):
        raise _invalid(field, "expected one of the field's values")
    return value


def _many2one(env, field, value):
    if not is_integer(value) or not 0 < value < _INT4:
        raise _invalid(field, "expected a record ID")
    record = env[field.comodel_name].browse(value)
    if not record.exists() or not record.has_access("read"):
        raise _invalid(
            field,
            f"{field.comodel_name} has no such record that the integration user may"
            " read",
        )
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
