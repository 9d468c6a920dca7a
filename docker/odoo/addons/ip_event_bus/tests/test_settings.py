import logging
import os
import tempfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import config

from .common import DispatchCase
from .receiver import SECRET, TOKEN

HTML = {"content-type": "text/html"}


@tagged("post_install", "-at_install")
class TestSettings(DispatchCase):
    def settings(self, **values):
        settings = self.env["res.config.settings"].create(values)
        settings.execute()
        return settings

    def said(self):
        """What Test connection says: its colour and its words."""
        params = self.env["res.config.settings"].create({}).action_ip_test_connection()[
            "params"
        ]
        return params["type"], params["message"]

    def test_url_and_token_are_kept_and_the_token_is_never_given_back(self):
        self.settings(ip_ingest_url="https://bridge.example.com", ip_ingest_token=" new ")
        get = self.env["ir.config_parameter"].get_param
        self.assertEqual(get("ip.ingest.url"), "https://bridge.example.com")
        self.assertEqual(get("ip.ingest.token"), "new")
        form = Form(self.env["res.config.settings"])
        self.assertFalse(form.ip_ingest_token)
        self.assertTrue(form.ip_token_set)
        self.env.flush_all()
        self.env.cr.execute("select count(*) from res_config_settings where ip_ingest_token <> ''")
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.settings()
        self.assertEqual(get("ip.ingest.token"), "new", "an empty field changes nothing")

    def test_an_address_that_is_none_is_refused_with_words(self):
        for address in ("bridge.example.com", "ftp://x", "https://u:p@x", "https://a b"):
            with self.assertRaisesRegex(UserError, "full address"):
                self.settings(ip_ingest_url=address)

    def test_a_correction_is_tried_at_once(self):
        event = self.event()
        self.set_params({"ip.ingest.token": "wrong"})
        self.dispatch()
        self.assertEqual(self.bridge.fault, "wrong_token")
        self.settings(ip_ingest_token=TOKEN)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_connection_works(self):
        self.assertEqual(self.said()[0], "success")
        event = self.receiver.stored[0]
        self.assertEqual(event["event_type"], "bridge.test")
        self.assertEqual(event["db_uuid"], self.bridge._db_uuid())

    def test_each_answer_has_its_remedy(self):
        for answer, words in (
            ((401, {}, b"Invalid signature"), "secrets differ"),
            ((401, {}, {"message": "Invalid JWT"}), "token is refused"),
            ((403, {}, {"code": "not_paired"}), "paired with another Odoo"),
            ((403, HTML, b"<h1>No</h1>"), "firewall"),
            ((404, HTML, b"<h1>No</h1>"), "must end in /functions/v1"),
            ((404, {}, {"code": "not_found"}), "must end in /functions/v1"),
            ((200, HTML, b"<form>Log in</form>"), "login page"),
            ((302, {"location": "https://login.example.com/x?y=z"}, b""), "redirects"),
            ((500, {}, b"oops"), "error of its own"),
            ((502, HTML, b"bad gateway"), "error of its own"),
            ((503, {"retry-after": "7"}, {"code": "busy"}), "asks to wait"),
            ((400, {}, {"code": "invalid_json"}), "refuses the pack"),
            ((200, {}, {"ok": True}), "not as the bridge does"),
            ("break", "connection broke"),
        ):
            self.receiver.answers = lambda pack, answer=answer: answer
            colour, text = self.said()
            self.assertEqual(colour, "danger", text)
            self.assertIn(words, text)
            self.assertNotIn("y=z", text)

    def test_each_failure_of_the_network_has_its_remedy(self):
        port = self.receiver.port
        self.receiver.stop()
        for address, words in (
            (f"http://127.0.0.1:{port}", "Nobody listens"),
            ("http://bridge.invalid", "cannot be resolved"),
        ):
            self.set_params({"ip.ingest.url": address})
            colour, text = self.said()
            self.assertEqual(colour, "danger")
            self.assertIn(words, text)
        self.receiver.start()
        self.set_params({"ip.ingest.url": f"https://127.0.0.1:{port}"})
        self.assertRegex(self.said()[1], "certificate|connection broke")

    def test_missing_settings_are_named(self):
        self.set_params({"ip.ingest.token": False})
        self.assertIn("ip.ingest.token", self.said()[1])

    def test_clocks_that_differ_are_told(self):
        late = "Thu, 15 Jan 2026 10:00:00 GMT"
        with patch(
            "http.server.BaseHTTPRequestHandler.date_time_string", return_value=late
        ):
            colour, text = self.said()
        self.assertEqual(colour, "warning")
        self.assertIn("NTP", text)

    def test_a_test_that_works_ends_a_fault(self):
        event = self.event()
        self.receiver.answers = lambda pack: (500, {}, b"")
        self.dispatch()
        self.receiver.answers = lambda pack: None
        self.said()
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))

    def test_no_cron_threads_and_no_active_cron_are_told(self):
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

    def test_events_that_wait_while_nothing_runs_are_told(self):
        self.event()
        self.cron.lastcall = False
        with patch.dict(config.options, {"max_cron_threads": 2}):
            self.bridge.invalidate_recordset()
            self.assertIn("has not run", self.bridge.warning)

    def act(self, act, name="ip.hmac.secret"):
        settings = self.env["res.config.settings"].create({})
        return settings.with_context(ip_secret=name, ip_act=act).action_ip_secret()

    def wizard(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_secret_that_was_made_here_is_shown_once(self):
        self.set_params({"ip.hmac.secret": False})
        self.bridge._make_secrets()
        made = self.bridge._setting("ip.hmac.secret")
        self.assertEqual(len(made), 64)
        wizard = self.wizard(self.act("show"))
        self.assertEqual(wizard.value, made)
        with self.assertRaises(UserError):
            self.act("show")
        self.env.cr.execute("select row_to_json(w)::text from ip_bridge_secret w")
        self.assertNotIn(made, str(self.env.cr.fetchall()))
        self.env.cr.execute(
            "update ip_bridge_secret set create_date = create_date - interval '11 min'"
        )
        wizard.invalidate_recordset()
        self.assertFalse(wizard.value)

    def test_a_rotated_secret_is_shown_and_the_previous_stays_live_until_ended(self):
        shown = self.wizard(self.act("rotate")).value
        self.assertEqual(self.bridge._live("ip.hmac.secret"), [shown, SECRET])
        with self.assertRaisesRegex(UserError, "End the previous"):
            self.act("rotate")
        self.act("end")
        self.assertEqual(self.bridge._live("ip.hmac.secret"), [shown])

    def test_a_secret_can_be_entered(self):
        wizard = self.wizard(self.act("enter", "ip.odoo.api_key"))
        self.assertFalse(wizard.value, "what is in force is not shown")
        with self.assertRaisesRegex(UserError, "16"):
            wizard.value = "short"
        wizard.value = "one-that-the-bridge-has "
        self.assertEqual(
            self.bridge._setting("ip.odoo.api_key"), "one-that-the-bridge-has"
        )
        with self.assertRaises(UserError):
            self.act("show", "ip.odoo.api_key")

    def test_another_user_does_not_see_the_secret_that_was_shown(self):
        wizard = self.wizard(self.act("rotate"))
        other = new_test_user(self.env, "other", "base.group_system")
        self.assertFalse(wizard.with_user(other).sudo().value)
        operator = new_test_user(self.env, "operator", "ip_event_bus.group_operator")
        with self.assertRaises(AccessError):
            wizard.with_user(operator).read(["value"])

    def test_the_environment_comes_first_and_cannot_be_changed_here(self):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("from a file\n")
            file.flush()
            names = {"IP_HMAC_SECRET_FILE": file.name, "IP_INGEST_TOKEN": "from env"}
            with patch.dict(os.environ, names):
                self.assertEqual(self.bridge._setting("ip.hmac.secret"), "from a file")
                self.assertEqual(self.bridge._setting("ip.ingest.token"), "from env")
                form = Form(self.env["res.config.settings"])
                self.assertEqual(form.ip_secret_variable, "IP_HMAC_SECRET_FILE")
                with self.assertRaisesRegex(UserError, "IP_HMAC_SECRET_FILE"):
                    self.act("rotate")
        self.quiet("odoo.addons.ip_event_bus.models.ip_bridge")
        with patch.dict(os.environ, {"IP_HMAC_SECRET_FILE": "/nowhere/secret"}):
            self.assertEqual(self.bridge._setting("ip.hmac.secret"), "")

    def test_no_secret_stands_in_logs_errors_or_history(self):
        secret, token = "S3cr3t-of-this-test-alone", "T0ken-of-this-test-alone"
        self.set_params({"ip.hmac.secret": secret, "ip.ingest.token": token})
        event = self.event()
        echo = {"code": "odd", "message": f"you sent {secret} and {token}"}
        result = {"ok": False, "status": 500} | echo
        answers = [
            (401, {}, echo),
            (403, {}, echo),
            (500, {}, echo),
            (302, {"location": f"https://{token}@x/?s={secret}"}, b""),
            (200, {}, {"results": [result]}),
            "break",
        ]
        texts = []
        self.receiver.secret, self.receiver.token = secret, token
        logger = "odoo.addons.ip_event_bus.models.ip_bridge_state"
        logging.getLogger(logger).setLevel(logging.NOTSET)
        with self.assertLogs("odoo.addons.ip_event_bus", "DEBUG") as logs:
            for answer in answers:
                self.receiver.answers = lambda pack, answer=answer: answer
                self.dispatch()
                texts += [self.said()[1], self.bridge.reason or "", event.last_error or ""]
                self.pass_time(hours=2)
            self.receiver.stop()
            self.dispatch()
            self.set_params({"ip.ingest.url": "http://bridge.invalid"})
            texts.append(self.said()[1])
            self.bridge._alarm("fault", self.bridge._test())
        texts += logs.output
        texts += self.bridge.message_ids.mapped("body")
        texts += self.bridge.activity_ids.mapped("note")
        texts += [str(self.bridge.read()), str(event.read())]
        for text in texts:
            self.assertNotIn(secret, text)
            self.assertNotIn(token, text)
        self.assertIn("you sent ***", " ".join(texts))


@tagged("post_install", "-at_install")
class TestFirstEvent(DispatchCase):
    def test_the_four_parameters_alone_are_enough_for_a_first_event(self):
        self.set_params({"ip.odoo.api_key": "an-api-key-of-the-tests"})
        partner = self.env["res.partner"].create({"name": "First"})
        self.env.cr.precommit.run()
        self.dispatch()
        stored = self.receiver.stored
        self.assertEqual(
            [(e["event_type"], e["resource_id"]) for e in stored],
            [("res.partner.created", partner.id)],
        )
        self.assertEqual(stored[0]["payload"]["name"], "First")
        self.assertEqual(stored[0]["db_uuid"], self.bridge._db_uuid())
