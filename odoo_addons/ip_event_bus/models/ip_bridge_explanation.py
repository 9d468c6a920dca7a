import ipaddress
from urllib.parse import urlsplit

from odoo import models

from .. import bridge_client

MAX_SKEW = 120  # seconds; both sides refuse calls at more than 300


def _is_public(host):
    """Whether a host is outside the local network, judging by its name."""
    try:
        return ipaddress.ip_address(host or "").is_global
    except ValueError:
        return "." in (host or "") and not host.endswith((".local", ".internal"))


class IpBridge(models.Model):
    """Explains problems to users: what happened, and what to do about it."""

    _inherit = "ip.bridge"

    def _hints(self, delivery):
        """What else a delivery has revealed."""
        _ = self.env._
        hints = []
        if delivery.skew is not None and abs(delivery.skew) > MAX_SKEW:
            hints.append(
                _(
                    "The clocks differ by %s seconds. Actions are refused beyond 300"
                    " seconds. Synchronize both servers with NTP.",
                    round(abs(delivery.skew)),
                )
            )
        if delivery.previous_secret:
            hints.append(
                _(
                    "The bridge has only the previous secret. Copy the new one to the"
                    " bridge, then click “Revoke Previous” here."
                )
            )
        address = urlsplit(
            bridge_client.ingest_url(self._setting("ip.ingest.url")) or ""
        )
        if address.scheme == "http" and _is_public(address.hostname):
            hints.append(
                _(
                    "The connection is not encrypted. Use an https:// address for a"
                    " bridge outside your network."
                )
            )
        return hints

    def _explain(self, delivery):
        """What happened, and what to do about it: a few short sentences."""
        texts = self._network_explanations() | self._response_explanations()
        text = texts.get(delivery.kind) or texts["not_understood"]
        status = (
            self.env._("HTTP status %s", delivery.status) if delivery.status else ""
        )
        detail = ", ".join(part for part in (status, delivery.detail) if part)
        return f"{text} ({detail})" if detail else text

    def _network_explanations(self):
        _ = self.env._
        return {
            "dns": _(
                "The bridge's host name cannot be resolved. Check the address for"
                " typos, and this server's DNS."
            ),
            "refused_connection": _(
                "Nothing is listening at the bridge's address. Check whether the bridge"
                " is running, and the port."
            ),
            "no_connection": _(
                "The bridge could not be connected to within 5 seconds. Check the"
                " firewalls in between, and the port."
            ),
            "timeout": _(
                "The bridge was reached but did not respond within 30 seconds. Check"
                " its load and its database. The events will be sent again; the bridge"
                " stores each one only once."
            ),
            "broken": _(
                "The connection broke. Check the network and any proxy in between. The"
                " cause may also be an https:// address with a port that expects"
                " http://."
            ),
            "tls": _(
                "The bridge's certificate cannot be verified. Install a valid"
                " certificate for this host name on the bridge, or its certificate"
                " authority on this server. If it is reported as not yet valid, check"
                " this server's clock."
            ),
            "not_tls": _(
                "No encrypted connection could be established. Check that this port"
                " accepts https://, and any proxy in between."
            ),
            "proxy": _(
                "The proxy set in HTTPS_PROXY or HTTP_PROXY on this server did not let"
                " the call through. Check the proxy, or add the host to NO_PROXY."
            ),
            "bad_url": _(
                "The address cannot be used. Enter the full address, for example"
                " https://bridge.example.com/functions/v1/odoo_event_ingest, without a"
                " user name or password."
            ),
            "bad_token": _(
                "The token contains characters that are not allowed. Paste it again,"
                " without spaces or line breaks."
            ),
        }

    def _response_explanations(self):
        _ = self.env._
        return {
            "delivered": _(
                "The bridge accepted a test event: the address and the secret are"
                " correct, and the token was not refused."
            ),
            "wait": _(
                "The bridge is busy and asked Odoo to wait. Sending resumes"
                " automatically."
            ),
            "wrong_secret": _(
                "The signature is wrong because the secrets differ. Set the same secret"
                " here (HMAC secret) and on the bridge (EDGE_HMAC_SECRET)."
            ),
            "wrong_token": _(
                "The bridge, or a gateway in front of it, refused the token. Enter the"
                " service role key, or the gateway's key, as the token."
            ),
            "not_paired": _(
                "The bridge is paired with another Odoo database and treats this one as"
                " a copy. If this is the right one, pair it on the bridge."
            ),
            "forbidden": _(
                "Something in front of the bridge, such as a firewall or a gateway,"
                " blocked the call. Allow POST requests from this server to this path."
            ),
            "wrong_path": _(
                "There is nothing at this path. The address must end in"
                " /functions/v1/odoo_event_ingest. If there is a gateway, check how it"
                " changes the path."
            ),
            "redirect": _(
                "The address redirects elsewhere, often from http:// to https:// or to"
                " a login page. Enter the final address; redirects are not followed."
            ),
            "web_page": _(
                "A web page responded instead of the bridge, for example a login page."
                " Check the address, and exempt the path from single sign-on."
            ),
            "refused": _(
                "The bridge refused a batch of events. An event that it refuses even on"
                " its own is held back and retried. See Outgoing Events."
            ),
            "rule_broken": _(
                "Some event rules no longer send everything they should, because a"
                " field was removed or changed. Open them in Event Rules, select the"
                " fields again and save, or accept the remaining fields."
            ),
            "not_reconciled": _(
                "The last search for missed changes failed, or found changes that"
                " cannot be sent. The server's log has the reason; Missed Events lists"
                " the records."
            ),
            "refused_events": _(
                "The bridge rejected events permanently. See the dead ones in Outgoing"
                " Events. Correct the cause and retry them, or discard them."
            ),
            "server_error": _(
                "The bridge, or a proxy in front of it, has an internal error. See the"
                " bridge's log. Sending resumes automatically once it is resolved."
            ),
            "not_understood": _(
                "Something responds at this address, but not in the way the bridge"
                " does. Check the address. An edge function that accepts only single"
                " events is not sufficient."
            ),
            "copy": _(
                "This database is a copy of the one paired with the bridge, or was"
                " moved. Nothing is sent until it is paired. See Pairing."
            ),
            "incomplete": _("Some settings are missing. Fill them in and save."),
            "neutralized": _(
                "This database was neutralized (a copy for testing). Nothing is sent."
            ),
            "paused": _("Sending is paused. Resume it when you are ready."),
            "internal": _(
                "Sending failed because of an internal error, and will be retried. See"
                " the server's log."
            ),
        }
