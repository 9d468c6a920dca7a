import json

from odoo import api, fields, models
from odoo.tools import SQL

from .. import retention
from ..calls import Refused


class IpApplyReceipt(models.Model):
    """What became of an action: told, and not done again, to who has the same key.

    A receipt is written in the transaction of its action. What fails leaves none, so
    that it can be tried again with the same key.
    """

    _name = "ip.apply.receipt"
    _description = "Receipt of an applied action"
    _order = "id desc"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    action = fields.Char(required=True, readonly=True)
    body_sha256 = fields.Char(required=True, readonly=True)
    correlation_id = fields.Char(readonly=True, index=True)
    result = fields.Json(readonly=True)

    _key_uniq = models.Constraint("unique(key)", "The key was used already.")
    _create_date_idx = models.Index("(create_date)")

    @api.model
    def _take(self, calls):
        """Writes the receipts of actions that are about to be applied.

        If another transaction has just written one, PostgreSQL waits for its end and
        then fails with a serialization failure, upon which Odoo repeats the request,
        which now sees it. A unique violation, as the ORM would cause it, would be
        answered as a final refusal.

        :return: the receipts that were there before, by key
        """
        if not calls:
            return {}
        self.env.cr.execute(
            SQL(
                """
                insert into ip_apply_receipt (key, action, body_sha256, correlation_id,
                    create_uid, write_uid, create_date, write_date)
                select key, action, body_sha256, correlation_id, %(uid)s, %(uid)s,
                    now() at time zone 'UTC', now() at time zone 'UTC'
                from unnest(%(keys)s, %(actions)s, %(hashes)s, %(correlation_ids)s)
                    as call (key, action, body_sha256, correlation_id)
                on conflict (key) do nothing
                returning key
                """,
                uid=self.env.uid,
                keys=[call.key for call in calls],
                actions=[call.action for call in calls],
                hashes=[call.sha256() for call in calls],
                correlation_ids=[call.correlation_id for call in calls],
            ),
            log_exceptions=False,
        )
        new = {key for (key,) in self.env.cr.fetchall()}
        keys = [call.key for call in calls if call.key not in new]
        if not keys:
            return {}
        return {first.key: first for first in self.sudo().search([("key", "in", keys)])}

    def _result_for(self, call):
        """The result of the first time.

        :raise Refused: 422 if the key was used for something else
        """
        if self.body_sha256 != call.sha256():
            raise Refused(
                422,
                "idempotency_key_reused",
                "the idempotency_key or event_id was used for something else",
            )
        return self.result or {}

    @api.model
    def _settle(self, results):
        """Adds their results to receipts that this transaction has written.

        :param results: by key; a receipt without one goes, so that its action can be
            tried again
        """
        if not results:
            return
        failed = [key for key, result in results.items() if result is None]
        if failed:
            self.env.cr.execute(
                SQL("delete from ip_apply_receipt where key = any(%s)", failed)
            )
        self.env.cr.execute(
            SQL(
                """
                update ip_apply_receipt receipt set result = applied.result
                from unnest(%s, %s::jsonb[]) as applied (key, result)
                where receipt.key = applied.key
                """,
                list(results),
                [json.dumps(result) for result in results.values()],
            )
        )

    @api.autovacuum
    def _gc_receipts(self):
        # The bridge repeats a call within 30 days; people requeue dead letters later
        # than that.
        before = retention.limit(self.env, "ip.receipts.keep_days", 60, least=30)
        return retention.delete_old(
            self.search(
                [("create_date", "<", before)], limit=retention.BATCH, order="id"
            )
        )
