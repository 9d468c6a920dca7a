import uuid

from odoo import api, fields, models

from .. import wire

# The key in cr.postcommit.data of what a transaction remembers until it ends. It
# survives the rollback of a savepoint, so readers check that its rows still exist.
TRANSACTION_DATA = "ip_event_bus"

COLUMNS = (
    "id",
    "event_id",
    "event_type",
    "model",
    "res_id",
    "op",
    "lane",
    "body",
    "company_id",
    "uid",
    "correlation_id",
    "hop",
    "xact",
    "source",
    "priority",
    "occurred_at",
    "rule_id",
    "state",
    "attempts",
)
ROWS = 200
INSERT = f"INSERT INTO ip_event ({', '.join(COLUMNS)}) VALUES %s"


class IpEvent(models.Model):
    """An outgoing event, written in the transaction that made the change.

    The body is built once; it is signed and sent unchanged, however often.
    """

    _name = "ip.event"
    _description = "Outgoing Event"
    _log_access = False
    _order = "id desc"
    _rec_name = "event_type"

    event_id = fields.Char(required=True, readonly=True, string="Event ID")
    event_type = fields.Char(required=True, readonly=True)
    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference("Record ID", model_field="model", readonly=True)
    op = fields.Selection(
        [
            ("created", "Created"),
            ("updated", "Updated"),
            ("deleted", "Deleted"),
            ("heartbeat", "Heartbeat"),
        ],
        "Operation",
        required=True,
        readonly=True,
    )
    lane = fields.Char(
        required=True,
        readonly=True,
        index=True,
        help="Events of the same lane are sent one after another.",
    )
    body = fields.Text(required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    uid = fields.Integer("User ID", readonly=True)
    correlation_id = fields.Char(required=True, readonly=True, index=True)
    hop = fields.Integer(
        readonly=True, help="How many times the chain of causes crossed the bridge."
    )
    xact = fields.Char("Transaction", readonly=True)
    source = fields.Selection(
        [("live", "Live"), ("backfill", "Backfill"), ("reconcile", "Reconciliation")],
        required=True,
        readonly=True,
        default="live",
    )
    priority = fields.Integer(readonly=True, help="Lower values are sent first.")
    occurred_at = fields.Datetime(required=True, readonly=True)
    rule_id = fields.Many2one("ip.event.rule", readonly=True, ondelete="set null")
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("sent", "Sent"),
            ("dead", "Dead"),
            ("discarded", "Discarded"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    attempts = fields.Integer(readonly=True, default=0)
    next_try_at = fields.Datetime("Next Attempt", readonly=True)
    last_status = fields.Integer(readonly=True)
    last_error = fields.Char(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    bridge_event_id = fields.Integer("ID on the Bridge", readonly=True)

    _event_id_unique = models.Constraint(
        "unique(event_id)", "An event with this ID already exists."
    )
    _pending_lane_idx = models.Index("(lane, id) WHERE state = 'pending'")
    _record_idx = models.Index("(model, res_id, id)")

    @api.model
    def _transaction_data(self):
        """What this transaction has emitted: see TRANSACTION_DATA."""
        return self.env.cr.postcommit.data.setdefault(
            TRANSACTION_DATA,
            {"correlation_id": str(uuid.uuid4()), "rows": {}, "created": set()},
        )

    @api.model
    def _insert(self, watch, drafts, source="live"):
        """Inserts drafts as events, in order.

        The ids are fetched first because each body contains its own.
        """
        if not drafts:
            return self.browse()
        cr = self.env.cr
        cr.execute(
            "SELECT nextval('ip_event_id_seq'), pg_current_xact_id()::text"
            " FROM generate_series(1, %s)",
            [len(drafts)],
        )
        numbers = cr.fetchall()
        db_uuid = self.env["ip.bridge"]._db_uuid()
        rows = [
            self._row(watch, draft, source, seq, xact, db_uuid)
            for draft, (seq, xact) in zip(drafts, numbers, strict=True)
        ]
        self._execute_rows(INSERT, rows)
        return self.browse(seq for seq, _xact in numbers)

    def _execute_rows(self, query, rows):
        """Like cr.execute_values, but does not log the values if it fails."""
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            self.env.cr.execute(
                query % ", ".join(["%s"] * len(some)), some, log_exceptions=False
            )

    def _correlation_id(self, cause):
        """The cause's; changes without an outside cause share one per transaction."""
        return (
            cause["correlation_id"]
            if cause
            else self._transaction_data()["correlation_id"]
        )

    def _row(self, watch, draft, source, seq, xact, db_uuid):
        cause = draft["cause"]
        hop = cause["hop"] if cause else 0
        correlation_id = self._correlation_id(cause)
        now = self.env.cr.now()
        event_type = f"{watch.model}.{draft['op']}"
        body = {
            "event_id": str(uuid.uuid4()),
            "event_type": event_type,
            "resource_id": draft["res_id"],
            "payload": draft["payload"],
            "changed": draft["changed"],
            "company_id": draft["company_id"],
            "uid": draft["uid"],
            "correlation_id": correlation_id,
            "occurred_at": wire.instant(now),
            "seq": seq,
            "db_uuid": db_uuid,
            "tx": xact,
        }
        if cause:
            body["origin"] = dict(cause)
        elif source != "live":
            body["origin"] = {"source": source, "hop": 0}
        return (
            seq,
            body["event_id"],
            event_type,
            watch.model,
            draft["res_id"],
            draft["op"],
            f"{watch.model}:{draft['res_id']}",
            wire.dump(body),
            draft["company_id"],
            draft["uid"],
            correlation_id,
            hop,
            xact,
            source,
            0 if source == "live" else 10,
            now,
            watch.rule_id,
            "pending",
            0,
        )
