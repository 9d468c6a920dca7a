from odoo.tests import tagged

from ..closed import is_closed
from ..field_values import refused_reason
from .api_common import SignedCase

# By these, an action would reach rights, a login, money or mail.
REFUSED_FIELDS = {
    "res.partner": (
        "user_ids",  # the users themselves
        "main_user_id",
        "partner_share",
        "signup_type",
        "commercial_partner_id",
        "child_ids",
        "bank_ids",
        "message_partner_ids",  # who gets its mail
        "message_follower_ids",
        "message_ids",
        "message_bounce",
        "email_normalized",
        "activity_ids",
        "activity_user_id",
        "image_1920",
        "self",
    ),
    "account.move": (
        "partner_bank_id",  # where money goes
        "access_token",  # access without a login
        "access_url",
        "message_main_attachment_id",
        "invoice_line_ids",
    ),
    "account.journal": (
        "bank_account_id",
        "bank_acc_number",
        "bank_id",
        "alias_id",
        "alias_name",
        "alias_domain_id",
    ),
    "account.payment": ("partner_bank_id",),
    "sale.order": ("access_token", "order_line"),
    "product.template": ("message_partner_ids", "activity_user_id", "image_1920"),
}
CLOSED = (
    "account.lock_exception",
    "auth_totp.device",
    "base.automation",
    "discuss.channel",
    "fetchmail.server",
    "iap.account",
    "ir.actions.server",
    "ir.attachment",
    "ir.model.access",
    "ir.rule",
    "mail.activity",
    "mail.alias",
    "mail.followers",
    "mail.mail",
    "mail.message",
    "mail.template",
    "payment.provider",
    "payment.token",
    "res.bank",
    "res.company",
    "res.device",
    "res.groups",
    "res.partner.bank",
    "res.users",
    "res.users.apikeys",
    "res.users.settings",
    "sms.sms",
    "web_tour.tour",
)
BUSINESS = ("res.partner", "res.country", "res.partner.category", "res.currency.rate")


@tagged("post_install", "-at_install")
class TestSecurityModels(SignedCase):
    """No model and no field can be opened that reaches rights, logins or money."""

    def test_models_that_reach_further_are_closed_and_business_models_are_not(self):
        for model in CLOSED:
            if model in self.env:
                with self.subTest(model):
                    self.assertTrue(is_closed(self.env, model))
        for model in BUSINESS:
            self.assertFalse(is_closed(self.env, model))

    def test_fields_that_reach_further_cannot_be_opened(self):
        for name, fields in REFUSED_FIELDS.items():
            model = self.env.get(name)
            for field in fields if model is not None else ():
                if field in model._fields:
                    with self.subTest(f"{name}.{field}"):
                        self.assertTrue(refused_reason(model, model._fields[field]))

    def test_no_open_field_of_any_model_leads_to_a_closed_one(self):
        for name in self.env:
            model = self.env[name]
            if is_closed(self.env, name):
                continue
            for field in model._fields.values():
                if refused_reason(model, field):
                    continue
                with self.subTest(f"{name}.{field.name}"):
                    self.assertTrue(field.inherited or not field.related)
                    self.assertFalse(field.groups)
                    self.assertNotRegex(field.name, "token$|password|secret|signup")
                    self.assertNotRegex(
                        field.comodel_name or "",
                        r"^(ir|ip|mail|payment)\.|partner\.bank|^res\.groups|alias",
                    )

    def test_model_opened_before_it_was_closed_is_closed(self):
        opened = self.env.ref("ip_event_bus.agent_model_partner")
        self.env.cr.execute(
            "UPDATE ip_agent_model SET model = 'res.users', model_id = %s"
            " WHERE id = %s",
            [self.env["ir.model"]._get_id("res.users"), opened.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        agent = self.env.ref("ip_event_bus.agent_user")
        response = self.apply("res.users.archive", {"id": agent.id})
        self.assertRefused(response, 403, "action_not_allowed")
