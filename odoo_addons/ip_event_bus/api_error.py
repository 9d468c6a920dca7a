"""The error that an API call ends with."""

import logging

from odoo.exceptions import UserError


class ApiError(UserError):
    """Ends an API call with an error response.

    :param status: the HTTP status
    :param code: a stable identifier for programs
    :param message: one line for people; it never repeats a value from the request
    :param retryable: whether the same call can succeed later
    :param retry_after: seconds until then
    """

    # No warning in Odoo's own log: operators find the error in ir.logging.
    loglevel = logging.INFO

    def __init__(self, status, code, message, retryable=False, retry_after=None):
        super().__init__(message)
        self.status = status
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


def bad_request(message):
    return ApiError(400, "bad_request", message)
