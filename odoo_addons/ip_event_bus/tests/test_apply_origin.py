import json

from odoo.tests import tagged

from .api_common import APPLY, EVENT_PUSH, SignedCase, batch, envelope, event


@tagged("post_install", "-at_install")
class TestApplyOrigin(SignedCase):
    """Events caused by an action name it as their origin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls.env["res.partner"].create(
            {"name": "Child", "parent_id": cls.partner.id, "type": "contact"}
        )
        cls.env.cr.flush()
        cls.env["ip.event.rule"].search([("model", "=", "res.partner")]).unlink()
        fields = cls.env["ir.model.fields"]
        cls.env["ip.event.rule"].create(
            {
                "name": "Contacts",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "field_ids": [
                    (4, fields._get("res.partner", name).id)
                    for name in ("name", "complete_name", "email")
                ],
            }
        )
        cls.env.cr.flush()

    def events(self, call):
        found = self.env["ip.event"].search(
            [("correlation_id", "=", call["correlation_id"])], order="id"
        )
        return {each.res_id: json.loads(each.body) for each in found}

    def update(self, record, name, **other):
        args = {"id": record.id, "values": {"name": name}}
        return envelope("res.partner.update", args, **other)

    def test_event_carries_the_origin_also_for_values_computed_at_flush(self):
        call = self.update(self.partner, "New", hop=2)
        self.assertApplied(self.send(APPLY, call))
        found = self.events(call)
        self.assertEqual(set(found), {self.partner.id, self.child.id})
        for body in found.values():
            self.assertEqual(
                body["origin"],
                {
                    "source": "bridge",
                    "correlation_id": call["correlation_id"],
                    "hop": 2,
                },
            )
            self.assertEqual(body["correlation_id"], call["correlation_id"])
        self.assertEqual(
            found[self.child.id]["changed"]["complete_name"],
            ["Acme, Child", "New, Child"],
        )

    def test_events_of_a_batch_carry_the_origin_of_their_own_action(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self.env.cr.flush()
        calls = [self.update(self.partner, "A", hop=1), self.update(other, "B", hop=3)]
        self.assertEqual(self.send(APPLY, batch(*calls)).status_code, 200)
        self.assertEqual(set(self.events(calls[0])), {self.partner.id, self.child.id})
        self.assertEqual(set(self.events(calls[1])), {other.id})
        for call in calls:
            for body in self.events(call).values():
                self.assertEqual(body["origin"]["hop"], call["hop"])

    def test_batch_wakes_the_dispatcher_once_and_not_if_nothing_changed(self):
        triggers = self.env["ir.cron.trigger"].search
        woken = [("cron_id", "=", self.env.ref("ip_event_bus.cron_dispatch").id)]
        other = self.env["res.partner"].create({"name": "Other"})
        self.env.cr.flush()
        self.env.cr.postcommit.clear()
        triggers(woken).unlink()
        calls = [self.update(self.partner, "A"), self.update(other, "B")]
        self.assertEqual(self.send(APPLY, batch(*calls)).status_code, 200)
        self.assertEqual(len(triggers(woken)), 1)
        triggers(woken).unlink()
        self.assertEqual(self.send(APPLY, batch(*calls)).status_code, 200)
        self.assertFalse(triggers(woken))

    def test_action_that_fails_leaves_no_event(self):
        calls = [self.update(self.partner, "A"), self.update(self.child, "B")]
        calls[0]["args"]["values"]["parent_id"] = self.partner.id
        results = self.send(APPLY, batch(*calls)).json()["results"]
        self.assertEqual([each["status"] for each in results], [422, 200])
        self.assertFalse(self.events(calls[0]))
        self.assertEqual(set(self.events(calls[1])), {self.child.id})

    def test_changes_by_users_have_no_origin(self):
        self.partner.email = "user@example.com"
        self.env.cr.flush()
        last = self.env["ip.event"].search([], order="id desc", limit=1)
        self.assertNotIn("origin", json.loads(last.body))

    def test_storing_an_event_is_no_event(self):
        body = event("app.order.paid", {})
        self.assertEqual(self.send(EVENT_PUSH, body).status_code, 202)
        self.assertFalse(self.events(body))
