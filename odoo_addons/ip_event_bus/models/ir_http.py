import hmac
import logging
import re
import time

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request
from odoo.tools import str2bool

from .. import answers
from ..calls import MAX_BODY, Refused, is_integer, read_object

_logger = logging.getLogger(__name__)

_PATHS = "/api/agent/"
_WINDOW_SECONDS = 300
_SIGNATURE = re.compile(rb"(?:sha256=)?([0-9a-f]{64})")


class IrHttp(models.AbstractModel):
    """Lets the bridge in, and says all refusals under ``/api/agent/`` in its JSON."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        try:
            return super()._match(path_info)
        except HTTPException as exc:
            # Without a route Odoo would answer in the caller's content type, with a
            # traceback.
            if path_info.startswith(_PATHS) and exc.code != 404:
                exc.error_response = cls._handle_error(exc)
            raise

    @classmethod
    def _authenticate_explicit(cls, auth):
        if not auth.startswith("ip_"):
            return super()._authenticate_explicit(auth)
        # No session is looked at, and no exception becomes a refusal: a database that
        # is gone must not look like a wrong key.
        request.session.can_save = False
        # Stays what it is when Odoo repeats the request.
        request.ip_started = getattr(request, "ip_started", time.monotonic())
        return getattr(cls, f"_auth_method_{auth}")()

    @classmethod
    def _auth_method_ip_key(cls):
        """Lets in whoever has the key."""
        _require_key()
        _become_the_agent()

    @classmethod
    def _auth_method_ip_apply(cls):
        """Lets in whoever has the key and signed the body for apply."""
        request.ip_body = _signed_body("odoo.apply")
        _become_the_agent()

    @classmethod
    def _auth_method_ip_event_push(cls):
        """Lets in whoever has the key and signed the body for event_push."""
        request.ip_body = _signed_body("odoo.event_push")
        _become_the_agent()

    @classmethod
    def _handle_error(cls, exception):
        if not request.httprequest.path.startswith(_PATHS):
            return super()._handle_error(exception)
        refused = answers.refusal_of(exception)
        received = getattr(request, "ip_received", None)
        correlation_id = None
        if received:
            correlation_id = received.correlation_id
            cls._log_failure(received, refused)
        elif refused.status == 401:
            address = request.httprequest.remote_addr
            _logger.warning("refused a call from %s: %s", address, refused.args[0])
        response = request.make_json_response(
            answers.body_of(refused, correlation_id), status=refused.status
        )
        if refused.retry_after is not None:
            response.headers["Retry-After"] = str(refused.retry_after)
        return response

    @classmethod
    def _log_failure(cls, received, refused):
        """Writes the line of a request whose own transaction is undone."""
        try:
            with request.env.registry.cursor() as cr:
                env = request.env(cr=cr)
                received.log_all(env, refused.status, refused.code)
        except Exception:
            # The caller must have the answer in any case.
            _logger.exception("cannot log correlation_id=%s", received.correlation_id)


def _signed_body(audience):
    """The signed JSON object of the body.

    Checked are, in this order and before anything is read that can still be refused:
    type, size, key, signature, JSON, audience, time.

    :raise Refused: 415, 413, 401 or 400
    """
    http = request.httprequest
    encoding = http.headers.get("Content-Encoding", "identity").strip().lower()
    if http.mimetype != "application/json" or encoding != "identity":
        raise Refused(
            415, "wrong_content_type", "application/json, unencoded, is expected"
        )
    _require_size(http.content_length or 0)
    _require_key()
    # A body of unknown length is cut off in silence, so that one byte more tells.
    http.max_content_length = MAX_BODY + 1
    raw = http.get_data()
    _require_size(len(raw))
    _require_signature(raw)
    body = read_object(raw)
    strict = str2bool(request.env["ip.bridge"]._setting("ip.require_envelope"), False)
    request.ip_strict = strict
    _require_audience(body, audience, strict)
    _require_time(body, strict)
    return body


def _require_size(size):
    if size > MAX_BODY:
        raise Refused(413, "too_large", "the body is larger than 1 MiB")


def _require_key():
    given = request.httprequest.headers.get("x-api-key", "").encode("latin-1")
    # All are compared, so that the time tells nothing.
    known = [
        hmac.compare_digest(live.encode(), given)
        for live in request.env["ip.bridge"]._live("ip.odoo.api_key")
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
        for live in request.env["ip.bridge"]._live("ip.hmac.secret")
    ]
    if not known or not any(known):
        raise _unauthorized("wrong or missing x-signature")


def _require_audience(body, audience, strict):
    named = body.get("audience")
    if named != audience and (strict or named is not None):
        raise _unauthorized(f"the body is not meant for {audience}")


def _require_time(body, strict):
    stamp = body.get("timestamp")
    if stamp is None and not strict:
        return
    now = time.time()
    number = is_integer(stamp) or isinstance(stamp, float)
    if not number or not now - _WINDOW_SECONDS <= stamp <= now + _WINDOW_SECONDS:
        raise _unauthorized(
            "timestamp: seconds since 1970, at most 300 off, are expected"
        )


def _become_the_agent():
    """Goes on as the integration user, with its rights and no more."""
    agent = request.env["ip.agent.actions"]._agent()
    request.update_env(user=agent.id, context={}, su=False)


def _unauthorized(message):
    return Refused(401, "unauthorized", message)
