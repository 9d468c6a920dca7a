from unittest.mock import patch

from odoo.tests import tagged

from .api_common import SignedCase


@tagged("post_install", "-at_install")
class TestSecurityReach(SignedCase):
    """What is opened reaches no rights, no login, and no address of money or mail."""

    def refuse(self, name, args, status=403, code="forbidden"):
        return self.assertRefused(self.apply(f"res.partner.{name}", args), status, code)

    def user(self, login, group, **values):
        return self.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [(6, 0, self.env.ref(group).ids)],
                **values,
            }
        )

    def test_contacts_of_users_are_not_changed_whoever_the_user_is(self):
        agent = self.env.ref("ip_event_bus.agent_user")
        portal = self.user("portal-reach", "base.group_portal")
        archived = self.user("archived-reach", "base.group_portal")
        archived.active = False
        admin = self.env.ref("base.user_admin")
        for user in (agent, portal, archived, admin, self.env.ref("base.public_user")):
            with self.subTest(user.login):
                contact = user.partner_id
                before = contact.email, contact.name, contact.active
                for values in ({"email": "x@example.net"}, {"phone": "1"}):
                    self.refuse("update", {"id": contact.id, "values": values})
                self.refuse("archive", {"id": contact.id})
                self.refuse(
                    "create", {"values": {"name": "X", "parent_id": contact.id}}
                )
                self.assertEqual((contact.email, contact.name, contact.active), before)

    def test_refusal_comes_before_the_expected_values_are_compared(self):
        contact = self.user("oracle", "base.group_portal").partner_id
        for expected in ({"email": "oracle@example.com"}, {"email": "x@example.com"}):
            args = {"id": contact.id, "values": {"ref": "1"}, "expect": expected}
            self.refuse("update", args)

    def test_contacts_of_companies_and_beneath_them_are_not_changed(self):
        company = self.env.company.partner_id
        office = company.create({"name": "Office", "parent_id": company.id})
        desk = company.create({"name": "Desk", "parent_id": office.id})
        street = company.street
        for contact in (company, office, desk):
            args = {"id": contact.id, "values": {"street": "Elsewhere 1"}}
            self.refuse("update", args)
            values = {"name": "X", "type": "invoice", "parent_id": contact.id}
            self.refuse("create", {"values": values})
        self.refuse("archive", {"id": company.id})
        self.assertEqual(company.street, street)

    def test_address_does_not_travel_down_to_the_contact_of_a_company(self):
        company = self.env["res.company"].create({"name": "Subsidiary"})
        company.partner_id.parent_id = self.partner
        self.refuse("update", {"id": self.partner.id, "values": {"street": "X 1"}})
        self.assertFalse(company.partner_id.street)

    def test_contact_does_not_move_to_where_a_login_would_see_it(self):
        customer = self.partner.create({"name": "Customer", "is_company": True})
        login = self.user("seer", "base.group_portal")
        login.partner_id.parent_id = customer
        for parent in (customer, login.partner_id):
            values = {"parent_id": parent.id}
            self.refuse("update", {"id": self.partner.id, "values": values})
        self.assertFalse(self.partner.parent_id)
        # A new contact of a customer has nothing yet that the login would see.
        values = {"name": "New colleague", "parent_id": customer.id}
        self.assertApplied(self.apply("res.partner.create", {"values": values}))

    def test_login_does_not_move_to_where_it_would_see_others(self):
        home = self.partner.create({"name": "Home"})
        victim = self.partner.create({"name": "Victim", "is_company": True})
        login = self.user("mover", "base.group_portal")
        login.partner_id.parent_id = home
        args = {"id": home.id, "values": {"parent_id": victim.id}}
        self.refuse("update", args)
        home.write({"parent_id": victim.id, "is_company": True})
        before = login.partner_id.commercial_partner_id
        self.assertEqual(before, home)
        self.refuse("update", {"id": home.id, "values": {"is_company": False}})
        self.assertEqual(login.partner_id.commercial_partner_id, before)

    def test_ordinary_contacts_move_and_become_companies(self):
        customer = self.partner.create({"name": "Customer", "is_company": True})
        self.assertApplied(self.update({"parent_id": customer.id}))
        self.assertApplied(self.update({"is_company": True}))
        self.assertApplied(self.update({"parent_id": None}))
        login = self.user("colleague", "base.group_portal")
        login.partner_id.parent_id = customer
        values = {"email": "c@example.com", "street": "Main 1", "is_company": True}
        args = {"id": customer.id, "values": values}
        self.assertApplied(self.apply("res.partner.update", args))
        self.assertEqual(login.partner_id.street, "Main 1")
        self.assertEqual(login.partner_id.email, "colleague@example.com")

    def test_what_an_action_leads_to_is_refused_as_well(self):
        """As crm and hr do: an inverse writes to the contact, as the superuser."""
        login = self.user("indirect", "base.group_portal")
        bank = {"acc_number": "123", "partner_id": self.partner.id}
        account = self.env["res.partner.bank"].create({**bank, "acc_number": "9"})
        tag = self.env["res.partner.category"]
        self.env["ip.agent.model"].create(
            {
                "model_id": self.env["ir.model"]._get_id(tag._name),
                "allow_create": True,
                "field_ids": self.env.ref("base.field_res_partner_category__name").ids,
            }
        )
        original = type(tag).create
        for further in (
            lambda env: login.partner_id.with_env(env).write({"email": "x@x.net"}),
            lambda env: login.partner_id.with_env(env).write({"active": False}),
            lambda env: env.company.partner_id.write({"street": "Elsewhere"}),
            lambda env: login.with_env(env).write({"login": "other"}),
            lambda env: login.with_env(env).write({"password": "known"}),
            lambda env: env["res.users"].create({"name": "N", "login": "new"}),
            lambda env: env.ref("base.group_system").write({"user_ids": login.ids}),
            lambda env: env["res.groups"].create({"name": "G", "user_ids": login.ids}),
            lambda env: env["res.partner.bank"].create(bank),
            lambda env: account.with_env(env).write({"acc_number": "666"}),
            lambda env: account.with_env(env).unlink(),
        ):

            def create(records, vals_list, further=further):
                further(records.sudo().env)
                return original(records, vals_list)

            with patch.object(type(tag), "create", create):
                response = self.apply(
                    "res.partner.category.create", {"values": {"name": "T"}}
                )
            self.assertRefused(response, 403, "forbidden")
        self.assertEqual(login.partner_id.email, "indirect@example.com")
        self.assertEqual(account.acc_number, "9")
        # Outside an action, and renaming the holder of an account in one, go on.
        account.acc_number = "10"
        account.acc_holder_name = self.partner.name
        self.assertApplied(self.update({"name": "Renamed"}))
        self.assertEqual(account.acc_holder_name, "Renamed")

    def test_message_on_a_contact_of_a_user_goes_to_its_followers_only(self):
        login = self.user("noted", "base.group_portal")
        args = {"model": "res.partner", "id": login.partner_id.id, "body": "Hello"}
        result = self.assertApplied(self.apply("mail.message.post", args))
        message = self.env["mail.message"].browse(result["message_id"])
        self.assertFalse(message.partner_ids)
        self.assertNotIn(login.partner_id, message.notified_partner_ids)

    def test_addresses_names_and_links_are_single_lines_without_scripts(self):
        for values in (
            {"email": "a@example.com\r\nBcc: b@example.com"},
            {"email": "a@example.com\nBcc: b@example.com"},
            {"email": "a@example.com\x00".replace("\x00", "\x0b")},
            {"email": "a@example.com\u2028"},
            {"name": "Acme\r\nBcc: b@example.com"},
            {"website": "javascript:alert(1)"},
            {"website": " JavaScript:alert(1)"},
            {"website": "java\tscript:alert(1)"},
            {"website": "\u00a0java\u200bscript:0||alert(1)"},
            {"website": "vbscript:x"},
            {"website": "data:text/html,<script>1</script>"},
            {"website": "https://example.com/\r\nX: y"},
        ):
            with self.subTest(values=values):
                self.assertRefused(self.update(values), 422, "validation_error")
        for website in (
            "https://example.com/a?b=javascript:1",
            "example.com:8080/x",
            "//example.com",
            "example.com",
            "",
        ):
            with self.subTest(website):
                self.assertApplied(self.update({"website": website}))
        name = "JavaScript: The Good\tParts"
        self.assertApplied(self.update({"name": name, "email": '"A" <a@example.com>'}))
        self.assertEqual(self.partner.name, name)
