import json

from odoo.tests import TransactionCase


class CaptureCase(TransactionCase):
    """Watches contacts, and commits as far as a test can."""

    def setUp(self):
        super().setUp()
        self.env["ip.event.rule"].search([]).action_archive()
        self.rule = self.watch(
            "res.partner", ["name", "email", "active", "complete_name"]
        )
        self.dispatcher()
        self.commit()

    def watch(self, model, names, **values):
        """Sets the model's rule to send these fields."""
        rules = self.env["ip.event.rule"].with_context(active_test=False)
        fields = self.env["ir.model.fields"].search(
            [("model", "=", model), ("name", "in", names)]
        )
        self.assertEqual(set(fields.mapped("name")), set(names))
        values = {
            "name": model,
            "model_id": self.env["ir.model"]._get_id(model),
            "field_ids": [(6, 0, fields.ids)],
            "domain": "[]",
            "active": True,
            **values,
        }
        rule = rules.search([("model", "=", model)])
        if rule:
            rule.write(values)
            return rule
        return rules.create(values)

    def dispatcher(self):
        """The scheduled action that is woken."""
        cron = self.env.ref("ip_event_bus.cron_dispatch", raise_if_not_found=False)
        if not cron:
            cron = self.env["ir.cron"].create(
                {
                    "name": "Dispatch",
                    "model_id": self.env["ir.model"]._get_id("ip.event"),
                    "code": "pass",
                    "interval_number": 1,
                    "interval_type": "hours",
                }
            )
            self.env["ir.model.data"].create(
                {
                    "module": "ip_event_bus",
                    "name": "cron_dispatch",
                    "model": "ir.cron",
                    "res_id": cron.id,
                }
            )
        return cron

    def commit(self):
        """Ends the transaction as far as the addon can tell, and deletes its events.

        A test's own transaction is never committed, so its ID in PostgreSQL stays.
        """
        self.env.cr.flush()
        self.env.cr.postcommit.clear()
        events = self.env["ip.event"].search([("state", "=", "pending")], order="id")
        rows = [self.row(event) for event in events]
        self.env.cr.execute("DELETE FROM ip_event")
        self.env["ip.event"].invalidate_model()
        return rows

    def row(self, event):
        """The parsed body of the event, after comparing it with the fields."""
        body = json.loads(event.body)
        self.assertEqual(event.event_type, body["event_type"])
        self.assertEqual(event.event_type, f"{event.model}.{event.op}")
        self.assertEqual(event.lane, f"{event.model}:{event.res_id}")
        self.assertEqual(event.res_id, body["resource_id"])
        self.assertEqual(event.id, body["seq"])
        self.assertEqual(event.event_id, body["event_id"])
        self.assertEqual(event.xact, body["tx"])
        self.assertEqual(event.correlation_id, body["correlation_id"])
        self.assertEqual(event.company_id.id or None, body["company_id"])
        self.assertTrue(event.body.isascii())
        return body

    def only(self, rows):
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def partner(self, **values):
        """A contact from an earlier transaction."""
        partner = self.env["res.partner"].create({"name": "Acme", **values})
        self.commit()
        return partner
