import json

from odoo import fields
from odoo.modules.neutralize import neutralize_database
from odoo.tests import tagged

from .dispatch_common import DispatchCase


@tagged("post_install", "-at_install")
class TestPairing(DispatchCase):
    def as_a_copy(self, **identifiers):
        """A copy has the original's parameters, and a fingerprint of its own."""
        self.bridge._pair()
        paired = self.bridge._paired() | identifiers
        self.set_params({"ip.pairing": json.dumps(paired)})

    def test_what_is_configured_first_is_paired_by_its_first_run(self):
        event = self.event()
        self.assertEqual(self.bridge.pairing, "none")
        self.dispatch()
        self.assertEqual(event.state, "sent")
        self.assertEqual(self.bridge.pairing, "this")
        self.assertEqual(self.bridge.paired_name, self.env.cr.dbname)

    def test_a_copy_starts_paused_until_it_is_paired(self):
        for identifiers in (
            {"database": "another number"},
            {"server": "another server"},
        ):
            with self.subTest(identifiers):
                event = self.event()
                self.as_a_copy(**identifiers)
                self.assertFalse(self.bridge._is_paired())
                self.dispatch()
                self.assertEqual(
                    (self.bridge.state, self.bridge.fault), ("fault", "copy")
                )
                self.assertEqual((event.state, event.attempts), ("pending", 0))
                self.assertEqual(self.fake_bridge.requests, [])
                self.assertEqual(len(self.bridge.activity_ids), 1)
                self.bridge.action_pair()
                self.assertEqual(self.bridge.pairing, "this")
                self.assertFalse(self.bridge.activity_ids)
                self.dispatch()
                self.assertEqual((event.state, self.bridge.state), ("sent", "running"))
                self.attempts()

    def test_without_the_servers_identifier_the_rest_suffices(self):
        self.bridge._pair()
        execute = type(self.env.cr).execute

        def forbid(cursor, query, *args, **kwargs):
            # Like an ordinary role where the permission to execute it was revoked.
            if "from pg_control_system" in str(query):
                query = "select rolpassword from pg_authid"
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", forbid)
        self.assertFalse(self.bridge._fingerprint()["server"])
        self.assertTrue(self.bridge._is_paired())
        self.as_a_copy(database="another number")
        self.assertFalse(self.bridge._is_paired())

    def test_an_ordinary_role_can_read_the_servers_identifier(self):
        self.assertTrue(self.bridge._fingerprint()["server"])

    def test_a_second_pairing_at_the_same_time_changes_nothing(self):
        self.bridge._pair_first()
        paired = self.bridge._paired()
        self.bridge.with_user(self.env.ref("base.user_admin"))._pair_first()
        self.assertEqual(self.bridge._paired(), paired)

    def test_a_garbled_pairing_pauses(self):
        self.set_params({"ip.pairing": "{nonsense"})
        self.assertFalse(self.bridge._is_paired())

    def test_a_neutralized_database_sends_nothing(self):
        event = self.event()
        self.dispatch()
        self.attempts()
        waiting = self.event(2)
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        parameters = self.env["ir.config_parameter"].search([("key", "=like", "ip.%")])
        for parameter in parameters:
            self.assertNotIn(parameter.key, ("ip.ingest.url", "ip.ingest.token"))
            self.assertFalse(parameter.key.startswith(("ip.hmac", "ip.odoo.api_key")))
        self.assertEqual((event.state, waiting.state), ("sent", "discarded"))
        self.assertFalse(self.cron.active)
        self.assertEqual(self.bridge.state, "paused")
        # Even if everything is set up again, while it is marked as neutralized.
        late = self.event(3)
        self.set_params(
            {
                "ip.ingest.url": self.fake_bridge.url,
                "ip.ingest.token": self.fake_bridge.token,
                "ip.hmac.secret": self.fake_bridge.secret,
            }
        )
        self.cron.active = True
        self.bridge.action_resume()
        self.bridge.action_pair()
        self.dispatch()
        self.assertEqual(self.fake_bridge.requests, [])
        self.assertEqual(late.state, "pending")
        self.assertEqual(self.bridge.pairing, "neutralized")
        self.assertEqual(self.bridge._test().kind, "copy")

    def test_the_pairing_stores_who_paired_what_and_when(self):
        self.bridge.with_user(self.env.user).action_pair()
        self.assertEqual(self.bridge.paired_by, self.env.user.login)
        self.assertLessEqual(self.bridge.paired_at, fields.Datetime.now())
        self.assertIn(self.env.cr.dbname, self.bridge.message_ids[0].body)
