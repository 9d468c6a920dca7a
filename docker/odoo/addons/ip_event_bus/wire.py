"""How a value of Odoo is compared and how it is written into an event."""

import json
import math
import re

from odoo.tools import float_repr

# What PostgreSQL's jsonb refuses, as json.dumps writes it: NUL, and surrogates, which may be lone.
_SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])")

MAX_BODY = 256 * 1024


def plain(record, field):
    """The value of a field as something that compares and outlives the record.

    Empty texts, dates and relations are None, so that writing "" over nothing is no change.
    """
    value = record[field.name]
    kind = field.type
    if kind == "many2one":
        return value.id or None
    if kind == "many2many":
        return tuple(sorted(value.ids))
    if kind == "reference":
        return f"{value._name},{value.id}" if value else None
    if kind == "monetary":
        currency = field.get_currency_field(record)
        return (_finite(value), record[currency].id if currency else None)
    if kind == "float":
        return _finite(value)
    if kind == "boolean":
        return bool(value)
    if kind == "integer":
        return value
    return value or None


def sent(env, field, value):
    """A plain value as JSON: times end in Z, amounts are texts and name their currency."""
    if value is None:
        return None
    kind = field.type
    if kind == "monetary":
        amount, currency_id = value
        currency = env["res.currency"].browse(currency_id or ())
        if amount is not None:
            amount = (
                float_repr(amount, currency.decimal_places) if currency else str(amount)
            )
        return {"amount": amount, "currency": currency.name or None}
    if kind == "date":
        return value.isoformat()
    if kind == "datetime":
        return instant(value)
    if kind == "many2many":
        return list(value)
    if kind in ("char", "text", "html", "selection"):
        return str(value)
    return value


def instant(value):
    """RFC 3339 of a naive time in UTC, which is what Odoo stores."""
    return value.isoformat(timespec="milliseconds" if value.microsecond else "auto") + "Z"


def dump(body):
    """The event's text: ASCII, valid JSON for everybody, and never over 256 KB.

    What is too big travels without its values and says ``"thin": true``: the receiver reads the
    record.
    """
    text = _dump(body)
    if len(text) > MAX_BODY:
        text = _dump({**body, "payload": {}, "thin": True})
    if len(text) > MAX_BODY:
        text = _dump({**body, "payload": {}, "changed": {}, "thin": True})
    return text


def _dump(body):
    try:
        text = json.dumps(body, allow_nan=False, separators=(",", ":"))
    except ValueError:
        return json.dumps(_clean(body), allow_nan=False, separators=(",", ":"))
    if _SUSPECT.search(text):
        text = json.dumps(_clean(body), allow_nan=False, separators=(",", ":"))
    return text


def _clean(value):
    """The same with U+FFFD for what is no character, and None for what is no number."""
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", "\ufffd")
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _finite(value):
    return value if math.isfinite(value) else None
