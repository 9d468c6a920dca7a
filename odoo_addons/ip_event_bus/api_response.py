"""The bodies of API responses, and the one table that maps exceptions to statuses."""

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

from .api_error import ApiError

_MAX_MESSAGE = 400

_OF_HTTP = {
    400: ("bad_request", "the request cannot be read"),
    404: ("not_found", "there is nothing at this address"),
    405: ("method_not_allowed", "this address does not accept that HTTP method"),
    413: ("too_large", "the body is larger than 1 MiB"),
    415: ("wrong_content_type", "expected application/json"),
}

# The first match counts.
_OF_EXCEPTION = (
    (MissingError, 404, "record_missing"),
    (LockError, 409, "locked"),
    ((AccessError, AccessDenied), 403, "forbidden"),
    (ValidationError, 422, "validation_error"),
    ((UserError, RedirectWarning), 422, "user_error"),
)

_BUSY = (SerializationFailure, DeadlockDetected, LockNotAvailable, ConcurrencyError)


def success_body(call, result, replayed):
    """The JSON for an action that has taken effect, now or when it was first sent."""
    return {
        "ok": True,
        "code": "replayed" if replayed else "ok",
        "message": "",
        "retryable": False,
        "correlation_id": call.correlation_id,
        "result": result,
        "replayed": replayed,
    }


def error_body(error, correlation_id):
    """The JSON for an error."""
    return {
        "ok": False,
        "code": error.code,
        "message": _line(error),
        "retryable": error.retryable,
        "correlation_id": correlation_id,
    }


def as_api_error(exc):
    """The error to respond with when an exception is raised.

    :return: an :class:`ApiError`; for an unexpected exception it reveals nothing more
    """
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, HTTPException):
        code, message = _OF_HTTP.get(exc.code, ("refused", "the request is refused"))
        return ApiError(
            exc.code or 500, code, message, retryable=(exc.code or 500) >= 500
        )
    for exceptions, status, code in _OF_EXCEPTION:
        if isinstance(exc, exceptions):
            locked = code == "locked"
            return ApiError(status, code, _line(exc), locked, 1 if locked else None)
    if isinstance(exc, _BUSY):
        message = "other transactions kept getting in first; try again"
        return ApiError(503, "busy", message, retryable=True, retry_after=5)
    if isinstance(exc, psycopg2.IntegrityError):
        return ApiError(
            422, "validation_error", "a constraint of the database is violated"
        )
    if isinstance(exc, psycopg2.DataError):
        return ApiError(
            422, "validation_error", "a value is out of the database's range"
        )
    if isinstance(exc, psycopg2.OperationalError | psycopg2.InterfaceError):
        message = "the database cannot be reached"
        return ApiError(503, "unavailable", message, retryable=True, retry_after=5)
    message = "an unexpected error; see Odoo's log at this time"
    return ApiError(500, "internal", message, retryable=True)


def _line(exc):
    message = exc.args[0] if exc.args and isinstance(exc.args[0], str) else str(exc)
    line = " ".join(message.split())
    return line if len(line) <= _MAX_MESSAGE else line[: _MAX_MESSAGE - 1] + "…"
