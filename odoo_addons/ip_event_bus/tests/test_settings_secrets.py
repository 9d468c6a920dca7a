import logging
import os
import tempfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .dispatch_common import DispatchCase
from .fake_bridge import SECRET


@tagged("post_install", "-at_install")
class TestSettingsSecrets(DispatchCase):
    def act(self, act, name="ip.hmac.secret"):
        settings = self.env["res.config.settings"].create({})
        return settings.with_context(
            ip_secret=name, ip_operation=act
        ).action_ip_secret()

    def wizard(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_generated_secret_is_shown_once(self):
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

    def test_a_rotated_secret_is_shown_and_the_previous_is_accepted_until_revoked(self):
        shown = self.wizard(self.act("rotate")).value
        self.assertEqual(
            self.bridge._accepted_values("ip.hmac.secret"), [shown, SECRET]
        )
        with self.assertRaisesRegex(UserError, "Revoke Previous"):
            self.act("rotate")
        self.act("end")
        self.assertEqual(self.bridge._accepted_values("ip.hmac.secret"), [shown])

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

    def test_no_secret_appears_in_logs_errors_or_chatter(self):
        secret, token = "S3cr3t-of-this-test-alone", "T0ken-of-this-test-alone"
        self.set_params({"ip.hmac.secret": secret, "ip.ingest.token": token})
        event = self.event()
        echo = {"code": "odd", "message": f"you sent {secret} and {token}"}
        result = {"ok": False, "status": 500} | echo
        responses = [
            (401, {}, echo),
            (403, {}, echo),
            (500, {}, echo),
            (302, {"location": f"https://{token}@x/?s={secret}"}, b""),
            (200, {}, {"results": [result]}),
            "break",
        ]
        texts = []
        self.fake_bridge.secret, self.fake_bridge.token = secret, token
        logger = "odoo.addons.ip_event_bus.models.ip_bridge_state"
        logging.getLogger(logger).setLevel(logging.NOTSET)
        with self.assertLogs("odoo.addons.ip_event_bus", "DEBUG") as logs:
            for response in responses:
                self.fake_bridge.responses = lambda batch, response=response: response
                self.dispatch()
                texts += [
                    self.bridge.action_test_connection()["params"]["message"],
                    self.bridge.reason or "",
                    event.last_error or "",
                ]
                self.pass_time(hours=2)
            self.fake_bridge.stop()
            self.dispatch()
            self.set_params({"ip.ingest.url": "http://bridge.invalid"})
            texts.append(self.bridge.action_test_connection()["params"]["message"])
            self.bridge._alarm("fault", self.bridge._test())
        texts += logs.output
        texts += self.bridge.message_ids.mapped("body")
        texts += self.bridge.activity_ids.mapped("note")
        texts += [str(self.bridge.read()), str(event.read())]
        for text in texts:
            self.assertNotIn(secret, text)
            self.assertNotIn(token, text)
        self.assertIn("you sent ***", " ".join(texts))
