"""What the answers of the bridge, and of what stands in front of it, mean."""

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

LONGEST_WAIT = 3600  # seconds that Retry-After may ask for


@dataclass(frozen=True)
class Answer:
    """What became of a pack.

    :param kind: ``delivered``, ``wait``, or what went wrong
    :param results: of ``delivered``: an outcome each, in the order of the events
    :param retry_after: of ``wait``: seconds
    :param skew: seconds that the bridge's clock is ahead of ours, None if it did not
        say
    :param detail: what the other side or the network said, one clean line
    """

    kind: str
    status: int | None = None
    results: tuple = ()
    retry_after: int = 0
    skew: float | None = None
    detail: str = ""
    previous_secret: bool = False


def understand(response, body, count, previous):
    """What an answer says about a pack of ``count`` events.

    :param response: of requests; its body is not read
    :param body: the bytes of its body
    :param previous: whether the pack was signed with the previous secret
    """
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
        ``dead``, it is refused for good; ``retry``, not now; ``fault``, not this one is
        wrong, but we are refused
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
    busy = status >= 500 or status in (408, 429)
    return "server_error" if busy else "not_understood"


def _detail(said):
    if not isinstance(said, dict):
        return ""
    return clean(
        " ".join(str(said[key]) for key in ("code", "message") if said.get(key))
    )


def clean(text, limit=200):
    """One line of printable characters, at most so long."""
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
    return None if seconds is None else int(min(max(seconds, 1), LONGEST_WAIT))
