"""Reads and checks the bodies of API calls."""

import hashlib
import json
import math
import re
import uuid
from typing import NamedTuple

from .api_error import ApiError, bad_request

MAX_BODY = 1024 * 1024
MAX_BATCH = 20
BUDGET_SECONDS = 5.0

_MAX_DEPTH = 32
_MAX_KEY_BYTES = 2000  # PostgreSQL can index slightly more
_ID = re.compile(r"[1-9][0-9]{0,9}")
_NAME = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_-]+)*")


class ActionRequest(NamedTuple):
    """One requested action."""

    action: str
    args: dict
    key: str | None
    correlation_id: str
    hop: int

    def sha256(self):
        return sha256([self.action, self.args])


def parse_action(body, keyed=False):
    """The action that an object of the body requests.

    :param keyed: whether it must have an idempotency_key
    :raise ApiError: 400, with what was expected
    """
    if not isinstance(body, dict):
        raise bad_request("actions: expected objects")
    key = body.get("idempotency_key")
    if key is None:
        if keyed:
            raise bad_request("idempotency_key: expected a string")
    else:
        text(body, "idempotency_key", _MAX_KEY_BYTES)
    args = body.get("args")
    if not isinstance(args, dict):
        raise bad_request("args: expected an object")
    return ActionRequest(
        name(body, "action"), args, key, correlation_id(body), hop(body)
    )


def text(body, field, max_bytes):
    """A string that is neither empty nor too long."""
    value = body.get(field)
    if not isinstance(value, str) or not 0 < len(value.encode()) <= max_bytes:
        raise bad_request(f"{field}: expected a string of 1 to {max_bytes} bytes")
    return value


def name(body, field):
    """The dotted name of an action or an event type."""
    value = text(body, field, 200)
    if not _NAME.fullmatch(value):
        raise bad_request(
            f"{field}: expected a dotted name, for example res.partner.update"
        )
    return value


def correlation_id(body, field="correlation_id"):
    """The UUID that links related events and actions; a new one if there is none."""
    value = body.get(field)
    if value is None:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError) as exc:
        raise bad_request(f"{field}: expected a UUID") from exc


def hop(body):
    """How many times the chain of causes has crossed the bridge."""
    value = body.get("hop", 1)
    if not is_integer(value) or not 0 <= value <= 1000:
        raise bad_request("hop: expected an integer from 0 to 1000")
    return value


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def record_id(value):
    """The ID of a record, from a number or from its digits as text: an event's
    ``resource_id`` is text in the bridge. None if it is no ID.
    """
    if isinstance(value, str) and _ID.fullmatch(value):
        value = int(value)
    return value if is_integer(value) and 0 < value < 2**31 else None


def sha256(value):
    """The digest of the canonical JSON: sorted keys, no spaces, ASCII."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_object(raw):
    """Parses the bytes as a JSON object.

    Stricter than JSON: rejects what two parsers may read differently (duplicate keys,
    NaN) and what PostgreSQL cannot store (U+0000, lone surrogates).

    :raise ApiError: 400
    """
    try:
        body = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_reject_duplicate_keys,
            parse_constant=_reject_constant,
            parse_float=_finite,
        )
    except ApiError:
        raise
    except (ValueError, RecursionError) as exc:
        raise bad_request("expected a JSON object in UTF-8") from exc
    if not isinstance(body, dict):
        raise bad_request("expected a JSON object")
    _check_texts(body)
    return body


def _reject_duplicate_keys(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise bad_request("an object has the same key twice")
    return result


def _reject_constant(constant):
    raise bad_request("NaN and Infinity are not JSON")


def _finite(digits):
    number = float(digits)
    if not math.isfinite(number):
        raise bad_request("a number is too large")
    return number


def _check_texts(body):
    level, depth = [body], 0
    while level:
        depth += 1
        if depth > _MAX_DEPTH:
            raise bad_request(f"nested more than {_MAX_DEPTH} levels deep")
        below = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str):
                _check_text(value)
        level = below


def _check_text(value):
    if "\0" in value:
        raise bad_request("a string contains U+0000")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            raise bad_request("a string contains a lone surrogate") from exc
