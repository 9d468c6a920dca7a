from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from .. import retention
from ..calls import Refused


class IpApplyReceipt(models.Model):
    """What became of an action: whoever asks again with the same key is told, and nothing is done.

    A receipt is written in the transaction of its action. What fails leaves none, so that it can
    be tried again with the same key.
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
    def _take(self, call):
        """Writes the receipt of an action that is about to be applied.

        If another transaction has just written it, PostgreSQL waits for its end and then fails
        with a serialization failure, upon which Odoo repeats the request, which now sees it. A
        unique violation, as the ORM would cause it, would be answered as a final refusal.

        :return: whether it is new, and else the result of the first time
        :raise Refused: 422 if the key was used for something else
        """
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                insert into ip_apply_receipt (key, action, body_sha256, correlation_id,
                    create_uid, write_uid, create_date, write_date)
                values (%s, %s, %s, %s, %s, %s,
                    now() at time zone 'UTC', now() at time zone 'UTC')
                on conflict (key) do nothing
                returning id
                """,
                call.key,
                call.action,
                call.sha256(),
                call.correlation_id,
                self.env.uid,
                self.env.uid,
            ),
            log_exceptions=False,
        )
        if cr.fetchone():
            return True, None
        first = self.sudo().search([("key", "=", call.key)])
        if first.body_sha256 != call.sha256():
            raise Refused(
                422,
                "idempotency_key_reused",
                "the idempotency_key or event_id was used for something else",
            )
        return False, first.result

    @api.model
    def _keep(self, call, result):
        """Adds the result to the receipt that this transaction has written."""
        self.env.cr.execute(
            SQL(
                "update ip_apply_receipt set result = %s where key = %s",
                Json(result),
                call.key,
            )
        )

    @api.autovacuum
    def _gc_receipts(self):
        # The bridge repeats a call within 30 days; people requeue dead letters later than that.
        before = retention.limit(self.env, "ip.receipts.keep_days", 60, least=30)
        return retention.delete_old(
            self.search(
                [("create_date", "<", before)], limit=retention.BATCH, order="id"
            )
        )
