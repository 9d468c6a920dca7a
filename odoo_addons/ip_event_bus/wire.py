"""The wire format of events: Odoo's values as JSON."""

import json
import math
import re

from odoo.tools import float_repr

# What PostgreSQL's jsonb rejects, as json.dumps writes it: NUL, and surrogates, which
# may be unpaired.
_SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])")

MAX_BODY = 256 * 1024


def value(env, field, values):
    """The value of a field as JSON: empty values are null, times end in Z.

    Amounts are strings, so that no digit is lost, with their currency. Relations are
    ids.

    :param values: {field: value as Odoo caches it}, of one record
    """
    found = values[field.name]
    kind = field.type
    if kind == "monetary":
        return _amount(env, field, values)
    if kind == "boolean":
        return bool(found)
    if kind == "integer":
        return found or 0
    if kind == "float":
        return _finite(found or 0.0)
    if kind == "many2many":
        return sorted(found or ())
    if not found:
        return None
    if kind == "datetime":
        return instant(found)
    if kind == "date":
        return found.isoformat()
    if kind in ("char", "text", "html", "selection"):
        return str(found)
    return found  # a relation's id, "model,id" of a reference, or JSON


def _amount(env, field, values):
    amount = values[field.name] or 0.0
    name = field.get_currency_field(env[field.model_name])
    currency = env["res.currency"].browse(name and values[name] or ())
    if not currency:
        return {"amount": _text(amount), "currency": None}
    return {
        "amount": _text(amount, currency.decimal_places),
        "currency": currency.name,
    }


def _text(amount, digits=None):
    if not math.isfinite(amount):
        return None
    return str(amount) if digits is None else float_repr(amount, digits)


def _finite(number):
    return number if math.isfinite(number) else None


def instant(moment):
    """A naive UTC time, as Odoo stores it, in the format of RFC 3339."""
    return (
        moment.isoformat(timespec="milliseconds" if moment.microsecond else "auto")
        + "Z"
    )


def dump(body):
    """Serializes an event: ASCII, JSON that any parser accepts, at most 256 KiB.

    An event that is too large is sent without its values and with ``"thin": true``: the
    receiver then reads the record. What has changed may be too large as well, and is
    then unknown.
    """
    text = _dump(body)
    if len(text) > MAX_BODY:
        text = _dump({**body, "payload": {}, "thin": True})
    if len(text) > MAX_BODY:
        text = _dump({**body, "payload": {}, "changed": None, "thin": True})
    return text


def _dump(body):
    try:
        text = json.dumps(body, allow_nan=False, separators=(",", ":"))
        if not _SUSPECT.search(text):
            return text
    except ValueError:  # NaN or an infinity inside a JSON field
        pass
    return json.dumps(_clean(body), allow_nan=False, separators=(",", ":"))


def _clean(part):
    """Replaces invalid characters with U+FFFD, and NaN and infinities with null."""
    if isinstance(part, str):
        whole = part.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", "\ufffd")
    if isinstance(part, float):
        return _finite(part)
    if isinstance(part, dict):
        return {_clean(key): _clean(item) for key, item in part.items()}
    if isinstance(part, list | tuple):
        return [_clean(item) for item in part]
    return part
