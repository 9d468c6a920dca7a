"""Validates JSON values before they reach the ORM, which trusts its callers."""

import re
from datetime import date, datetime, timezone

from odoo.fields import Command

from .api_error import ApiError
from .api_request import is_integer, record_id
from .closed import closed_reason
from .header_values import check_header

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WHOLE = re.compile(r"-?[0-9]{1,10}")
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


def is_maintained(field):
    """Whether only Odoo itself sets the field."""
    return field.name in _MAINTAINED or bool(
        field.readonly and field.compute and not field.inverse
    )


def refused_reason(model, field):
    """Why the bridge must not write a field of this model; None if it may."""
    if field.name in _MAINTAINED:
        return "it is maintained by Odoo"
    if field.groups:
        return "it is restricted to certain groups"
    if field.type == "one2many":
        return "its lines are separate records; open their model instead"
    if field.type not in _READ:
        return f"fields of type {field.type} cannot be written"
    if is_maintained(field):
        return "it is computed"
    return closed_reason(model, field)


def to_odoo(model, field, value):
    """The value to write for a JSON value, in our form, in that of events, or in that
    of Odoo's ``read``: where it has false for an empty value, so may this.

    :raise ApiError: 422, with the field and what was expected
    """
    if value is None or (value is False and field.type != "boolean"):
        return _empty(field)
    return _READ[field.type](model, field, value)


def other_currency(record, values):
    """The first amount among the JSON values that states another currency than the
    record has; None if there is none.
    """
    for name, value in values.items():
        field = record._fields[name]
        if field.type != "monetary" or not isinstance(value, dict):
            continue
        currency = field.get_currency_field(record)
        if "currency" in value and currency:
            if value["currency"] != (record[currency].name or None):
                return name
    return None


def equals(record, field, expected):
    """Whether the field has this JSON value, in the form of events or of updates."""
    empty = expected is None or (expected is False and field.type != "boolean")
    if field.type == "many2one" and not empty:
        # The record need not exist any more.
        return record[field.name].id == _one_id(field, expected)
    if field.type == "many2many":
        linked = record.sudo().with_context(active_test=False)[field.name]
        return set(linked.ids) == set(() if empty else _ids(field, expected))
    if field.type not in _READ or other_currency(record, {field.name: expected}):
        return False
    converted = False if empty else to_odoo(record, field, expected)
    now, then = (
        field.convert_to_cache(value, record, validate=False)
        for value in (record[field.name], converted)
    )
    return (now or None) == (then or None)


def _invalid(field, message):
    return ApiError(422, "validation_error", f"{field.name}: {message}")


def _empty(field):
    if field.type in ("integer", "float", "monetary"):
        return 0
    if field.type == "many2many":
        return [Command.clear()]
    if field.type == "boolean" or field.required:
        raise _invalid(field, "expected a value")
    return False


def _text(model, field, value):
    if not isinstance(value, str):
        raise _invalid(field, "expected a string")
    reason = check_header(model, field, value) if field.type == "char" else None
    if reason:
        raise _invalid(field, reason)
    return value


def _integer(model, field, value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    elif isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if not is_integer(value) or not -_INT4 <= value < _INT4:
        raise _invalid(field, "expected a 32-bit integer")
    return value


def _number(model, field, value):
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    if isinstance(value, float) or (is_integer(value) and abs(value) < 10**15):
        return float(value)
    raise _invalid(field, "expected a number")


def _amount(model, field, value):
    if not isinstance(value, dict):
        return _number(model, field, value)
    if "amount" not in value or not {"amount", "currency"}.issuperset(value):
        raise _invalid(field, "expected a number, or an object of amount and currency")
    return 0 if value["amount"] is None else _number(model, field, value["amount"])


def _boolean(model, field, value):
    if not isinstance(value, bool):
        raise _invalid(field, "expected true or false")
    return value


def _date(model, field, value):
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as exc:
        raise _invalid(field, "expected a date such as 2026-01-31") from exc


def _datetime(model, field, value):
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


def _selection(model, field, value):
    if not isinstance(value, str) or value not in field.get_values(model.env):
        raise _invalid(field, "expected one of the field's values")
    return value


def _many2one(model, field, value):
    number = _one_id(field, value)
    _require_readable(model, field, [number])
    return number


def _many2many(model, field, value):
    """A list of IDs is the whole new value."""
    ids = _ids(field, value)
    _require_readable(model, field, ids)
    return [Command.set(ids)]


def _one_id(field, value):
    """From 42, "42", [42, "Name"] or {"id": 42, "display_name": "Name"}."""
    if isinstance(value, list) and len(value) == 2 and not is_integer(value[1]):
        named = value[1] is False or isinstance(value[1], str)
        value = value[0] if named else None
    number = record_id(_without_name(value))
    if number is None:
        raise _invalid(field, "expected a record ID")
    return number


def _ids(field, value):
    numbers = [record_id(_without_name(each)) for each in _list(value)]
    if not isinstance(value, list) or None in numbers:
        raise _invalid(
            field,
            "expected a list of record IDs such as [1, 2], which replaces those it has",
        )
    return list(dict.fromkeys(numbers))


def _list(value):
    return value if isinstance(value, list) else ()


def _without_name(value):
    if isinstance(value, dict) and set(value) == {"id", "display_name"}:
        return value["id"]
    return value


def _require_readable(model, field, ids):
    records = model.env[field.comodel_name].browse(ids)
    if len(records.exists()) != len(ids) or not records.has_access("read"):
        raise _invalid(
            field,
            f"{field.comodel_name} has no such record that the integration user may"
            " read",
        )


_READ = {
    "char": _text,
    "text": _text,
    "html": _text,
    "integer": _integer,
    "float": _number,
    "monetary": _amount,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "selection": _selection,
    "many2one": _many2one,
    "many2many": _many2many,
}
