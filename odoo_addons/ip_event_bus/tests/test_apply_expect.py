from odoo.tests import tagged

from .api_common import SignedCase


@tagged("post_install", "-at_install")
class TestApplyExpect(SignedCase):
    """An update can state the values that it expects to replace."""

    def test_expect_that_does_not_hold_409_stale(self):
        response = self.update({"name": "New"}, expect={"ref": "A2"})
        self.assertRefused(response, 409, "stale")
        self.assertEqual(self.partner.name, "Acme")
        self.assertApplied(
            self.update({"name": "New"}, expect={"ref": "A1", "email": None})
        )
        self.assertEqual(self.partner.name, "New")

    def test_expect_accepts_values_in_the_form_of_events(self):
        country = self.env.ref("base.be")
        self.partner.write({"country_id": country.id, "is_company": True})
        for expected in (
            {"country_id": country.id, "is_company": True, "comment": None},
            {"name": "Acme", "parent_id": None, "type": "contact", "email": ""},
        ):
            self.assertApplied(self.update({"ref": "A1"}, expect=expected))
        for expected in (
            {"country_id": country.id + 1},
            {"country_id": 2**31 - 1},
            {"country_id": None},
            {"is_company": False},
            {"name": None},
            {"name": "acme"},
        ):
            response = self.update({"ref": "A2"}, expect=expected)
            self.assertRefused(response, 409, "stale")
        for expected in ({"name": 1}, {"country_id": "be"}, {"is_company": "x"}):
            response = self.update({"ref": "A2"}, expect=expected)
            self.assertRefused(response, 422, "validation_error")
        self.assertEqual(self.partner.ref, "A1")

    def test_expect_reads_no_field_that_is_not_open(self):
        response = self.update({"name": "New"}, expect={"credit_limit": 0})
        self.assertRefused(response, 422, "field_not_allowed")

    def test_translated_texts_are_expected_and_written_in_the_language_of_events(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        field = self.env.ref("base.field_res_partner_category__name")
        values = {"model_id": field.model_id.id, "field_ids": field.ids}
        self.env["ip.event.rule"].create({"name": "Tags", "lang": "fr_FR", **values})
        self.env["ip.agent.model"].create({"allow_update": True, **values})
        tag = self.env["res.partner.category"].create({"name": "Customer"})
        french = tag.with_context(lang="fr_FR")
        french.name = "Client"
        args = {"id": tag.id, "values": {"name": "Acheteur"}}
        for expected in ("Customer", "Acheteur"):
            response = self.apply(
                "res.partner.category.update", {**args, "expect": {"name": expected}}
            )
            self.assertRefused(response, 409, "stale")
        response = self.apply(
            "res.partner.category.update", {**args, "expect": {"name": "Client"}}
        )
        self.assertApplied(response)
        self.assertEqual((french.name, tag.name), ("Acheteur", "Customer"))
