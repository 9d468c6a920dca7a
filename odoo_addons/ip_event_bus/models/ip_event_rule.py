from odoo import api, fields, models

# What the hooks need not know: writing it leaves the caches of all workers alone.
BOOKKEEPING = {
    "action_id",
    "known_since",
    "reconcile_error",
    "reconciled_at",
    "reconciled_found",
}


class IpEventRule(models.Model):
    """What is watched: a model, what happens to its records, and what is sent."""

    _name = "ip.event.rule"
    _description = "Event Rule"
    _order = "model"

    name = fields.Char(required=True)
    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
        help="Each change of one of its records becomes an event.",
    )
    model = fields.Char(
        "Model Name", related="model_id.model", store=True, index=True, readonly=True
    )
    active = fields.Boolean(default=True)
    on_create = fields.Boolean("When Created", default=True)
    on_write = fields.Boolean(
        "When Updated",
        default=True,
        help="Only if one of the fields below changes, also one that is computed.",
    )
    on_unlink = fields.Boolean("When Deleted", default=True)
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        help="What is sent. Fields that only some groups may see, files and fields"
        " that are not stored are refused.",
    )
    field_types = fields.Json(readonly=True, copy=False)
    field_names = fields.Char(compute="_compute_field_names", string="Field Names")
    domain = fields.Char(
        default="[]",
        required=True,
        help="Only records that match are sent."
        " One that enters or leaves is sent as updated.",
    )
    lang = fields.Selection(
        "_get_langs",
        "Language",
        required=True,
        default=lambda self: self._get_lang(),
        help="In which language translated texts are sent, whoever changes them.",
    )
    state = fields.Selection(
        [("ok", "Works"), ("broken", "Broken")],
        default="ok",
        required=True,
        readonly=True,
    )
    broken_reason = fields.Char(readonly=True)

    _model_unique = models.Constraint(
        "unique(model_id)",
        "There is a rule for this model already; perhaps it is archived.",
    )

    @api.model
    def _get_langs(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _get_lang(self):
        return self.env.company.partner_id.lang or self.env.lang or "en_US"

    @api.depends("field_types")
    def _compute_field_names(self):
        for rule in self:
            rule.field_names = ", ".join(sorted(rule.field_types or {}))

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._remember_fields()
        rules._forget_watched()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "field_ids" in vals or "model_id" in vals:
            self._remember_fields()
        if not BOOKKEEPING.issuperset(vals):
            self._forget_watched()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_watched()
        return result

    def action_accept(self):
        """Sends from now on what is left of the fields, as they are now."""
        self.check_access("write")
        for rule in self:
            rule.write({"field_ids": [fields.Command.set(rule.field_ids.ids)]})
        self._check_fields()

    def _forget_watched(self):
        """Makes all workers ask again what is watched, now and once this is committed.

        Now for this transaction; then because another thread may have asked in between.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    def _remember_fields(self):
        """Keeps names and types of the fields, so that one that vanishes is missed."""
        for rule in self:
            super(IpEventRule, rule).write(
                {
                    "field_types": {
                        field.name: field.ttype
                        for field in rule.field_ids.sorted("name")
                    },
                    "state": "ok",
                    "broken_reason": False,
                }
            )
