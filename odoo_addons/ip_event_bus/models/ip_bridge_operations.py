import json
import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import bridge_client
from ..delivery_result import DeliveryResult, event_outcome


class IpBridge(models.Model):
    """What operators can do with the bridge; the chatter logs each operation."""

    _inherit = "ip.bridge"

    @api.model
    def _require_operator(self):
        if not self.env.user.has_group("ip_event_bus.group_operator"):
            raise AccessError(
                self.env._("Only operators of the Supabase Bridge can do this.")
            )

    @api.model
    def _require_administrator(self):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators can view or change secrets.")
            )

    @api.model
    def _require_address(self, url):
        if not bridge_client.ingest_url(url.strip()):
            raise UserError(self._explain(DeliveryResult("bad_url")))

    @api.model
    def _log_operation(self, text):
        """Logs in the bridge's chatter who did what."""
        self._get_bridge().message_post(
            body=text, author_id=self.env.user.partner_id.id
        )

    def action_pause(self):
        """Sends nothing until an operator resumes; events are still recorded."""
        self._require_operator()
        self._get_bridge().write(
            {
                "state": "paused",
                "fault": "paused",
                "fault_status": 0,
                "fault_detail": self.env.user.name,
                "since": fields.Datetime.now(),
            }
        )
        self._log_operation(self.env._("Paused sending events."))
        return True

    def action_resume(self):
        """Ends a pause, or tries now instead of at the next scheduled time."""
        self._require_operator()
        bridge = self._get_bridge()
        vals = {"next_try_at": False}
        if bridge.state == "paused":
            vals |= {"state": "running", "since": fields.Datetime.now()}
            vals |= {"fault": False, "fault_detail": False}
            self._log_operation(self.env._("Resumed sending events."))
        bridge.write(vals)
        self._wake()
        return True

    def action_pair(self):
        """Pairs this database; the previous one counts as a copy from now on."""
        self._require_operator()
        bridge = self._get_bridge()
        self._pair()
        self._log_operation(
            self.env._("Paired database %s with the bridge.", self.env.cr.dbname)
        )
        if bridge.fault == "copy":
            bridge._note_success()
        self._wake()
        return True

    def action_activate_cron(self):
        self._require_operator()
        self._all_crons().active = True
        self._log_operation(self.env._("Activated the scheduled actions."))
        return True

    def action_test_connection(self):
        """Sends one event that is not passed on, and reports the result."""
        self._require_operator()
        bridge = self._get_bridge().with_context(lang=self.env.lang)
        delivery = bridge._test()
        good = delivery.kind == "delivered"
        if good and bridge.state in ("fault", "waiting"):
            self.action_resume()
        _ = self.env._
        hints = bridge._hints(delivery) + bridge._warnings()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": ("warning" if hints else "success") if good else "danger",
                "title": _("Connection works") if good else _("Connection failed"),
                # A warning may repeat the explanation.
                "message": "\n".join(
                    dict.fromkeys([bridge._explain(delivery), *hints])
                ),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _test(self):
        """Posts an event of type bridge.test, as the dispatcher would.

        :return: a :class:`DeliveryResult`; ``delivered`` only if the event was stored
        """
        if self._missing_settings():
            return DeliveryResult("incomplete")  # the warning lists what is missing
        if not self._is_paired():
            return DeliveryResult("copy")
        with self._open_client() as sender:
            delivery = sender.send([self._test_event()])
        if delivery.kind == "delivered":
            outcome, reason = event_outcome(delivery.results[0])
            return delivery if outcome == "sent" else reason
        return delivery

    def _test_event(self):
        now = fields.Datetime.now()
        return json.dumps(
            {
                "event_id": str(uuid.uuid4()),
                "event_type": "bridge.test",
                "resource_id": "odoo",
                "payload": {},
                "occurred_at": now.isoformat() + "Z",
                "db_uuid": self._db_uuid(),
            }
        )
