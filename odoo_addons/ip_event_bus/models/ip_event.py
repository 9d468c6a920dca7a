import uuid
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from .. import origin, wire

# What a transaction remembers until it ends; cr.postcommit.data outlives savepoints, so
# that whoever reads it checks whether the rows named here are still there.
MEMORY = "ip_event_bus"

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
    """An event on its way out: written in the transaction that made the change.

    The body is built once; what is signed and sent, however often, is this text.
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
        [("created", "Created"), ("updated", "Updated"), ("deleted", "Deleted")],
        "Operation",
        required=True,
        readonly=True,
    )
    lane = fields.Char(
        required=True,
        readonly=True,
        index=True,
        help="Events of one lane are sent one after the other.",
    )
    body = fields.Text(required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    uid = fields.Integer("User ID", readonly=True)
    correlation_id = fields.Char(required=True, readonly=True, index=True)
    hop = fields.Integer(readonly=True, help="How many changes it took to get here.")
    xact = fields.Char("Transaction", readonly=True)
    source = fields.Selection(
        [("live", "Live"), ("backfill", "Backfill"), ("reconcile", "Reconciliation")],
        required=True,
        readonly=True,
        default="live",
    )
    priority = fields.Integer(readonly=True, help="0 is sent before 10.")
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
    next_try_at = fields.Datetime(readonly=True)
    last_status = fields.Integer(readonly=True)
    last_error = fields.Char(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    bridge_event_id = fields.Integer("ID at the bridge", readonly=True)

    _event_id_unique = models.Constraint(
        "unique(event_id)", "An event with this id exists already."
    )
    _pending_lane_idx = models.Index("(lane, id) WHERE state = 'pending'")
    _record_idx = models.Index("(model, res_id, id)")

    @api.model
    def _emit(self, rule, records, op, source, payloads=None):
        """Writes one event a record that no hook has seen, and wakes the dispatcher.

        :param rule: the ip.event.rule that says which fields are sent
        :param records: of the rule's model; they need not exist if ``payloads`` has
            them all
        :param op: created, updated or deleted
        :param source: backfill or reconcile
        :param payloads: {id: {field: value}}; what is missing is read from the records
        :return: the new events
        """
        watch = rule._watch()
        payloads = dict(payloads or {})
        unread = records.browse(set(records.ids).difference(payloads))
        self._hold(unread)
        facts = watch.read(unread)
        drafts = []
        for res_id in records.ids:
            company_id = None
            if res_id in facts:
                payloads[res_id] = watch.payload(self.sudo().env, facts[res_id])
                company_id = facts[res_id].company_id
            if res_id not in payloads:
                continue  # it was deleted meanwhile, which is an event of its own
            drafts.append(
                {
                    "res_id": res_id,
                    "op": op,
                    "payload": payloads[res_id],
                    "changed": {},
                    "company_id": company_id,
                    "uid": self.env.uid,
                    "cause": origin.cause(),
                }
            )
        events = self._insert(watch, drafts, source)
        if events:
            self._wake()
        return events

    @api.model
    def _hold(self, records):
        """Makes sure that nobody changes the records before this transaction ends.

        Otherwise the event of such a change could have a lower number than ours, and
        the values that we have read would be sent last. What was changed since this
        transaction began raises a serialization failure, upon which it is repeated.
        """
        if records:
            self.env.cr.execute(
                SQL(
                    "select from %s where id in %s for share",
                    SQL.identifier(records._table),
                    records._ids,
                ),
                log_exceptions=False,
            )

    @api.model
    def _memory(self):
        """What this transaction emitted: see MEMORY."""
        return self.env.cr.postcommit.data.setdefault(
            MEMORY,
            {"correlation_id": str(uuid.uuid4()), "rows": {}, "created": set()},
        )

    @api.model
    def _insert(self, watch, drafts, source="live"):
        """Inserts drafts as events, in their order.

        The ids are drawn first because each body tells its own.
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
        """As cr.execute_values, but nothing is logged of the values if it fails."""
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            self.env.cr.execute(
                query % ", ".join(["%s"] * len(some)), some, log_exceptions=False
            )

    def _correlation_id(self, cause):
        """The cause's; changes that nobody outside caused share one a transaction."""
        return cause["correlation_id"] if cause else self._memory()["correlation_id"]

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

    @api.model
    def _wake(self):
        """Triggers the dispatcher once a transaction, unless a savepoint undid that."""
        memory = self._memory()
        if "due" in memory:
            memory["due"] = True
            return
        cron = self.env.ref("ip_event_bus.cron_dispatch", raise_if_not_found=False)
        if not cron:
            return
        trigger = self.env["ir.cron.trigger"].sudo().browse(memory.get("trigger"))
        if not trigger.exists():
            trigger = cron.sudo().with_context(ip_event_bus_wake=True)._trigger()
            memory["trigger"] = trigger.id

    @contextmanager
    def _waking_once(self):
        """Puts the waking off until what is done inside, with its savepoints, is done.

        What raises undoes the transaction, and there is nothing to wake for.
        """
        memory = self._memory()
        memory["due"] = False
        yield
        if memory.pop("due"):
            self._wake()
