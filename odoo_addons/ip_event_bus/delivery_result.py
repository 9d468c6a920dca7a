"""The result of sending a batch: classifies the responses of the bridge or a proxy."""

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

MAX_WAIT = 3600  # seconds that Retry-After may ask for


@dataclass(frozen=True)
class DeliveryResult:
    """The result of sending a batch, or one event of it.

    :param kind: ``delivered``, ``wait``, or what went wrong
    :param results: if ``delivered``: the bridge's result for each event, in order
    :param retry_after: if ``wait``: seconds
    :param skew: seconds by which the bridge's clock is ahead of ours; None if the
        response has no date
    :param detail: what the other side or the network reported, as one clean line
    :param previous_secret: whether the previous secret made the accepted signature
    """

    kind: str
    status: int | None = None
    results: tuple = ()
    retry_after: int = 0
    skew: float | None = None
    detail: str = ""
    previous_secret: bool = False


def parse_response(response, body, count, previous):
    """Classifies the response to a batch of ``count`` events.

    :param response: from requests; its body is not read
    :param body: the bytes of its body
    :param previous: whether the batch was signed with the previous secret
    """
    status = response.status_code
    html = "html" in response.headers.get("content-type", "").lower()
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    common = {
        "status": status,
        "skew": _skew(response.headers.get("date")),
        "detail": _detail(content),
        "previous_secret": previous,
    }
    if status == 200 and not html:
        results = content.get("results") if isinstance(content, dict) else None
        if (
            isinstance(results, list)
            and len(results) == count
            and all(isinstance(result, dict) for result in results)
        ):
            return DeliveryResult("delivered", results=tuple(results), **common)
        return DeliveryResult("not_understood", **common)
    wait = _retry_after(response.headers.get("retry-after"))
    if status in (429, 503) and wait is not None:
        return DeliveryResult("wait", retry_after=wait, **common)
    if 300 <= status < 400:
        target = urlsplit(response.headers.get("location", ""))
        common["detail"] = clean(f"{target.scheme}://{target.hostname or ''}")
    return DeliveryResult(_kind(status, html, content, body), **common)


def event_outcome(result):
    """Classifies the bridge's result for one event of an accepted batch.

    :return: the outcome, and a :class:`DeliveryResult` with the reason. The outcome is
        ``sent``; ``dead``: rejected for good; ``retry``: not now; or ``fault``: nothing
        is wrong with the event, but the bridge refuses us
    """
    status = result.get("status")
    status = status if isinstance(status, int) else None
    reason = DeliveryResult(
        _kind(status or 0, False, result, b""), status=status, detail=_detail(result)
    )
    if result.get("ok") is True:
        return "sent", reason
    if status in (400, 409, 422):
        return "dead", reason
    return ("fault" if status in (401, 403, 404) else "retry"), reason


def _kind(status, html, content, body):
    code = content.get("code") if isinstance(content, dict) else None
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
    busy = status >= 500 or status in (408, 429)
    return "server_error" if busy else "not_understood"


def _detail(content):
    if not isinstance(content, dict):
        return ""
    return clean(
        " ".join(str(content[key]) for key in ("code", "message") if content.get(key))
    )


def clean(text, limit=200):
    """One line of printable characters, at most ``limit`` of them."""
    text = "".join(c if c.isprintable() else " " for c in str(text)[: limit * 2])
    return " ".join(text.split())[:limit]


def _skew(date):
    try:
        return (
            parsedate_to_datetime(date) - datetime.now(timezone.utc)
        ).total_seconds()
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
    return None if seconds is None else int(min(max(seconds, 1), MAX_WAIT))
