"""How packs of events reach the bridge, and what its answers mean."""

import hashlib
import hmac
import json
import re
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

INGEST_PATH = "/functions/v1/odoo_event_ingest"
CONNECT, READ, WHOLE = 5, 30, 45  # seconds
MAX_ANSWER = 1 << 20  # bytes
LONGEST_WAIT = 3600  # seconds that Retry-After may ask for
HEAD, TAIL = '{"events":[', '],"audience":"bridge.ingest"}'


@dataclass(frozen=True)
class Answer:
    """What became of a pack.

    :param kind: ``delivered``, ``wait``, or what went wrong
    :param results: of ``delivered``: an outcome each, in the order of the events
    :param retry_after: of ``wait``: seconds
    :param skew: seconds that the bridge's clock is ahead of ours, None if it did not say
    :param detail: what the other side or the network said, one clean line
    """

    kind: str
    status: int | None = None
    results: tuple = ()
    retry_after: int = 0
    skew: float | None = None
    detail: str = ""
    previous_secret: bool = False


def ingest_url(setting):
    """The address that events go to.

    :param setting: the full address, or only its beginning
    :return: the address; None if it is none: another scheme than http, or credentials in it
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
        :param secrets: those that are live, the one in force first. The bridge may not know
            it yet, so an answer that calls the signature wrong is tried with the next.
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
        :return: an :class:`Answer`; never raises for what the network or the other side does
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
                return _understand(response, body, count, previous)
        except (requests.RequestException, OSError, ValueError) as fault:
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


def _understand(response, body, count, previous):
    status = response.status_code
    html = "html" in response.headers.get("content-type", "").lower()
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    facts = {
        "status": status,
        "skew": _skew(response.headers.get("date")),
        "detail": _detail(said),
        "previous_secret": previous,
    }
    if status == 200 and not html:
        results = said.get("results") if isinstance(said, dict) else None
        if (
            isinstance(results, list)
            and len(results) == count
            and all(isinstance(result, dict) for result in results)
        ):
            return Answer("delivered", results=tuple(results), **facts)
        return Answer("not_understood", **facts)
    wait = _retry_after(response.headers.get("retry-after"))
    if status in (429, 503) and wait is not None:
        return Answer("wait", retry_after=wait, **facts)
    if 300 <= status < 400:
        target = urlsplit(response.headers.get("location", ""))
        facts["detail"] = clean(f"{target.scheme}://{target.hostname or ''}")
    return Answer(_kind(status, html, said, body), **facts)


def outcome(result):
    """What the bridge says about one event of a pack that it took.

    :return: what becomes of the event, and an :class:`Answer` that says why: ``sent``;
        ``dead``, it is refused for good; ``retry``, not now; ``fault``, not this one is wrong,
        but we are refused
    """
    status = result.get("status")
    status = status if isinstance(status, int) else None
    answer = Answer(
        _kind(status or 0, False, result, b""), status=status, detail=_detail(result)
    )
    if result.get("ok") is True:
        return "sent", answer
    if status in (400, 409, 422):
        return "dead", answer
    return ("fault" if status in (401, 403, 404) else "retry"), answer


def _kind(status, html, said, body):
    code = said.get("code") if isinstance(said, dict) else None
    if 300 <= status < 400:
        return "redirect"
    if status == 413:
        return "refused"
    if status == 404:
        return "wrong_path"
    if html:
        return {403: "forbidden", 401: "web_page"}.get(
            status, "server_error" if status >= 500 else "web_page"
        )
    if status in (400, 422):
        return "refused"
    if status == 401:
        return "wrong_secret" if b"nvalid signature" in body[:200] else "wrong_token"
    if status == 403:
        return "not_paired" if code == "not_paired" else "forbidden"
    return "server_error" if status >= 500 or status == 429 else "not_understood"


def _detail(said):
    if not isinstance(said, dict):
        return ""
    return clean(" ".join(str(said[key]) for key in ("code", "message") if said.get(key)))


def clean(text, limit=200):
    """One line of printable characters, at most so long."""
    text = "".join(c if c.isprintable() else " " for c in str(text)[: limit * 2])
    return " ".join(text.split())[:limit]


def _skew(date):
    try:
        return (parsedate_to_datetime(date) - datetime.now(timezone.utc)).total_seconds()
    except (TypeError, ValueError, AttributeError):
        return None


def _retry_after(header):
    """Seconds, from either form of the header; None without one."""
    if not header:
        return None
    try:
        seconds = int(header)
    except ValueError:
        seconds = _skew(header)
    return None if seconds is None else int(min(max(seconds, 1), LONGEST_WAIT))


def _network_fault(fault):
    """Names a failure by its type alone: the texts quote addresses and headers."""
    chain, seen = [fault], []
    while chain:
        cause = chain.pop()
        if isinstance(cause, BaseException) and cause not in seen:
            seen.append(cause)
            chain += [cause.__cause__, cause.__context__, getattr(cause, "reason", None)]
            chain += list(cause.args)

    def met(*types):
        return next((cause for cause in seen if isinstance(cause, types)), None)

    certificate = met(ssl.SSLCertVerificationError)
    if certificate:
        return Answer("tls", detail=clean(certificate.verify_message))
    if met(requests.exceptions.SSLError, ssl.SSLError):
        return Answer("tls")
    if met(requests.exceptions.ProxyError):
        return Answer("proxy")
    if met(socket.gaierror):
        return Answer("dns")
    if met(ConnectionRefusedError):
        return Answer("refused_connection")
    if met(requests.ConnectTimeout):
        return Answer("no_connection")
    if met(requests.Timeout, TimeoutError) or "Read timed out" in str(fault):
        return Answer("timeout")
    if met(ValueError) and not met(requests.ConnectionError, OSError):
        return Answer("bad_url")
    return Answer("broken")
