import json

from odoo import api, fields, models
from odoo.tools import SQL

from .. import retention
from ..api_error import ApiError


class IpApplyReceipt(models.Model):
    """The result of an action, returned when the same idempotency key comes again.

    A receipt is written in the transaction of its action. A failed action leaves none,
    so that it can be retried with the same key.
    """

    _name = "ip.apply.receipt"
    _description = "Action Receipt"
    _order = "id desc"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    action = fields.Char(required=True, readonly=True)
    body_sha256 = fields.Char(required=True, readonly=True)
    correlation_id = fields.Char(readonly=True, index=True)
    result = fields.Json(readonly=True)

    _key_uniq = models.Constraint(
        "unique(key)", "This idempotency key has already been used."
    )
    _create_date_idx = models.Index("(create_date)")

    @api.model
    def _reserve(self, calls):
        """Writes receipts for actions that are about to be applied.

        If another transaction has just written one, PostgreSQL waits for it to end and
        raises a serialization failure; Odoo then retries the request, which now sees
        the receipt. A unique violation, which the ORM would cause, would be reported as
        a permanent error.

        :return: the receipts that existed already, by key
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
        """The result of the first call.

        :raise ApiError: 422 if the key was used for something else
        """
        if self.body_sha256 != call.sha256():
            raise ApiError(
                422,
                "idempotency_key_reused",
                "this idempotency_key or event_id was already used for something else",
            )
        return self.result or {}

    @api.model
    def _store_results(self, results):
        """Stores results in the receipts that this transaction has written.

        :param results: by key; a receipt without a result is deleted, so that its
            action can be retried
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
        # The bridge retries for up to 30 days; dead letters may be requeued later.
        before = retention.limit(self.env, "ip.receipts.keep_days", 60, least=30)
        return retention.delete_old(
            self.search(
                [("create_date", "<", before)], limit=retention.BATCH, order="id"
            )
        )
