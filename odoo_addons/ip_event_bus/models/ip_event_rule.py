from odoo import api, fields, models

# The hooks do not use these, so writing them need not clear the caches of all workers.
BOOKKEEPING = {
    "action_id",
    "known_since",
    "reconcile_error",
    "reconciled_at",
    "reconciled_found",
}


class IpEventRule(models.Model):
    """What to watch and send: a model, which operations, and which fields."""

    _name = "ip.event.rule"
    _description = "Event Rule"
    _order = "model"

    name = fields.Char(required=True)
    model_id = fields.Many2one(
        "ir.model",
        required=True,
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
        help="Every change to a record of this model becomes an event.",
    )
    model = fields.Char(
        "Model Name", related="model_id.model", store=True, index=True, readonly=True
    )
    active = fields.Boolean(default=True)
    on_create = fields.Boolean("When Created", default=True)
    on_write = fields.Boolean(
        "When Updated",
        default=True,
        help="An event is sent only if one of the selected fields changes; computed"
        " fields count as well.",
    )
    on_unlink = fields.Boolean("When Deleted", default=True)
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        help="The fields to send. Files, fields that are not stored and fields that are"
        " restricted to groups cannot be sent.",
    )
    field_types = fields.Json(readonly=True, copy=False)
    field_names = fields.Char(compute="_compute_field_names", string="Field Names")
    domain = fields.Char(
        default="[]",
        required=True,
        help="Only matching records are sent. A record that starts or stops matching is"
        " sent as updated.",
    )
    lang = fields.Selection(
        "_get_langs",
        "Language",
        required=True,
        default=lambda self: self._get_lang(),
        help="Translated texts are sent in this language, whoever changes them.",
    )
    state = fields.Selection(
        [("ok", "OK"), ("broken", "Broken")],
        default="ok",
        required=True,
        readonly=True,
    )
    broken_reason = fields.Char(readonly=True)

    _model_unique = models.Constraint(
        "unique(model_id)",
        "There is already a rule for this model; it may be archived.",
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
        rules._store_field_types()
        rules._clear_watch_cache()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "field_ids" in vals or "model_id" in vals:
            self._store_field_types()
        if not BOOKKEEPING.issuperset(vals):
            self._clear_watch_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self._clear_watch_cache()
        return result

    def action_accept(self):
        """Accepts the remaining fields, as they are now, as the fields to send."""
        self.check_access("write")
        for rule in self:
            rule.write({"field_ids": [fields.Command.set(rule.field_ids.ids)]})
        self._check_fields()

    def _clear_watch_cache(self):
        """Clears the cache of watches in all workers, now and after the commit.

        Now for this transaction; then because another thread may have filled it again.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    def _store_field_types(self):
        """Stores the names and types of the fields, to notice when one disappears."""
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
