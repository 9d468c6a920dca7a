from odoo.tests import tagged

from .api_common import SignedCase


@tagged("post_install", "-at_install")
class TestApplyValues(SignedCase):
    """Values are taken as events send them and as Odoo's own read gives them."""

    def open(self, model, *names, **allowed):
        """Opens these fields of the model, besides those that are open."""
        fields = self.env["ir.model.fields"].search(
            [("model", "=", model), ("name", "in", names)]
        )
        self.assertEqual(len(fields), len(names))
        opened = self.env["ip.agent.model"].search([("model", "=", model)])
        if not opened:
            opened = opened.create(
                {"model_id": self.env["ir.model"]._get_id(model), **allowed}
            )
        opened.field_ids |= fields

    def test_false_is_empty_as_odoo_reads_it(self):
        self.open("res.partner", "color", "partner_latitude", "industry_id", "tz")
        industry = self.env["res.partner.industry"].create({"name": "I"})
        self.partner.write(
            {
                "ref": "A1",
                "comment": "<p>x</p>",
                "country_id": self.env.ref("base.be").id,
                "tz": "Europe/Paris",
                "color": 3,
                "partner_latitude": 1.5,
                "industry_id": industry.id,
            }
        )
        names = ("ref", "comment", "country_id", "tz", "color", "partner_latitude")
        for empty in (False, None):
            self.assertApplied(self.update(dict.fromkeys(names, empty)))
            for name in names:
                self.assertFalse(self.partner[name], name)
        self.assertApplied(
            self.update({"ref": "B"}, expect={**dict.fromkeys(names, False)})
        )

    def test_false_is_no_value_where_one_is_required(self):
        self.open("res.currency.rate", "name", "currency_id", allow_create=True)
        for values in ({"name": False}, {"currency_id": False}):
            response = self.apply("res.currency.rate.create", {"values": values})
            body = self.assertRefused(response, 422, "validation_error")
            self.assertIn("expected a value", body["message"])

    def test_record_is_named_by_its_id_in_any_form(self):
        belgium = self.env.ref("base.be")
        for form in (
            belgium.id,
            str(belgium.id),
            [belgium.id, "Belgium"],
            {"id": belgium.id, "display_name": "Belgium"},
        ):
            with self.subTest(form):
                self.partner.country_id = False
                self.assertApplied(self.update({"country_id": form}))
                self.assertEqual(self.partner.country_id, belgium)
                self.assertApplied(
                    self.update({"ref": "B"}, expect={"country_id": form})
                )

    def test_numbers_may_be_text(self):
        self.open("res.partner", "color", "partner_latitude")
        for values, color, latitude in (
            ({"color": "42", "partner_latitude": "50.5"}, 42, 50.5),
            ({"color": 7.0, "partner_latitude": 3}, 7, 3.0),
            ({"color": "-1", "partner_latitude": "-2"}, -1, -2.0),
        ):
            self.assertApplied(self.update(values))
            self.assertEqual(self.partner.color, color)
            self.assertEqual(self.partner.partner_latitude, latitude)
        for wrong in ("4 2", "0x10", "1e3", "", "٣", "4.5", 4.5, True, [4]):
            with self.subTest(wrong):
                self.assertRefused(
                    self.update({"color": wrong}), 422, "validation_error"
                )

    def test_ids_of_arguments_may_be_text_as_in_the_bridges_tables(self):
        text = str(self.partner.id)
        args = {"id": text, "values": {"name": "New"}}
        result = self.assertApplied(self.apply("res.partner.update", args))
        self.assertEqual(result, {"id": self.partner.id})
        args = {"model": "res.partner", "id": text, "body": "Hello"}
        self.assertApplied(self.apply("mail.message.post", args))
        company = str(self.env.company.id)
        self.assertApplied(self.update({"name": "Newer"}, company_id=company))
        self.assertApplied(self.apply("res.partner.archive", {"id": text}))
        self.assertFalse(self.partner.active)

    def test_payload_of_an_event_is_taken_as_it_is(self):
        parent = self.env["res.partner"].create({"name": "P", "is_company": True})
        tag = self.env["res.partner.category"].create({"name": "T"})
        self.partner.write(
            {
                "parent_id": parent.id,
                "category_id": tag.ids,
                "country_id": self.env.ref("base.be").id,
                "comment": "<p>x</p>",
            }
        )
        rule = self.env.ref("ip_event_bus.rule_res_partner")
        watch = rule._watch()
        snapshot = watch.read(self.partner)[self.partner.id]
        payload = watch.payload(self.env, snapshot)
        self.assertIn("complete_name", payload)
        self.assertIn("category_id", payload)
        changed = {**payload, "name": "Sent back", "phone": "1"}
        self.assertApplied(self.update(changed, expect=self.only_open(payload)))
        self.assertEqual(self.partner.name, "Sent back")
        for name, other in (("active", False), ("category_id", [])):
            response = self.update({**payload, name: other})
            self.assertRefused(response, 422, "field_not_allowed")

    def only_open(self, payload):
        opened = self.env["ip.agent.model"]._permissions()["res.partner"].fields
        return {name: value for name, value in payload.items() if name in opened}

    def test_tags_are_set_by_a_list_of_ids(self):
        self.open("res.partner", "category_id")
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        one, two = tags.ids
        for value, expected in (
            ([one, two], tags),
            ([two], tags[1]),
            ([str(one), {"id": two, "display_name": "B"}, one], tags),
            ([], tags.browse()),
            ([one], tags[0]),
            (None, tags.browse()),
            (False, tags.browse()),
        ):
            with self.subTest(value):
                self.assertApplied(self.update({"category_id": value}))
                self.assertEqual(self.partner.category_id, expected)
        args = {"values": {"name": "New", "category_id": [one]}}
        result = self.assertApplied(self.apply("res.partner.create", args))
        created = self.partner.browse(result["id"])
        self.assertEqual(created.category_id, tags[0])

    def test_tags_are_compared_as_a_set(self):
        self.open("res.partner", "category_id")
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.partner.category_id = tags
        tags[0].active = False
        for expected in (tags.ids, tags.ids[::-1]):
            values = {"ref": "B"}
            self.assertApplied(self.update(values, expect={"category_id": expected}))
        response = self.update({"ref": "C"}, expect={"category_id": tags[1].ids})
        self.assertRefused(response, 409, "stale")

    def test_commands_lines_and_files_are_refused_with_a_clear_message(self):
        self.open("res.partner", "category_id")
        tag = self.env["res.partner.category"].create({"name": "A"})
        gone = self.env["res.partner.category"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        for wrong in (
            [[6, 0, tag.ids]],
            [[4, tag.id]],
            [[0, 0, {"name": "New"}]],
            [{"name": "New"}],
            [0],
            [-1],
            [True],
            [tag.id, gone_id],
            {"id": tag.id},
            tag.id,
            "x",
        ):
            with self.subTest(wrong):
                response = self.update({"category_id": wrong})
                self.assertRefused(response, 422, "validation_error")
        self.assertFalse(self.partner.category_id)

    def test_lines_and_files_cannot_be_opened_and_the_message_says_why(self):
        opened = self.env.ref("ip_event_bus.agent_model_partner")
        for name, reason in (
            ("child_ids", "its lines are separate records; open their model"),
            ("image_1920", "fields of type binary cannot be written"),
        ):
            field = self.env["ir.model.fields"]._get("res.partner", name)
            with self.assertRaisesRegex(Exception, reason), self.env.cr.savepoint():
                opened.field_ids += field
            self.env.invalidate_all()
            response = self.update({name: []})
            self.assertRefused(response, 422, "field_not_allowed")

    def test_tags_that_the_integration_user_may_not_read_are_not_set(self):
        self.open("res.partner", "category_id")
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner.category"),
                "domain_force": f"[('id', '!=', {tags[1].id})]",
            }
        )
        self.assertApplied(self.update({"category_id": tags[0].ids}))
        response = self.update({"category_id": tags.ids})
        self.assertRefused(response, 422, "validation_error")
        self.assertEqual(self.partner.category_id, tags[0])
