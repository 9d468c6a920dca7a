"""How packs of events reach the bridge."""

import hashlib
import hmac
import re
import socket
import ssl
import time
from urllib.parse import urlsplit

import requests
import urllib3

from .answer import Answer, clean, understand

INGEST_PATH = "/functions/v1/odoo_event_ingest"
CONNECT, READ, WHOLE = 5, 30, 45  # seconds
MAX_ANSWER = 1 << 20  # bytes
HEAD, TAIL = '{"events":[', '],"audience":"bridge.ingest"}'


def ingest_url(setting):
    """The address that events go to.

    :param setting: the full address, or only its beginning
    :return: the address; None if it is none: another scheme than http, or credentials
        in it
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


class Channel:
    """One connection to the bridge, to be used by one thread."""

    def __init__(self, url, token, secrets):
        """
        :param url: None if what is set is no address: see :func:`ingest_url`
        :param secrets: those that are live, the one in force first. The bridge may not
            know it yet: a pack whose signature it calls wrong is signed with the next.
        """
        self._url, self._token, self._secrets = url, token, list(secrets)
        self._session = requests.Session()
        self._secret_that_works = 0

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self._session.close()

    def send(self, bodies):
        """Posts the events as they are, in one pack.

        :param bodies: the JSON text of each
        :return: an :class:`Answer`; never raises for what the network or the other side
            does
        """
        if not self._url:
            return Answer("bad_url")
        if not re.fullmatch(r"[\x21-\x7e]+", self._token):
            return Answer("bad_token")
        raw = (HEAD + ",".join(bodies) + TAIL).encode()
        order = [self._secret_that_works]
        order += [i for i in range(len(self._secrets)) if i not in order]
        first = None
        for index in order:
            answer = self._post(raw, self._secrets[index], len(bodies), index > 0)
            first = first or answer
            if answer.kind != "wrong_secret":
                self._secret_that_works = index
                return answer
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
                # An own one, or requests would take what a .netrc says about the host.
                auth=self._authorize,
                timeout=(CONNECT, READ),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._without_secrets(_read(response, started + WHOLE))
                return understand(response, body, count, previous)
        except (
            requests.RequestException,
            # What reading the body raises is not translated by requests.
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as fault:
            return _network_fault(fault)

    def _without_secrets(self, body):
        """The answer, of which we keep words, must not give back what we sent along."""
        for secret in (self._token, *self._secrets):
            body = body.replace(secret.encode(), b"***")
        return body

    def _authorize(self, request):
        request.headers["authorization"] = f"Bearer {self._token}"
        return request


def _read(response, deadline):
    """The answer's body, bounded in size and in time however slowly it drips."""
    # read1 came with urllib3 2; before, only the pause between two reads is bounded.
    read = getattr(response.raw, "read1", response.raw.read)
    body = bytearray()
    while chunk := read(65536):
        body += chunk
        if len(body) > MAX_ANSWER:
            return b""
        if time.monotonic() > deadline:
            raise requests.ReadTimeout
    return bytes(body)


def _network_fault(fault):
    """Names a failure by its type alone: the texts quote addresses and headers."""
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

    def met(*types):
        return next((cause for cause in seen if isinstance(cause, types)), None)

    certificate = met(ssl.SSLCertVerificationError)
    if certificate:
        return Answer("tls", detail=clean(certificate.verify_message))
    if met(requests.exceptions.SSLError, ssl.SSLError):
        return Answer("not_tls")
    if met(requests.exceptions.ProxyError):
        return Answer("proxy")
    if met(socket.gaierror):
        return Answer("dns")
    if met(ConnectionRefusedError):
        return Answer("refused_connection")
    if met(requests.ConnectTimeout):
        return Answer("no_connection")
    if met(requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        return Answer("timeout")
    if met(ValueError) and not met(requests.ConnectionError, ConnectionError):
        return Answer("bad_url")
    return Answer("broken")
