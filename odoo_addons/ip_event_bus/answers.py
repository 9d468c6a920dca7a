"""What is answered: one table of exceptions and statuses, and never a traceback."""

import psycopg2
from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from werkzeug.exceptions import HTTPException

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    ConcurrencyError,
    LockError,
    MissingError,
    RedirectWarning,
    UserError,
    ValidationError,
)

from .calls import Refused

_LONGEST_MESSAGE = 400

_OF_HTTP = {
    400: ("bad_request", "the request cannot be read"),
    404: ("not_found", "there is no such address"),
    405: ("method_not_allowed", "the address takes another method"),
    413: ("too_large", "the body is larger than 1 MiB"),
    415: ("wrong_content_type", "application/json is expected"),
}

# The first line that fits counts.
_OF_EXCEPTION = (
    (MissingError, 404, "record_missing"),
    (LockError, 409, "locked"),
    ((AccessError, AccessDenied), 403, "forbidden"),
    (ValidationError, 422, "validation_error"),
    ((UserError, RedirectWarning), 422, "user_error"),
)

_BUSY = (SerializationFailure, DeadlockDetected, LockNotAvailable, ConcurrencyError)


def applied(call, result, replayed):
    """The answer to an action that has its effect."""
    return {
        "ok": True,
        "code": "replayed" if replayed else "ok",
        "message": "",
        "retryable": False,
        "correlation_id": call.correlation_id,
        "result": result,
        "replayed": replayed,
    }


def refusal_of(exc):
    """What an exception means to the caller.

    :return: a Refused; of an exception that was not foreseen it says no more than that
    """
    if isinstance(exc, Refused):
        return exc
    if isinstance(exc, HTTPException):
        code, message = _OF_HTTP.get(exc.code, ("refused", "the request is refused"))
        return Refused(
            exc.code or 500, code, message, retryable=(exc.code or 500) >= 500
        )
    for exceptions, status, code in _OF_EXCEPTION:
        if isinstance(exc, exceptions):
            locked = code == "locked"
            return Refused(status, code, _line(exc), locked, 1 if locked else None)
    if isinstance(exc, _BUSY):
        message = "other transactions were always faster; try again"
        return Refused(503, "busy", message, retryable=True, retry_after=5)
    if isinstance(exc, psycopg2.IntegrityError):
        return Refused(
            422, "validation_error", "a constraint of the database is violated"
        )
    if isinstance(exc, psycopg2.DataError):
        return Refused(
            422, "validation_error", "a value is out of the database's range"
        )
    if isinstance(exc, psycopg2.OperationalError | psycopg2.InterfaceError):
        message = "the database cannot be reached"
        return Refused(503, "unavailable", message, retryable=True, retry_after=5)
    message = "an unexpected error; Odoo's log has it under the same time"
    return Refused(500, "internal", message, retryable=True)


def body_of(refused, correlation_id):
    """The JSON of a refusal."""
    return {
        "ok": False,
        "code": refused.code,
        "message": _line(refused),
        "retryable": refused.retryable,
        "correlation_id": correlation_id,
    }


def _line(exc):
    message = exc.args[0] if exc.args and isinstance(exc.args[0], str) else str(exc)
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"
