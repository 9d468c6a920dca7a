from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .api_common import (
    APPLY,
    SignedCase,
    envelope,
)


@tagged("post_install", "-at_install")
class TestSecurityArguments(SignedCase):
    """Malicious or wrong bodies from a caller with key and signature."""

    def test_hostile_json_400(self):
        for raw in (
            "",
            "null",
            "[]",
            '"x"',
            "{",
            "\ufeff{}",
            '{"action": "a", "action": "b", "args": {}}',
            '{"action": "res.partner.update", "args": {"id": 1, "id": 2}}',
            '{"action": "bridge.ping", "args": {"x": NaN}}',
            '{"action": "bridge.ping", "args": {"x": -Infinity}}',
            '{"action": "bridge.ping", "args": {"x": 1e999}}',
            '{"action": "bridge.ping", "args": {"x": ' + "9" * 5000 + "}}",
            '{"action": "bridge.ping", "args": {"x": "\\ud800"}}',
            '{"action": "bridge.ping", "args": {"\\udfff": 1}}',
            '{"action": "bridge.ping", "args": {"x": "\\u0000"}}',
            '{"action": "bridge.ping", "args": {"x": ' + "[" * 40 + "]" * 40 + "}}",
            '{"action": "bridge.ping", "args": {"x": '
            + "[" * 90000
            + "]" * 90000
            + "}}",
        ):
            response = self.send(APPLY, raw.encode())
            self.assertRefused(response, 400, "bad_request")
        for raw in (
            b"\xff\xfe{}",
            b'{"action": "bridge.ping", "args": {"x": "\xc3\x28"}}',
        ):
            self.assertRefused(self.send(APPLY, raw), 400, "bad_request")

    def test_hostile_envelope_400(self):
        for wrong in (
            {"action": None},
            {"action": 1},
            {"action": ""},
            {"action": "a" * 300},
            {"action": "a b"},
            {"action": "a\nb"},
            {"action": "../x"},
            {"args": None},
            {"args": []},
            {"args": "x"},
            {"idempotency_key": ""},
            {"idempotency_key": 7},
            {"idempotency_key": "x" * 2001},
            {"correlation_id": "x"},
            {"correlation_id": 7},
            {"correlation_id": "\r\nx: y"},
            {"hop": -1},
            {"hop": True},
            {"hop": "1"},
            {"hop": 10**30},
        ):
            with self.subTest(wrong=wrong):
                body = {**envelope("bridge.ping", {}), **wrong}
                self.assertRefused(self.send(APPLY, body), 400, "bad_request")

    def test_hostile_arguments_400(self):
        for wrong in (
            {"id": "abc"},
            {"id": "01"},
            {"id": "1 "},
            {"id": "+1"},
            {"id": "١"},
            {"id": "99999999999"},
            {"id": False},
            {"id": [1]},
            {"id": True},
            {"id": None},
            {"id": 1.5},
            {"id": 0},
            {"id": -1},
            {"id": 2**31},
            {"id": 10**100},
            {"id": {"id": {"id": 1}}},
            {"values": None},
            {"values": {}},
            {"values": []},
            {"values": "x"},
            {"expect": []},
            {"expect": "x"},
            {"context": {"active_test": False}},
            {"__class__": 1},
        ):
            args = {"id": self.partner.id, "values": {"name": "X"}, **wrong}
            with self.subTest(wrong=wrong):
                response = self.apply("res.partner.update", args)
                self.assertRefused(response, 400, "bad_request")
        self.assertEqual(self.partner.name, "Acme")

    def test_fields_that_are_not_open_422_field_not_allowed(self):
        for name in (
            "bank_ids",
            "child_ids",
            "category_id",
            "user_ids",
            "signup_type",
            "credit_limit",
            "property_payment_term_id",
            "image_1920",
            "company_id",
            "active",
            "id",
            "create_uid",
            "no_such_field",
            "name.x",
            "__init__",
            "x" * 5000,
        ):
            for value in (1, [[0, 0, {}]], [[6, 0, [1]]]):
                response = self.update({name: value})
                body = self.assertRefused(response, 422, "field_not_allowed")
                self.assertLess(len(body["message"]), 401)

    def test_values_that_do_not_fit_422_validation_error(self):
        for values in (
            {"name": 1},
            {"name": ["x"]},
            {"name": {"en_US": "x"}},
            {"name": True},
            {"is_company": "yes"},
            {"is_company": None},
            {"parent_id": "x"},
            {"parent_id": [1, 2]},
            {"parent_id": [[6, 0, [1]]]},
            {"parent_id": {"id": 1, "name": "x"}},
            {"name": False},
            {"parent_id": True},
            {"parent_id": 10**10},
            {"parent_id": 2**31 - 1},
            {"parent_id": [1]},
            {"type": "no such type"},
            {"type": 1},
            {"lang": "xx_XX"},
            {"parent_id": self.partner.id},
        ):
            with self.subTest(values=values):
                self.assertRefused(self.update(values), 422, "validation_error")
        self.assertEqual(self.partner.name, "Acme")

    def test_unknown_names_422_unknown_action(self):
        for name in (
            "res.partner.unlink",
            "res.partner._compute_display_name",
            "res.partner.sudo",
            "res.partner.write",
            "ip.agent.actions._update",
            "_update",
            "update",
            "no.such.model.update",
            "__class__",
            "res.partner.update.update",
        ):
            response = self.apply(
                name, {"id": self.partner.id, "values": {"name": "X"}}
            )
            self.assertRefused(response, 422, "unknown_action")

    def test_models_that_are_not_open_403(self):
        for name in (
            "res.users.update",
            "ir.config_parameter.create",
            "res.bank.create",
        ):
            response = self.apply(name, {"id": 1, "values": {"name": "X"}})
            self.assertRefused(response, 403, "action_not_allowed")
        opened = self.env.ref("ip_event_bus.agent_model_partner")
        opened.allow_update = False
        self.assertRefused(self.update({"name": "X"}), 403, "action_not_allowed")
        opened.active = False
        response = self.apply("res.partner.create", {"values": {"name": "X"}})
        self.assertRefused(response, 403, "action_not_allowed")

    def test_opening_of_a_dangerous_model_or_field_is_refused(self):
        opened = self.env["ip.agent.model"]
        for model in (
            "ir.cron",
            "res.users",
            "ip.agent.model",
            "base.language.install",
        ):
            with self.assertRaises(ValidationError):
                opened.create({"model_id": self.env["ir.model"]._get_id(model)})
        partner = self.env.ref("ip_event_bus.agent_model_partner")
        get = self.env["ir.model.fields"]._get
        for field in (
            get("res.partner", "bank_ids"),
            get("res.partner", "image_1920"),
            get("res.partner", "user_ids"),
            get("res.partner", "write_uid"),
            get("res.partner", "complete_name"),
            get("res.bank", "name"),
        ):
            with self.assertRaises(ValidationError):
                partner.field_ids += field
        with self.assertRaises(ValidationError):
            opened.create(
                {
                    "model_id": self.env["ir.model"]._get_id("res.country"),
                    "allow_archive": True,
                }
            )

    def test_field_that_becomes_restricted_to_a_group_is_no_longer_open(self):
        opened = self.env.ref("ip_event_bus.agent_model_partner")
        field = self.env["res.partner"]._fields["ref"]
        self.assertApplied(self.update({"ref": "A2"}))
        with patch.object(field, "groups", "base.group_system"):
            self.env.registry.clear_cache()
            self.assertRefused(self.update({"ref": "A3"}), 422, "field_not_allowed")
            with self.assertRaises(ValidationError):
                opened._check_possible()
        self.env.registry.clear_cache()

    def test_defaults_exclude_bank_credit_and_portal_fields(self):
        opened = self.env["ip.agent.model"]._permissions()["res.partner"]
        for name in opened.fields:
            self.assertNotRegex(name, "bank|credit|signup|user|portal|property|token")
