from odoo import api, fields, models


class IpEventRule(models.Model):
    """Adds *Bridge Events* to the action menu of each watched model."""

    _inherit = "ip.event.rule"

    action_id = fields.Many2one(
        "ir.actions.act_window", readonly=True, copy=False, ondelete="set null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._bind_menu()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals or "model_id" in vals:
            self._bind_menu()
        return result

    def unlink(self):
        self.sudo().action_id.unlink()
        return super().unlink()

    def _bind_menu(self):
        for rule in self.sudo():
            rule.action_id.unlink()
            if not rule.active:
                continue
            rule.action_id = (
                self.env["ir.actions.act_window"]
                .sudo()
                .create(
                    {
                        "name": self.env._("Bridge Events"),
                        "res_model": "ip.event",
                        "view_mode": "list,form",
                        "domain": f"[('model', '=', '{rule.model}'),"
                        " ('res_id', 'in', active_ids)]",
                        "context": "{'create': False}",
                        "binding_model_id": rule.model_id.id,
                        "binding_view_types": "list,form",
                        "group_ids": [
                            fields.Command.link(
                                self.env.ref("ip_event_bus.group_operator").id
                            )
                        ],
                    }
                )
            )
