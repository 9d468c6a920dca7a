"""How the body of a call is read, and how a refusal is said."""

import hashlib
import json
import logging
import math
import re
import uuid
from typing import NamedTuple

from odoo.exceptions import UserError

MAX_BODY = 1024 * 1024
MAX_BATCH = 20
BUDGET_SECONDS = 5.0

_DEEPEST = 32
_LONGEST_KEY = 2000  # bytes; what PostgreSQL can index is a little more
_NAME = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_-]+)*")


class Refused(UserError):
    """Refuses what is asked, with what the caller is told.

    :param status: the HTTP status
    :param code: a stable word for programs
    :param message: one line for people; never a value that was sent
    :param retryable: whether the same call can succeed later
    :param retry_after: seconds until it may
    """

    # Odoo's own log needs no warning: the operator finds the refusal in ir.logging.
    loglevel = logging.INFO

    def __init__(self, status, code, message, retryable=False, retry_after=None):
        super().__init__(message)
        self.status = status
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


def bad_request(message):
    return Refused(400, "bad_request", message)


class Call(NamedTuple):
    """One action that is asked for."""

    action: str
    args: dict
    key: str | None
    correlation_id: str
    hop: int

    def sha256(self):
        return sha256([self.action, self.args])


def call_of(body, keyed=False):
    """The action that an object of the body asks for.

    :param keyed: whether it must have an idempotency_key
    :raise Refused: 400 that says what is expected
    """
    if not isinstance(body, dict):
        raise bad_request("actions: objects are expected")
    key = body.get("idempotency_key")
    if key is None:
        if keyed:
            raise bad_request("idempotency_key: a text is expected")
    else:
        text(body, "idempotency_key", _LONGEST_KEY)
    args = body.get("args")
    if not isinstance(args, dict):
        raise bad_request("args: an object is expected")
    return Call(name(body, "action"), args, key, correlation_id(body), hop(body))


def text(body, field, longest):
    """A text that is neither empty nor longer than so many bytes."""
    value = body.get(field)
    if not isinstance(value, str) or not 0 < len(value.encode()) <= longest:
        raise bad_request(f"{field}: a text of 1 to {longest} bytes is expected")
    return value


def name(body, field):
    """The dotted name of an action or of a type of events."""
    value = text(body, field, 200)
    if not _NAME.fullmatch(value):
        raise bad_request(
            f"{field}: a dotted name is expected, as in res.partner.update"
        )
    return value


def correlation_id(body, field="correlation_id"):
    """The UUID that connects what belongs together; a new one if there is none."""
    value = body.get(field)
    if value is None:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError) as exc:
        raise bad_request(f"{field}: a UUID is expected") from exc


def hop(body):
    """How often the chain of causes has crossed the bridge."""
    value = body.get("hop", 1)
    if not is_integer(value) or not 0 <= value <= 1000:
        raise bad_request("hop: a number from 0 to 1000 is expected")
    return value


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def sha256(value):
    """Of the canonical JSON: sorted keys, no spaces, ASCII."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_object(raw):
    """The JSON object that the bytes are.

    More is refused than JSON forbids: what two readers can understand differently (the
    same key twice, NaN) and what PostgreSQL cannot store (U+0000, half of a surrogate
    pair).

    :raise Refused: 400
    """
    try:
        body = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except Refused:
        raise
    except (ValueError, RecursionError) as exc:
        raise bad_request("a JSON object in UTF-8 is expected") from exc
    if not isinstance(body, dict):
        raise bad_request("a JSON object is expected")
    _check_texts(body)
    return body


def _no_key_twice(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise bad_request("an object has the same key twice")
    return result


def _refuse_constant(constant):
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
        if depth > _DEEPEST:
            raise bad_request(f"more than {_DEEPEST} levels are nested")
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
        raise bad_request("a text contains U+0000")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            raise bad_request("a text contains half of a surrogate pair") from exc
