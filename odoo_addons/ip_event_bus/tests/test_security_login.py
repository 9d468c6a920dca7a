from datetime import datetime, timedelta

from odoo.exceptions import AccessDenied, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

PASSWORD = {"type": "password", "login": "ip_event_bus", "password": "known-before"}


@tagged("post_install", "-at_install")
class TestSecurityLogin(HttpCase):
    """Nobody logs in as the integration user, not even with what was set before."""

    def setUp(self):
        super().setUp()
        self.agent = self.env.ref("ip_event_bus.agent_user")
        self.admin = self.env.ref("base.user_admin")
        self.agent._set_encrypted_password(
            self.agent.id, self.agent._crypt_context().hash(PASSWORD["password"])
        )

    def test_password_that_was_set_before_is_worth_nothing(self):
        for interactive in (True, False):
            with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base"):
                self.env["res.users"].authenticate(
                    PASSWORD, {"interactive": interactive}
                )
        with self.assertRaises(AccessDenied):
            self.env["res.users"]._check_uid_passwd(
                self.agent.id, PASSWORD["password"]
            )

    def test_session_is_none_however_it_was_started(self):
        self.assertFalse(self.agent._compute_session_token("sid"))
        self.assertTrue(self.admin._compute_session_token("sid"))

    def test_api_key_is_neither_made_nor_accepted(self):
        keys = self.env["res.users.apikeys"]
        until = datetime.now() + timedelta(days=1)
        with self.assertRaises(UserError):
            keys.with_user(self.agent).sudo()._generate(None, "takeover", until)
        key = keys.with_user(self.admin).sudo()._generate(None, "valid", until)
        self.assertEqual(keys._check_credentials(scope="rpc", key=key), self.admin.id)
        self.env.cr.execute(
            "UPDATE res_users_apikeys SET user_id = %s WHERE name = 'valid'",
            [self.agent.id],
        )
        self.assertFalse(keys._check_credentials(scope="rpc", key=key))
        response = self.url_open(
            "/json/2/res.partner/search_count",
            json={"domain": []},
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(response.status_code, 401)

    def test_password_cannot_be_set(self):
        for change in (
            lambda: self.agent.write({"password": "new"}),
            lambda: self.agent._change_password("new"),
            lambda: self.agent.write({"new_password": "new"}),
        ):
            with self.assertRaisesRegex(UserError, "Nobody can log in"):
                change()

    def test_anonymous_reset_sends_no_mail(self):
        users = self.env["res.users"]
        if not hasattr(users, "reset_password"):
            return  # auth_signup is not installed: there is no reset
        self.agent.email = "attacker@example.net"
        before = self.env["mail.mail"].sudo().search_count([])
        for login in ("ip_event_bus", "attacker@example.net"):
            with self.assertRaisesRegex(UserError, "Nobody can log in"):
                users.sudo().reset_password(login)
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
        partner = self.agent.partner_id
        partner.signup_prepare(signup_type="reset")
        token = partner._generate_signup_token()
        with self.assertRaisesRegex(UserError, "Nobody can log in"):
            users.sudo().signup({"password": "new"}, token)
