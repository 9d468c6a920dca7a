from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import config

from .dispatch_common import DispatchCase
from .fake_bridge import TOKEN

HTML = {"content-type": "text/html"}


@tagged("post_install", "-at_install")
class TestSettings(DispatchCase):
    def settings(self, **values):
        settings = self.env["res.config.settings"].create(values)
        settings.execute()
        return settings

    def connection_test(self):
        """The notification of Test Connection: its type and its message."""
        params = (
            self.env["res.config.settings"]
            .create({})
            .action_ip_test_connection()["params"]
        )
        return params["type"], params["message"]

    def test_url_and_token_are_stored_and_the_token_is_never_shown(self):
        self.settings(
            ip_ingest_url="https://bridge.example.com", ip_ingest_token=" new "
        )
        get = self.env["ir.config_parameter"].get_param
        self.assertEqual(get("ip.ingest.url"), "https://bridge.example.com")
        self.assertEqual(get("ip.ingest.token"), "new")
        form = Form(self.env["res.config.settings"])
        self.assertFalse(form.ip_ingest_token)
        self.assertTrue(form.ip_token_set)
        self.env.flush_all()
        self.env.cr.execute(
            "select count(*) from res_config_settings where ip_ingest_token <> ''"
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.settings()
        self.assertEqual(
            get("ip.ingest.token"), "new", "an empty field changes nothing"
        )

    def test_an_unusable_address_is_refused_with_the_reason(self):
        for address in (
            "bridge.example.com",
            "ftp://x",
            "https://u:p@x",
            "https://a b",
        ):
            with self.assertRaisesRegex(UserError, "full address"):
                self.settings(ip_ingest_url=address)

    def test_an_administrator_sets_the_responsible_user(self):
        user = new_test_user(self.env, "responsible", "base.group_user")
        admin = self.env.ref("base.user_admin")
        settings = self.env["res.config.settings"].with_user(admin)
        settings.create({"ip_bridge_responsible_id": user.id}).execute()
        self.assertEqual(self.bridge.responsible_id, user)

    def test_a_correction_is_tried_at_once(self):
        event = self.event()
        self.set_params({"ip.ingest.token": "wrong"})
        self.dispatch()
        self.assertEqual(self.bridge.fault, "wrong_token")
        self.settings(ip_ingest_token=TOKEN)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_connection_works(self):
        self.assertEqual(self.connection_test()[0], "success")
        event = self.fake_bridge.stored[0]
        self.assertEqual(event["event_type"], "bridge.test")
        self.assertEqual(event["db_uuid"], self.bridge._db_uuid())

    def test_missing_settings_are_named_once(self):
        self.set_params({"ip.ingest.url": False, "ip.ingest.token": False})
        kind, words = self.connection_test()
        self.assertEqual(kind, "danger")
        self.assertEqual(words.count("ip.ingest.url"), 1)
        self.assertEqual(words.count("ip.ingest.token"), 1)

    def test_an_unusable_address_is_reported_once(self):
        self.set_params({"ip.ingest.url": "nowhere"})
        self.assertEqual(self.connection_test()[1].count("cannot be used"), 1)

    def test_each_response_has_its_explanation(self):
        for response, words in (
            ((401, {}, b"Invalid signature"), "secrets differ"),
            ((401, {}, {"message": "Invalid JWT"}), "refused the token"),
            ((403, {}, {"code": "not_paired"}), "paired with another Odoo"),
            ((403, HTML, b"<h1>No</h1>"), "firewall"),
            ((404, HTML, b"<h1>No</h1>"), "must end in /functions/v1"),
            ((404, {}, {"code": "not_found"}), "must end in /functions/v1"),
            ((200, HTML, b"<form>Log in</form>"), "login page"),
            ((302, {"location": "https://login.example.com/x?y=z"}, b""), "redirects"),
            ((500, {}, b"oops"), "internal error"),
            ((502, HTML, b"bad gateway"), "internal error"),
            ((503, {"retry-after": "7"}, {"code": "busy"}), "asked Odoo to wait"),
            ((400, {}, {"code": "invalid_json"}), "refused a batch"),
            ((200, {}, {"ok": True}), "not in the way the bridge does"),
            ("break", "connection broke"),
        ):
            self.fake_bridge.responses = lambda batch, response=response: response
            color, text = self.connection_test()
            self.assertEqual(color, "danger", text)
            self.assertIn(words, text)
            self.assertNotIn("y=z", text)

    def test_each_network_failure_has_its_explanation(self):
        port = self.fake_bridge.port
        self.fake_bridge.stop()
        for address, words in (
            (f"http://127.0.0.1:{port}", "Nothing is listening"),
            ("http://bridge.invalid", "cannot be resolved"),
        ):
            self.set_params({"ip.ingest.url": address})
            color, text = self.connection_test()
            self.assertEqual(color, "danger")
            self.assertIn(words, text)
        self.fake_bridge.start()
        self.set_params({"ip.ingest.url": f"https://127.0.0.1:{port}"})
        self.assertRegex(self.connection_test()[1], "No encrypted|connection broke")

    def test_different_clocks_are_reported(self):
        late = "Thu, 15 Jan 2026 10:00:00 GMT"
        with patch(
            "http.server.BaseHTTPRequestHandler.date_time_string", return_value=late
        ):
            color, text = self.connection_test()
        self.assertEqual(color, "warning")
        self.assertIn("NTP", text)

    def test_a_test_that_works_ends_a_fault(self):
        event = self.event()
        self.fake_bridge.responses = lambda batch: (500, {}, b"")
        self.dispatch()
        self.fake_bridge.responses = lambda batch: None
        self.connection_test()
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_missing_cron_threads_and_inactive_crons_are_reported(self):
        self.cron.lastcall = False
        with patch.dict(config.options, {"max_cron_threads": 0}):
            self.bridge.invalidate_recordset()
            self.assertIn("max_cron_threads", self.bridge.warning)
            self.cron.lastcall = self.bridge._fields["since"].now()
            self.bridge.invalidate_recordset()
            self.assertFalse(self.bridge.warning, "another server runs them")
        self.cron.active = False
        self.bridge.invalidate_recordset()
        self.assertIn("not active", self.bridge.warning)
        self.env["res.config.settings"].create({}).action_ip_activate_cron()
        self.assertTrue(self.cron.active)

    def test_any_other_inactive_scheduled_action_is_reported_and_activated(self):
        other = self.env.ref("ip_event_bus.cron_backfill")
        self.cron.lastcall = self.bridge._fields["since"].now()
        other.active = False
        self.bridge.invalidate_recordset()
        self.assertIn(other.cron_name, self.bridge.warning)
        self.assertFalse(self.bridge.cron_active)
        self.env["res.config.settings"].create({}).action_ip_activate_cron()
        self.assertTrue(other.active)
        self.bridge.invalidate_recordset()
        self.assertFalse(self.bridge.warning)

    def test_events_that_wait_while_nothing_runs_are_reported(self):
        self.event()
        self.cron.lastcall = False
        with patch.dict(config.options, {"max_cron_threads": 2}):
            self.bridge.invalidate_recordset()
            self.assertIn("has not run", self.bridge.warning)


@tagged("post_install", "-at_install")
class TestFirstEvent(DispatchCase):
    def test_the_four_parameters_alone_are_enough_for_a_first_event(self):
        self.set_params({"ip.odoo.api_key": "an-api-key-of-the-tests"})
        partner = self.env["res.partner"].create({"name": "First"})
        self.env.cr.precommit.run()
        self.dispatch()
        stored = self.fake_bridge.stored
        self.assertEqual(
            [(e["event_type"], e["resource_id"]) for e in stored],
            [("res.partner.created", partner.id)],
        )
        self.assertEqual(stored[0]["payload"]["name"], "First")
        self.assertEqual(stored[0]["db_uuid"], self.bridge._db_uuid())
