import json
import logging
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields
from odoo.tests import TransactionCase
from odoo.tests.common import _super_send

from .fake_bridge import SECRET, TOKEN, FakeBridge


class DispatchCase(TransactionCase):
    """Events, a fake bridge on loopback, and the scheduled action as Odoo runs it."""

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        # Odoo's handler compares the timeout with a number; ours is a pair.
        if urlsplit(request.url).hostname in ("127.0.0.1", "bridge.invalid"):
            return _super_send(session, request, **kwargs)
        return super()._request_handler(session, request)

    def setUp(self):
        super().setUp()
        self.fake_bridge = FakeBridge().start()
        self.addCleanup(self.fake_bridge.stop)
        self.events = self.env["ip.event"]
        self.events.search([]).unlink()
        self.bridge = self.env["ip.bridge"]._get_bridge()
        self.cron = self.env.ref("ip_event_bus.cron_dispatch")
        self.cron.lastcall = fields.Datetime.now()
        self.set_params(
            {
                "ip.ingest.url": self.fake_bridge.url,
                "ip.ingest.token": TOKEN,
                "ip.hmac.secret": SECRET,
                "ip.hmac.secret.previous": False,
                "ip.pairing": False,
            }
        )
        # Each fault is logged as a warning, which would fail a test run.
        self.quiet("odoo.addons.ip_event_bus.models.ip_bridge_state")

    def quiet(self, name):
        logger = logging.getLogger(name)
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        self.addCleanup(logger.setLevel, level)

    def set_params(self, values):
        for key, value in values.items():
            self.env["ir.config_parameter"].set_param(key, value)

    def event(self, res_id=1, **values):
        """An event about a partner, as recorded when one changes."""
        event_id = str(uuid.uuid4())
        body = {
            "event_id": event_id,
            "event_type": "res.partner.updated",
            "resource_id": res_id,
            "payload": {"name": values.pop("name", "Azure")},
            "correlation_id": str(uuid.uuid4()),
            "occurred_at": "2026-01-15T10:00:00Z",
        }
        return self.events.create(
            {
                "event_id": event_id,
                "event_type": body["event_type"],
                "model": "res.partner",
                "res_id": res_id,
                "op": "updated",
                "lane": f"res.partner:{res_id}",
                "body": json.dumps(body),
                "correlation_id": body["correlation_id"],
                "source": "live",
                "priority": 0 if values.get("source", "live") == "live" else 10,
                "occurred_at": fields.Datetime.now(),
                "state": "pending",
            }
            | values
        )

    def dispatch(self):
        """Runs the scheduled action as Odoo does; it must not count as failed."""
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.cron.active)
        self.assertEqual(self.cron.failure_count, 0)

    def pass_time(self, **span):
        """Moves all times back, as if this much time had passed."""
        self.env.flush_all()
        span = timedelta(**span)
        for record in [self.bridge, *self.events.search([])]:
            names = {"ip.bridge": ["since", "next_try_at", "last_success_at"]}.get(
                record._name, ["occurred_at", "next_try_at", "sent_at"]
            )
            record.write({name: record[name] - span for name in names if record[name]})
        self.env.flush_all()

    def attempts(self):
        """How many HTTP requests have come since the last call."""
        count = len(self.fake_bridge.requests)
        self.fake_bridge.requests.clear()
        return count


class FaultCase(DispatchCase):
    """Checks that a fault pauses sending, and that it is reported."""

    def is_paused(self, kind):
        """Nothing was sent, no attempt was counted, and the reason is shown."""
        events = self.events.search([])
        self.assertEqual(set(events.mapped("state")), {"pending"})
        self.assertEqual(set(events.mapped("attempts")), {0})
        self.assertEqual((self.bridge.state, self.bridge.fault), ("fault", kind))
        self.assertTrue(self.bridge.reason)

    def alarms(self):
        return self.bridge.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref("ip_event_bus.activity_fault")
        )
