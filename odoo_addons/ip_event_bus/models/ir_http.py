import hmac
import logging
import re
import time

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request
from odoo.tools import str2bool

from .. import api_response
from ..api_error import ApiError
from ..api_request import MAX_BODY, is_integer, parse_object

_logger = logging.getLogger(__name__)

_PATHS = "/api/agent/"
_WINDOW_SECONDS = 300
_SIGNATURE = re.compile(rb"(?:sha256=)?([0-9a-f]{64})")


class IrHttp(models.AbstractModel):
    """Authenticates the bridge, and responds to all errors below ``/api/agent/`` in
    the API's JSON.
    """

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        try:
            return super()._match(path_info)
        except HTTPException as exc:
            # Without a route, Odoo would respond in the caller's content type, with a
            # traceback.
            if path_info.startswith(_PATHS) and exc.code != 404:
                exc.error_response = cls._handle_error(exc)
            raise

    @classmethod
    def _authenticate_explicit(cls, auth):
        if not auth.startswith("ip_"):
            return super()._authenticate_explicit(auth)
        # No session is used, and exceptions do not become AccessDenied: an unavailable
        # database must not look like a wrong key.
        request.session.can_save = False
        # Keeps its value when Odoo retries the request.
        request.ip_started = getattr(request, "ip_started", time.monotonic())
        return getattr(cls, f"_auth_method_{auth}")()

    @classmethod
    def _auth_method_ip_key(cls):
        """Requires the key."""
        _require_key()
        _switch_to_integration_user()

    @classmethod
    def _auth_method_ip_apply(cls):
        """Requires the key, and a body signed for apply."""
        request.ip_body = _signed_body("odoo.apply")
        _switch_to_integration_user()

    @classmethod
    def _auth_method_ip_event_push(cls):
        """Requires the key, and a body signed for event_push."""
        request.ip_body = _signed_body("odoo.event_push")
        _switch_to_integration_user()

    @classmethod
    def _handle_error(cls, exception):
        if not request.httprequest.path.startswith(_PATHS):
            return super()._handle_error(exception)
        error = api_response.as_api_error(exception)
        log = getattr(request, "ip_request_log", None)
        correlation_id = None
        if log:
            correlation_id = log.correlation_id
            cls._log_failure(log, error)
        elif error.status == 401:
            address = request.httprequest.remote_addr
            _logger.warning("Refused a call from %s: %s", address, error.args[0])
        response = request.make_json_response(
            api_response.error_body(error, correlation_id), status=error.status
        )
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @classmethod
    def _log_failure(cls, log, error):
        """Logs a request whose own transaction is rolled back."""
        try:
            with request.env.registry.cursor() as cr:
                env = request.env(cr=cr)
                log.log_all(env, error.status, error.code)
        except Exception:
            # The caller must get the response in any case.
            _logger.exception("Cannot log correlation_id=%s", log.correlation_id)


def _signed_body(audience):
    """The JSON object in the signed body.

    Checks, in this order, so that nothing untrusted is parsed: content type, size, key,
    signature, JSON, audience, time.

    :raise ApiError: 415, 413, 401 or 400
    """
    http = request.httprequest
    encoding = http.headers.get("Content-Encoding", "identity").strip().lower()
    if http.mimetype != "application/json" or encoding != "identity":
        raise ApiError(
            415,
            "wrong_content_type",
            "expected application/json without a content encoding",
        )
    _require_size(http.content_length or 0)
    _require_key()
    # Odoo truncates a body of unknown length silently: one byte more reveals that.
    http.max_content_length = MAX_BODY + 1
    raw = http.get_data()
    _require_size(len(raw))
    _require_signature(raw)
    body = parse_object(raw)
    strict = str2bool(request.env["ip.bridge"]._setting("ip.require_envelope"), False)
    request.ip_strict = strict
    _require_audience(body, audience, strict)
    _require_time(body, strict)
    return body


def _require_size(size):
    if size > MAX_BODY:
        raise ApiError(413, "too_large", "the body is larger than 1 MiB")


def _require_key():
    given = request.httprequest.headers.get("x-api-key", "").encode("latin-1")
    # All are compared, so that the time reveals nothing.
    known = [
        hmac.compare_digest(live.encode(), given)
        for live in request.env["ip.bridge"]._accepted_values("ip.odoo.api_key")
    ]
    if not any(known):
        raise _unauthorized("wrong or missing x-api-key")


def _require_signature(raw):
    given = request.httprequest.headers.get("x-signature", "").encode("latin-1")
    match = _SIGNATURE.fullmatch(given.strip().lower())
    known = match and [
        hmac.compare_digest(
            hmac.new(live.encode(), raw, "sha256").hexdigest().encode(), match[1]
        )
        for live in request.env["ip.bridge"]._accepted_values("ip.hmac.secret")
    ]
    if not known or not any(known):
        raise _unauthorized("wrong or missing x-signature")


def _require_audience(body, audience, strict):
    named = body.get("audience")
    if named != audience and (strict or named is not None):
        raise _unauthorized(f"audience: expected {audience}")


def _require_time(body, strict):
    stamp = body.get("timestamp")
    if stamp is None and not strict:
        return
    now = time.time()
    number = is_integer(stamp) or isinstance(stamp, float)
    if not number or not now - _WINDOW_SECONDS <= stamp <= now + _WINDOW_SECONDS:
        raise _unauthorized(
            f"timestamp: expected seconds since 1970, within {_WINDOW_SECONDS} of now"
        )


def _switch_to_integration_user():
    """Continues as the integration user, with its rights only."""
    agent = request.env["ip.agent.actions"]._integration_user()
    request.update_env(user=agent.id, context={}, su=False)


def _unauthorized(message):
    return ApiError(401, "unauthorized", message)
