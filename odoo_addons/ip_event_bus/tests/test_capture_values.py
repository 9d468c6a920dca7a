from datetime import datetime

from odoo.tests import tagged

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureValues(CaptureCase):
    """The format of values does not depend on who changes them."""

    def test_times_end_in_z_and_dates_are_days(self):
        self.watch("res.currency.rate", ["name", "create_date", "rate"])
        rate = self.env["res.currency.rate"].create(
            {
                "name": "2026-03-01",
                "rate": 1.25,
                "currency_id": self.env.ref("base.CHF").id,
            }
        )
        payload = self.only(self.commit())["payload"]
        self.assertEqual(payload["name"], "2026-03-01")
        self.assertEqual(payload["rate"], 1.25)
        self.assertRegex(
            payload["create_date"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$"
        )
        self.assertEqual(
            datetime.fromisoformat(payload["create_date"]).utcoffset().total_seconds(),
            0,
        )
        self.assertTrue(rate)

    def test_occurred_at_is_the_time_that_odoo_gives_the_change(self):
        partner = self.partner()
        partner.name = "Other"
        body = self.only(self.commit())
        occurred = datetime.fromisoformat(body["occurred_at"]).replace(tzinfo=None)
        self.assertLess(abs((occurred - partner.write_date).total_seconds()), 1)

    def test_relations_are_ids(self):
        self.watch("res.partner", ["country_id", "category_id"])
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        partner = self.partner()
        partner.write(
            {
                "country_id": self.env.ref("base.be").id,
                "category_id": [(6, 0, tags.ids[::-1])],
            }
        )
        body = self.only(self.commit())
        self.assertEqual(
            body["changed"],
            {
                "country_id": [None, self.env.ref("base.be").id],
                "category_id": [[], sorted(tags.ids)],
            },
        )
        partner.category_id = [(3, tags[0].id)]
        body = self.only(self.commit())
        self.assertEqual(
            body["changed"], {"category_id": [sorted(tags.ids), [tags[1].id]]}
        )

    def test_deleting_a_related_record_is_a_change_of_records_that_refer_to_it(self):
        self.watch("res.partner", ["name", "user_id", "category_id", "industry_id"])
        tag = self.env["res.partner.category"].create({"name": "A"})
        industry = self.env["res.partner.industry"].create({"name": "I"})
        self.partner(category_id=[(6, 0, tag.ids)], industry_id=industry.id)
        tag_id, industry_id = tag.id, industry.id
        tag.unlink()
        industry.unlink()
        body = self.only(self.commit())
        self.assertEqual(
            body["changed"],
            {"category_id": [[tag_id], []], "industry_id": [industry_id, None]},
        )

    def test_a_value_that_depends_on_the_company_is_that_of_the_records_company(self):
        self.watch("res.partner", ["name", "barcode"])
        here = self.env.company
        there = self.env["res.company"].create({"name": "There"})
        self.commit()
        partner = self.partner(company_id=there.id)
        partner.with_company(there).barcode = "T1"
        body = self.only(self.commit())
        self.assertEqual(body["company_id"], there.id)
        self.assertEqual(body["changed"], {"barcode": [None, "T1"]})
        partner.with_company(here).barcode = "H1"
        self.assertEqual(self.commit(), [])

    def test_values_of_a_shared_record_are_those_of_the_users_company(self):
        self.watch("res.partner", ["name", "barcode"])
        there = self.env["res.company"].create({"name": "There"})
        self.commit()
        partner = self.partner()
        for company in (self.env.company, there):
            partner.with_context(allowed_company_ids=company.ids).barcode = company.name
            body = self.only(self.commit())
            self.assertEqual(body["company_id"], company.id)
            self.assertEqual(body["changed"], {"barcode": [None, company.name]})

    def test_an_event_names_the_company_of_its_record(self):
        there = self.env["res.company"].create({"name": "There"})
        self.commit()
        partner = self.env["res.partner"].create({"name": "A", "company_id": there.id})
        self.assertEqual(self.only(self.commit())["company_id"], there.id)
        partner.company_id = False
        partner.name = "B"
        self.assertIsNone(self.only(self.commit())["company_id"])

    def test_a_change_by_a_user_who_may_not_read_the_field_is_captured(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal-capture",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.commit()
        partner = portal.partner_id.with_user(portal).sudo()
        partner.email = "portal@example.test"
        body = self.only(self.commit())
        self.assertEqual(body["uid"], portal.id)

    def test_reading_old_values_runs_no_pending_computation(self):
        self.rule.domain = "[('complete_name', '!=', False)]"
        partner = self.partner()
        field = partner._fields["complete_name"]
        for cached in (True, False):
            with self.subTest(cached=cached):
                partner.complete_name = "Stored"
                partner.flush_recordset()
                if not cached:
                    partner.invalidate_recordset()
                self.env.add_to_compute(field, partner)
                snapshot = self.rule._watch().read(partner)[partner.id]
                self.assertIn("Stored", snapshot.values)
                self.assertTrue(snapshot.matches)
                self.assertTrue(self.env.is_to_compute(field, partner))
                self.assertEqual(partner.complete_name, "Acme")

    def test_write_date_is_sent_and_is_no_change_of_its_own(self):
        self.watch("res.partner", ["name", "write_date"])
        partner = self.partner()
        partner.write({"name": "Acme"})
        self.assertEqual(self.commit(), [])
        partner.write({"name": "Other"})
        body = self.only(self.commit())
        self.assertIn("write_date", body["payload"])
        self.assertEqual(set(body["changed"]), {"name"})

    def test_an_event_that_is_too_large_is_sent_thin(self):
        self.watch("res.partner", ["name", "comment"])
        partner = self.partner()
        partner.comment = "<p>" + "x" * 300_000 + "</p>"
        self.env.cr.flush()
        event = self.env["ip.event"].search([])
        self.assertLess(len(event.body), 256 * 1024)
        body = self.only(self.commit())
        self.assertIs(body["thin"], True)
        self.assertEqual(body["payload"], {})
        self.assertIsNone(body["changed"], "too large as well, so unknown")
        partner.name = "Other"
        body = self.only(self.commit())
        self.assertIs(body["thin"], True)
        self.assertEqual(body["changed"], {"name": ["Acme", "Other"]})
        with self.env.cr.savepoint():
            partner.name = "Interim"
        partner.comment = False
        body = self.only(self.commit())
        self.assertNotIn("thin", body)
        self.assertEqual(body["payload"], {"comment": None, "name": "Interim"})
