from odoo.tests import tagged

from .reconcile_common import ReconcileCase


@tagged("post_install", "-at_install")
class TestCaptureTranslations(ReconcileCase):
    """A text that changes in any language is a change, in whichever the rule is."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.tags = self.watch("res.partner.category", ["name"], lang="fr_FR")
        self.tag = self.env["res.partner.category"].create({"name": "Customer"})
        self.french = self.tag.with_context(lang="fr_FR")
        self.english = self.tag.with_context(lang="en_US")
        self.reconcile()
        self.commit()

    def changed(self):
        body = self.only(self.commit())
        self.assertEqual(body["event_type"], "res.partner.category.updated")
        self.assertEqual(body["payload"], {"name": self.texts_of_the_rule()})
        return body["changed"]

    def texts_of_the_rule(self):
        return self.tag.with_context(lang=self.tags.lang).name

    def test_text_is_sent_in_the_rules_language(self):
        self.french.name = "Client"
        self.assertEqual(self.changed(), {"name": ["Customer", "Client"]})
        self.french.color = 3
        self.assertEqual(self.commit(), [])

    def test_text_that_changes_in_another_language_alone_is_an_event(self):
        self.french.name = "Client"
        self.commit()
        self.english.name = "Buyer"
        self.assertEqual(self.changed(), {"name@en_US": ["Customer", "Buyer"]})
        self.english.name = "Buyer"
        self.assertEqual(self.commit(), [])
        self.tags.lang = "en_US"
        self.french.name = "Acheteur"
        self.assertEqual(self.changed(), {"name@fr_FR": ["Client", "Acheteur"]})

    def test_language_without_a_translation_follows_and_is_not_told_twice(self):
        self.tags.lang = "en_US"
        self.english.name = "Buyer"
        self.assertEqual(self.changed(), {"name": ["Customer", "Buyer"]})

    def test_translations_that_a_user_enters_in_the_dialog_are_events(self):
        self.tag.update_field_translations("name", {"fr_FR": "Client"})
        self.assertEqual(self.changed(), {"name": ["Customer", "Client"]})
        self.tags.lang = "en_US"
        self.tag.update_field_translations("name", {"fr_FR": "Acheteur"})
        self.assertEqual(self.changed(), {"name@fr_FR": ["Client", "Acheteur"]})
        self.tag.update_field_translations("name", {"fr_FR": False})
        self.assertEqual(self.changed(), {"name@fr_FR": ["Acheteur", "Customer"]})

    def test_savepoints_in_between_do_not_split_the_change(self):
        self.tags.lang = "en_US"
        with self.env.cr.savepoint():
            self.french.name = "Interim"
        self.french.name = "Client"
        self.assertEqual(self.changed(), {"name@fr_FR": ["Customer", "Client"]})
        with self.env.cr.savepoint():
            self.french.name = "Interim"
        self.french.name = "Client"
        self.assertEqual(self.commit(), [])

    def test_translation_by_sql_is_found_and_one_that_is_the_same_is_not(self):
        self.tags.lang = "en_US"
        self.reconcile()
        self.commit()
        change = (
            "UPDATE res_partner_category SET name = name || %s::jsonb,"
            " write_date = write_date + interval '1 second' WHERE id = %s"
        )
        self.by_sql(change, '{"fr_FR": "Client"}', self.tag.id)
        found = [("res.partner.category.updated", self.tag.id, "reconcile")]
        self.assertEqual(self.found(), found)
        self.by_sql(change, '{"fr_FR": "Client"}', self.tag.id)
        self.assertEqual(self.found(), [])

    def test_language_that_is_activated_is_no_change(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.by_sql(
            "UPDATE res_partner_category SET color = 5,"
            " write_date = write_date + interval '1 second' WHERE id = %s",
            self.tag.id,
        )
        self.assertEqual(self.found(), [])
        self.tag.with_context(lang="de_DE").name = "Kunde"
        self.assertEqual(self.changed(), {"name@de_DE": ["Customer", "Kunde"]})

    def test_reconciled_change_is_unknown_rather_than_empty(self):
        self.sql_rename(self.partners[0], "By SQL")
        self.env["ip.event.gap"].create(
            {"model": "res.partner", "res_id": self.partners[1].id, "op": "touched"}
        )
        self.by_sql("DELETE FROM res_partner WHERE id = %s", self.partners[2].id)
        self.reconcile()
        changed = {body["resource_id"]: body["changed"] for body in self.commit()}
        one, two, gone = self.partners.ids
        self.assertEqual(changed, {one: None, two: None, gone: {}})

    def test_change_by_sql_that_leaves_write_date_alone_is_not_found(self):
        """As the documentation says: it is the limit of the search."""
        self.by_sql(
            "UPDATE res_partner SET name = 'Unnoticed' WHERE id = %s",
            self.partners[0].id,
        )
        self.assertEqual(self.found(), [])
