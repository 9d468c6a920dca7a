"""Texts that Odoo puts into headers of mails and into links: names, addresses, URLs."""

import re

_MAIL = re.compile(r"(^|_)e?mails?(_|$)")
_URL = re.compile(
    r"(^|_)(url|uri|href|link)(_|$)|(^|_)(urls|links|website|homepage|\w+_profile)$"
)
# Line breaks of all kinds, and other characters that no name or address has.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
# What browsers ignore in front of a scheme and inside it.
_IGNORED = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):")
_SCHEMES = {"http", "https", "ftp", "ftps", "mailto", "tel"}


def check_header(model, field, value):
    """Why a text must not be in this field, as what was expected; None if it may."""
    is_url = bool(_URL.search(field.name))
    is_name = field.name in (model._rec_name, "name")
    if (is_url or is_name or _MAIL.search(field.name)) and _CONTROL.search(value):
        return "expected a single line without control characters"
    scheme = _SCHEME.match(_IGNORED.sub("", value)) if is_url else None
    if scheme and scheme[1].lower() not in _SCHEMES:
        return "expected an address that begins with https://"
    return None
