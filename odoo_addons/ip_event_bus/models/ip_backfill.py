import ast
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

CHUNK = 500
# While this many events of a backfill are unsent, no more are written: the queue stays
# short, and the values are recent when they are sent.
MAX_UNSENT = 2000
PAUSE = timedelta(seconds=10)


class IpEvent(models.Model):
    _inherit = "ip.event"

    backfill_id = fields.Many2one(
        "ip.backfill", readonly=True, ondelete="set null", index="btree_not_null"
    )


class IpBackfill(models.Model):
    """Sends existing records as events, chunk by chunk, after all live events.

    Its position is stored in the transaction that writes the events of a chunk:
    whatever happens, it continues where it stopped, and sends no record twice.
    """

    _name = "ip.backfill"
    _description = "Backfill"
    _order = "id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "ip.event.rule", required=True, readonly=True, ondelete="cascade"
    )
    domain = fields.Char(readonly=True, default="[]", required=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    total = fields.Integer("Records", readonly=True)
    emitted = fields.Integer(
        "Queued", readonly=True, help="Records whose event has been written."
    )
    waiting = fields.Integer("To Be Sent", compute="_compute_waiting")
    progress = fields.Float("Progress (%)", compute="_compute_progress")
    rate = fields.Integer(
        "Records per Minute",
        readonly=True,
        help="0 means as fast as the bridge accepts them.",
    )
    after_id = fields.Integer(
        readonly=True, help="All records up to this ID have been processed."
    )
    last_id = fields.Integer(
        readonly=True, help="Records with a higher ID have their own events."
    )
    next_at = fields.Datetime("Next Chunk On", readonly=True)
    error = fields.Char(readonly=True)
    requested_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    ended_at = fields.Datetime("Ended On", readonly=True)

    @api.depends("total", "emitted", "state")
    def _compute_progress(self):
        for job in self:
            part = 100.0 * job.emitted / job.total if job.total else 0.0
            job.progress = 100.0 if job.state == "done" else min(part, 99.0)

    def _compute_waiting(self):
        for job in self:
            job.waiting = self.env["ip.event"].sudo().search_count(job._unsent_domain())

    def _unsent_domain(self):
        return [("state", "=", "pending"), ("backfill_id", "in", self.ids)]

    @api.model
    def _records(self, rule, domain):
        """The records that a rule watches, restricted by a further domain.

        :param domain: the further domain, as a string
        :return: the model, as superuser and with archived records; the combined domain
        """
        model = self.env[rule.model].sudo().with_context(active_test=False)
        return model, rule._get_domain() & Domain(ast.literal_eval(domain))

    @api.model
    def _cron_backfill(self):
        """Writes chunks of events until the scheduled action runs out of time."""
        commit = self.env["ir.cron"]._commit_progress
        left = 1
        try:
            while left > 0 and (job := self._due()):
                job._try_step()
                left = commit(1, remaining=1)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # An operator changed the job meanwhile.
            self.env.cr.rollback()
        self._schedule_next_run()
        commit(remaining=0)

    def _try_step(self):
        try:
            self._step()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Backfill %s failed", self.id)
            # Its message may contain data of a record.
            self._finish("failed", type(error).__name__)

    @api.model
    def _due(self):
        """The job to run next, locked; none while enough events are unsent."""
        job = self.search(
            [
                ("state", "=", "running"),
                "|",
                ("next_at", "=", False),
                ("next_at", "<=", fields.Datetime.now()),
            ],
            order="id",
            limit=1,
        )
        if (
            job
            and self.env["ip.event"].search_count(
                job._unsent_domain(), limit=MAX_UNSENT
            )
            >= MAX_UNSENT
        ):
            job.next_at = fields.Datetime.now() + PAUSE
            return self.browse()
        return job.try_lock_for_update()

    def _step(self):
        """Writes the next chunk's events, or ends the job."""
        if not self.rule_id.active:
            # Later changes to the records would not be sent.
            self._finish("failed", self.env._("The event rule is archived."))
            return
        model, domain = self._records(self.rule_id, self.domain)
        size = min(CHUNK, self.rate) if self.rate else CHUNK
        chunk = model.search(
            domain
            & Domain("id", ">", self.after_id)
            & Domain("id", "<=", self.last_id),
            order="id",
            limit=size,
        )
        if not chunk:
            self._finish("done")
            return
        events = self.env["ip.event"]._emit(
            self.rule_id, chunk, "updated", source="backfill"
        )
        events.write({"backfill_id": self.id})
        self.write(
            {
                "after_id": chunk[-1].id,
                "emitted": self.emitted + len(events),
                "next_at": fields.Datetime.now() + timedelta(minutes=size / self.rate)
                if self.rate
                else False,
            }
        )
        # The next chunk needs nothing that this one has read.
        self.env.flush_all()
        self.env.invalidate_all()

    def _finish(self, state, error=False):
        self.write(
            {
                "state": state,
                "error": error,
                "ended_at": fields.Datetime.now(),
                "next_at": False,
            }
        )

    @api.model
    def _schedule_next_run(self):
        """Schedules the next run for when the next chunk is due."""
        job = self.search(
            [("state", "=", "running")], order="next_at nulls first", limit=1
        )
        if job:
            self._wake(job.next_at)

    @api.model
    def _wake(self, at=None):
        cron = self.env.ref("ip_event_bus.cron_backfill").sudo()
        cron.with_context(ip_event_bus_wake=True)._trigger(at or None)

    def _change_state(self, states, state):
        """Changes the state of jobs, which their next chunk then sees.

        A chunk being written locks its job: this waits for it, fails to serialize and
        is retried by Odoo.
        """
        self.env["ip.bridge"]._require_operator()
        for job in self.sudo().filtered(lambda job: job.state in states):
            job.write({"state": state, "next_at": False})
            if state == "cancelled":
                job.ended_at = fields.Datetime.now()
            self.env["ip.bridge"]._log_operation(
                self.env._(
                    "Backfill of %(records)s: %(state)s.",
                    records=job.rule_id.name,
                    state=dict(self._fields["state"]._description_selection(self.env))[
                        state
                    ],
                )
            )
        self._wake()

    def action_pause(self):
        """Stops writing events; those already written are sent."""
        self._change_state(["running"], "paused")

    def action_resume(self):
        """Continues where it stopped, also after a failure."""
        self._change_state(["paused", "failed"], "running")

    def action_cancel(self):
        """Ends the job, and drops its events that are not sent yet."""
        self._change_state(["running", "paused", "failed"], "cancelled")
        unsent = self.env["ip.event"].sudo().search(self._unsent_domain())
        unsent.try_lock_for_update().write({"state": "superseded"})
