import json
import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import channel
from ..answer import Answer, outcome


class IpBridge(models.Model):
    """What operators do about the bridge; each act is written into its history."""

    _inherit = "ip.bridge"

    @api.model
    def _require_operator(self):
        if not self.env.user.has_group("ip_event_bus.group_operator"):
            raise AccessError(
                self.env._("Only operators of the Supabase Bridge may do this.")
            )

    @api.model
    def _require_administrator(self):
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators may see or change secrets.")
            )

    @api.model
    def _require_address(self, url):
        if not channel.ingest_url(url.strip()):
            raise UserError(self._remedy(Answer("bad_url")))

    @api.model
    def _record_act(self, act):
        """Writes into the bridge's history who did what."""
        self._the().message_post(body=act, author_id=self.env.user.partner_id.id)

    def action_pause(self):
        """Sends nothing until somebody resumes; events are recorded meanwhile."""
        self._require_operator()
        self._the().write(
            {
                "state": "paused",
                "fault": "paused",
                "fault_status": 0,
                "fault_detail": self.env.user.name,
                "since": fields.Datetime.now(),
            }
        )
        self._record_act(self.env._("Paused the sending of events."))
        return True

    def action_resume(self):
        """Ends a pause, or tries at once instead of at the next planned time."""
        self._require_operator()
        bridge = self._the()
        vals = {"next_try_at": False}
        if bridge.state == "paused":
            vals |= {"state": "running", "since": fields.Datetime.now()}
            vals |= {"fault": False, "fault_detail": False}
            self._record_act(self.env._("Resumed the sending of events."))
        bridge.write(vals)
        self._wake()
        return True

    def action_pair(self):
        """Makes this database the paired one; the one before counts as a copy from now
        on.
        """
        self._require_operator()
        bridge = self._the()
        self._pair()
        self._record_act(
            self.env._("Paired the database %s with the bridge.", self.env.cr.dbname)
        )
        if bridge.fault == "copy":
            bridge._note_success()
        self._wake()
        return True

    def action_activate_cron(self):
        self._require_operator()
        self._crons().active = True
        self._record_act(self.env._("Activated the sending of events."))
        return True

    def action_test_connection(self):
        """Sends one event that reaches nobody, and says what came of it."""
        self._require_operator()
        bridge = self._the().with_context(lang=self.env.lang)
        answer = bridge._test()
        good = answer.kind == "delivered"
        if good and bridge.state in ("fault", "waiting"):
            self.action_resume()
        _ = self.env._
        hints = bridge._hints(answer) + bridge._warnings()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": ("warning" if hints else "success") if good else "danger",
                "title": _("It works") if good else _("It does not work"),
                # A warning may say the same.
                "message": "\n".join(dict.fromkeys([bridge._remedy(answer), *hints])),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _test(self):
        """Posts an event of the type bridge.test, as the dispatcher would.

        :return: a :class:`Answer`; ``delivered`` only if that event was stored
        """
        if self._missing():
            return Answer("incomplete")  # the warning says which
        if not self._is_paired():
            return Answer("copy")
        with self._open_channel() as sender:
            answer = sender.send([self._test_event()])
        if answer.kind == "delivered":
            verdict, told = outcome(answer.results[0])
            return answer if verdict == "sent" else told
        return answer

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
