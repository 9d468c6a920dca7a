from odoo import api, models

from .. import guard

# Who can log in, what they see, and where mail goes.
_REACHING = {"name", "email", "active", "parent_id", "is_company", "company_id"}


class ResPartner(models.Model):
    """Keeps generic actions from contacts of users and companies.

    The address of a user's contact receives the link that resets the password. What a
    portal user sees, and what a company sends and is paid, follows from its contact and
    from where that stands in the hierarchy of contacts.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        if guard.is_on():
            for vals in vals_list:
                self.browse(vals.get("parent_id") or ())._ip_check_reachable()
        return super().create(vals_list)

    def write(self, vals):
        if guard.is_on():
            self._ip_check_indirect(vals)
            if "parent_id" in vals or "is_company" in vals:
                for partner in self.sudo().with_context(active_test=False):
                    partner._ip_check_move(vals)
        return super().write(vals)

    def _update_address(self, vals):
        # It writes the addresses among these past the overrides of write().
        if guard.is_on():
            self._ip_check_indirect(set(self._address_fields()).intersection(vals))
        return super()._update_address(vals)

    def unlink(self):
        if guard.is_on():
            self._ip_check_reachable()
        return super().unlink()

    def _ip_check_reachable(self):
        """Refuses the contacts of users and companies, and those beneath them: Odoo
        copies their addresses upwards, and sends to them in place of their parent.

        :raise ApiError: 403
        """
        family = self._ip_with_ancestors()
        if family._ip_users() or family._ip_companies():
            raise guard.refused(
                "it is, or belongs to, the contact of a user or of one of your"
                " companies, which the bridge does not change; change it in Odoo"
            )

    def _ip_check_indirect(self, names):
        """The same for a write of these fields that another record's change led to."""
        users = not _REACHING.isdisjoint(names) and self._ip_users()
        if users or self._ip_companies():
            raise guard.refused(
                "it would change the contact of a user or of one of your companies,"
                " which the bridge does not do; change it in Odoo"
            )

    def _ip_check_move(self, vals):
        """Refuses to move a contact to where a login would see it, and one with a login
        beneath it: portal users see all beneath their company's contact.
        """
        parent = self.browse(vals.get("parent_id", self.parent_id.id) or ())
        is_company = bool(vals.get("is_company", self.is_company))
        if parent == self.parent_id and (is_company == self.is_company or not parent):
            return
        parent._ip_check_reachable()
        above = parent._ip_with_ancestors().commercial_partner_id
        seen_by = above and self.env["res.users"].search_count(
            [("partner_id.commercial_partner_id", "in", above.ids)], limit=1
        )
        below = self.search([("id", "child_of", self.ids)])
        if seen_by or below._ip_users() or below._ip_companies():
            raise guard.refused(
                "somebody who can log in would see other records if this contact moved;"
                " move it in Odoo"
            )

    def _ip_with_ancestors(self):
        found = partners = self.sudo().with_context(active_test=False)
        while partners:
            partners = partners.parent_id - found
            found |= partners
        return found

    def _ip_users(self):
        """Users that these contacts belong to, archived ones too."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return users.search([("partner_id", "in", self.ids)], limit=1)

    def _ip_companies(self):
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search([("partner_id", "in", self.ids)], limit=1)
