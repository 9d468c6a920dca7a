import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields, models
from odoo.tools import config

from .. import channel
from ..answer import Answer

SILENT = timedelta(minutes=15)  # without a run of the scheduled action
MAX_SKEW = 120  # seconds; the bridge and this addon allow 300


def _is_public(host):
    """Whether a host is beyond one's own network, as far as its name tells."""
    try:
        return ipaddress.ip_address(host or "").is_global
    except ValueError:
        return "." in (host or "") and not host.endswith((".local", ".internal"))


class IpBridge(models.Model):
    """What an answer means, and what to do about it, in words."""

    _inherit = "ip.bridge"

    last_run_at = fields.Datetime(string="Last run", compute="_compute_warning")
    cron_active = fields.Boolean(compute="_compute_warning")
    warning = fields.Text(compute="_compute_warning")

    def _compute_warning(self):
        cron = self._cron()
        active = bool(cron) and all(self._crons().mapped("active"))
        for bridge in self:
            bridge.last_run_at = cron.lastcall
            bridge.cron_active = active
            bridge.warning = "\n".join(bridge._warnings()) or False

    def _warnings(self):
        """What keeps events from being sent although nothing is refused."""
        _ = self.env._
        cron = self._cron()
        silent = not cron.lastcall or fields.Datetime.now() - cron.lastcall > SILENT
        found = []
        if self._is_neutralized():
            found.append(
                _("This database is neutralized, a copy for tests: nothing is sent.")
            )
        elif self._missing():
            names = {
                "ip.ingest.url": _("address"),
                "ip.ingest.token": _("token"),
                "ip.hmac.secret": _("HMAC secret"),
            }
            missing = [f"{names[name]} ({name})" for name in self._missing()]
            found.append(_("Not set yet, so events wait: %s.", ", ".join(missing)))
        elif not channel.ingest_url(self._setting("ip.ingest.url")):
            found.append(self._remedy(Answer("bad_url")))
        if not cron.active:
            found.append(
                _(
                    "The scheduled action “%s” is not active, so nothing is sent:"
                    " activate it.",
                    cron.name or "",
                )
            )
        elif not config["max_cron_threads"] and silent:
            found.append(
                _(
                    "This server runs no scheduled actions (max_cron_threads is 0),"
                    " and no other has run them lately: set max_cron_threads to 1 or"
                    " more in the server's configuration and restart it."
                )
            )
        elif silent and self.oldest_pending_at:
            found.append(
                _(
                    "Events wait, but the scheduled action has not run for 15"
                    " minutes: see in the server's log what its cron workers are busy"
                    " with."
                )
            )
        others = (self._crons() - cron).filtered(lambda other: not other.active)
        if others and not self._is_neutralized():
            names = ", ".join(others.mapped("cron_name"))
            found.append(_("Scheduled actions are not active: %s.", names))
        return found

    def _hints(self, answer):
        """What else an answer tells."""
        _ = self.env._
        hints = []
        if answer.skew is not None and abs(answer.skew) > MAX_SKEW:
            hints.append(
                _(
                    "The clocks differ by %s seconds. Actions are refused beyond 300:"
                    " synchronise both servers by NTP.",
                    round(abs(answer.skew)),
                )
            )
        if answer.previous_secret:
            hints.append(
                _(
                    "The bridge knows only the previous secret: give it the new one,"
                    " then end the previous one here."
                )
            )
        address = urlsplit(channel.ingest_url(self._setting("ip.ingest.url")) or "")
        if address.scheme == "http" and _is_public(address.hostname):
            hints.append(
                _("The address is not encrypted: use https:// outside your network.")
            )
        return hints

    def _remedy(self, answer):
        """What happened, and what to do about it: one or two sentences."""
        words = self._remedies_of_network() | self._remedies_of_answers()
        text = words.get(answer.kind) or words["not_understood"]
        status = self.env._("HTTP status %s", answer.status) if answer.status else ""
        said = ", ".join(part for part in (status, answer.detail) if part)
        return f"{text} ({said})" if said else text

    def _remedies_of_network(self):
        _ = self.env._
        return {
            "dns": _(
                "The bridge's host name cannot be resolved. Check the address for"
                " typing errors, and this server's DNS."
            ),
            "refused_connection": _(
                "Nobody listens at the bridge's address. Check whether the bridge"
                " runs, and the port."
            ),
            "no_connection": _(
                "No connection to the bridge within 5 seconds. Check the firewalls"
                " between, and the port."
            ),
            "timeout": _(
                "The bridge was reached but did not answer within 30 seconds. Check"
                " its load and its database; what was sent will be sent again and"
                " counted once."
            ),
            "broken": _(
                "The connection broke. Check the network and any proxy between; an"
                " https:// address at a port that speaks http:// looks like this as"
                " well."
            ),
            "tls": _(
                "The certificate cannot be verified. Give the bridge a valid one for"
                " this host name, or install its authority on this server; check the"
                " clock here if it is said to be not yet valid."
            ),
            "not_tls": _(
                "No encrypted connection comes about. Check whether this port speaks"
                " https:// at all, and any proxy between."
            ),
            "proxy": _(
                "The proxy that HTTPS_PROXY or HTTP_PROXY names for this server does"
                " not let the call through. Check the proxy, or list the host in"
                " NO_PROXY."
            ),
            "bad_url": _(
                "The address cannot be used. Give the full address, as in"
                " https://bridge.example.com/functions/v1/odoo_event_ingest, without"
                " user and password."
            ),
            "bad_token": _(
                "The token has characters that no token has. Paste it again, without"
                " spaces and line breaks."
            ),
        }

    def _remedies_of_answers(self):
        _ = self.env._
        return {
            "delivered": _(
                "The bridge took a test event: address and secret are right, and"
                " nobody refused the token."
            ),
            "wait": _(
                "The bridge is busy and asks to wait; sending goes on by itself."
            ),
            "wrong_secret": _(
                "The signature is wrong: the secrets differ. Put the same secret here"
                " (HMAC secret) and there (EDGE_HMAC_SECRET)."
            ),
            "wrong_token": _(
                "The token is refused by the bridge or by what stands in front of it."
                " Put the service role key, or the gateway's key, here as the token."
            ),
            "not_paired": _(
                "The bridge is paired with another Odoo, so this one counts as a"
                " copy. If it is the right one, pair it on the bridge's side."
            ),
            "forbidden": _(
                "The call is forbidden by something in front of the bridge, as a"
                " firewall or a gateway. Let POST requests of this server pass to this"
                " path."
            ),
            "wrong_path": _(
                "Nothing is at this path. The address must end in"
                " /functions/v1/odoo_event_ingest; check what a gateway does to the"
                " path."
            ),
            "redirect": _(
                "The address redirects elsewhere, often from http:// to https:// or"
                " to a login page. Give the final address; redirects are not followed."
            ),
            "web_page": _(
                "A web page answered, as a login page does, and not the bridge. Check"
                " the address, and exempt the path from single sign-on."
            ),
            "refused": _(
                "The bridge refuses the pack. The event that it refuses even alone is"
                " held back and tried again; see Outgoing Events."
            ),
            "rule_broken": _(
                "Event rules do not send what they were made to send, because a field"
                " is gone or is no more what it was. Open them under Event Rules,"
                " choose the fields again and save, or send what is left."
            ),
            "not_reconciled": _(
                "The last look for missed changes failed, or found what cannot be"
                " told. The server's log says why; Missed Events lists the records."
            ),
            "refused_events": _(
                "The bridge refused events for good. See the dead ones in Outgoing"
                " Events: correct the cause and retry them, or discard them."
            ),
            "server_error": _(
                "The bridge or a proxy in front of it has an error of its own. See the"
                " bridge's log; sending goes on by itself when it is over."
            ),
            "not_understood": _(
                "Something answers, but not as the bridge does. Check the address; an"
                " edge function that takes single events only is not enough."
            ),
            "copy": _(
                "This database is a copy of the one that was paired with the bridge,"
                " or was moved. Nothing is sent until it is paired: see Pairing."
            ),
            "incomplete": _("Settings are missing: fill them in and save."),
            "neutralized": _(
                "This database was neutralized, a copy for tests: nothing is sent."
            ),
            "paused": _("Sending was paused. Resume it when you are ready."),
            "internal": _(
                "The sender failed; the server's log says where. It tries again."
            ),
        }
