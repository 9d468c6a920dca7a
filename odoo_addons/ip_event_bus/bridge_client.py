"""Sends batches of events to the bridge."""

import hashlib
import hmac
import re
import socket
import ssl
import time
from urllib.parse import urlsplit

import requests
import urllib3

from .delivery_result import DeliveryResult, clean, parse_response

INGEST_PATH = "/functions/v1/odoo_event_ingest"
CONNECT_TIMEOUT, READ_TIMEOUT, TOTAL_TIMEOUT = 5, 30, 45  # seconds
MAX_RESPONSE = 1 << 20  # bytes
BODY_START, BODY_END = '{"events":[', '],"audience":"bridge.ingest"}'


def ingest_url(setting):
    """The address that events are sent to.

    :param setting: the full address, or only its beginning
    :return: the address; None if it is unusable, for example because it contains
        credentials or has another scheme than http and https
    """
    try:
        parts = urlsplit(setting)
        valid = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and (parts.port is None or parts.port > 0)
            and "@" not in parts.netloc
            and not parts.fragment
            and not re.search(r"[\s\\]", setting)
        )
    except ValueError:
        return None
    if not valid:
        return None
    path = parts.path.rstrip("/")
    if path in ("", "/functions/v1"):
        return parts._replace(path=INGEST_PATH).geturl()
    return setting


class BridgeClient:
    """A connection to the bridge, for one thread."""

    def __init__(self, url, token, secrets):
        """
        :param url: None if the setting is unusable: see :func:`ingest_url`
        :param secrets: the accepted ones, the current one first. The bridge may not
            have it yet: if it rejects the signature, the batch is signed with the next.
        """
        self._url, self._token, self._secrets = url, token, list(secrets)
        self._session = requests.Session()
        self._working_secret = 0

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self._session.close()

    def send(self, bodies):
        """Posts the events, unchanged, as one batch.

        :param bodies: the JSON text of each
        :return: a :class:`DeliveryResult`; nothing that the network or the other side
            does raises an exception
        """
        if not self._url:
            return DeliveryResult("bad_url")
        if not re.fullmatch(r"[\x21-\x7e]+", self._token):
            return DeliveryResult("bad_token")
        raw = (BODY_START + ",".join(bodies) + BODY_END).encode()
        order = [self._working_secret]
        order += [i for i in range(len(self._secrets)) if i not in order]
        first = None
        for index in order:
            delivery = self._post(raw, self._secrets[index], len(bodies), index > 0)
            first = first or delivery
            if delivery.kind != "wrong_secret":
                self._working_secret = index
                return delivery
        return first

    def _post(self, raw, secret, count, previous):
        signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        started = time.monotonic()
        try:
            with self._session.post(
                self._url,
                data=raw,
                headers={
                    "content-type": "application/json",
                    "accept": "application/json",
                    "accept-encoding": "identity",
                    "x-signature": signature,
                },
                # Without this, requests would use an entry for the host in .netrc.
                auth=self._authorize,
                timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._without_secrets(_read(response, started + TOTAL_TIMEOUT))
                return parse_response(response, body, count, previous)
        except (
            requests.RequestException,
            # Reading the body raises these; requests does not translate them.
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as fault:
            return _network_fault(fault)

    def _without_secrets(self, body):
        """The body without our credentials: parts of it are stored and shown."""
        for secret in (self._token, *self._secrets):
            body = body.replace(secret.encode(), b"***")
        return body

    def _authorize(self, request):
        request.headers["authorization"] = f"Bearer {self._token}"
        return request


def _read(response, deadline):
    """The body of the response, limited in size and, even if it drips, in time."""
    # read1 needs urllib3 2; older versions limit only the pause between two reads.
    read = getattr(response.raw, "read1", response.raw.read)
    body = bytearray()
    while chunk := read(65536):
        body += chunk
        if len(body) > MAX_RESPONSE:
            return b""
        if time.monotonic() > deadline:
            raise requests.ReadTimeout
    return bytes(body)


def _network_fault(fault):
    """Classifies a failure by type alone: messages quote addresses and headers."""
    chain, seen = [fault], []
    while chain:
        cause = chain.pop()
        if isinstance(cause, BaseException) and cause not in seen:
            seen.append(cause)
            chain += [
                cause.__cause__,
                cause.__context__,
                getattr(cause, "reason", None),
            ]
            chain += list(cause.args)

    def caused_by(*types):
        return next((cause for cause in seen if isinstance(cause, types)), None)

    certificate = caused_by(ssl.SSLCertVerificationError)
    if certificate:
        return DeliveryResult("tls", detail=clean(certificate.verify_message))
    if caused_by(requests.exceptions.SSLError, ssl.SSLError):
        return DeliveryResult("not_tls")
    if caused_by(requests.exceptions.ProxyError):
        return DeliveryResult("proxy")
    if caused_by(socket.gaierror):
        return DeliveryResult("dns")
    if caused_by(ConnectionRefusedError):
        return DeliveryResult("refused_connection")
    if caused_by(requests.ConnectTimeout):
        return DeliveryResult("no_connection")
    if caused_by(requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        return DeliveryResult("timeout")
    if caused_by(ValueError) and not caused_by(
        requests.ConnectionError, ConnectionError
    ):
        return DeliveryResult("bad_url")
    return DeliveryResult("broken")
