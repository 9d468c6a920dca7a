import hashlib
import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .. import wire
from ..delivery_result import DeliveryResult
from .ip_bridge_state import ACTIVITIES

_logger = logging.getLogger(__name__)

CHUNK = 500


class IpEventRule(models.Model):
    """Finds changes that no hook captured: made by SQL, by cascades in the database, or
    while the addon was uninstalled.

    The table ``ip_event_known`` keeps each record's write_date and the digest of its
    values. Records that differ now and have had no event since are sent with
    ``origin: reconcile``. A record and its event become visible together, so changes
    with an event in progress are not sent twice. Changes by SQL that leave write_date
    alone are not found.
    """

    _inherit = "ip.event.rule"

    known_since = fields.Datetime(
        "Tracked Since",
        readonly=True,
        copy=False,
        help="Missed changes can be found from this time on.",
    )
    reconciled_at = fields.Datetime(
        "Last Search for Missed Changes", readonly=True, copy=False
    )
    reconciled_found = fields.Integer("Missed Changes Found", readonly=True, copy=False)
    reconcile_error = fields.Char("Last Search Failed", readonly=True, copy=False)

    def write(self, vals):
        changed = not {"field_ids", "domain", "lang"}.isdisjoint(vals)
        # Changes made while a rule was broken are sent once it is repaired.
        restarted = self.filtered(lambda rule: changed and not rule._find_fault())
        result = super().write(vals)
        if restarted:
            # The digests are of other fields or records; there may be millions.
            self.env.cr.execute(
                "DELETE FROM ip_event_known WHERE rule_id = ANY(%s)", [restarted.ids]
            )
            self.env["ip.event.known"].invalidate_model()
            restarted.write({"known_since": False})
        return result

    def action_reconcile(self):
        """Searches for missed changes soon, in the background."""
        self.env["ip.bridge"]._require_operator()
        self.env.ref("ip_event_bus.cron_reconcile").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The search for missed changes has started. Its result will appear"
                    " in the rule."
                ),
            },
        }

    @api.model
    def _cron_reconcile(self):
        """Reconciles all rules, one chunk per transaction."""
        commit = self.env["ir.cron"]._commit_progress
        self._alarm_broken_rules()
        left = commit(remaining=self.search_count([]))
        for rule in self.search([], order="reconciled_at nulls first, id"):
            found, after = 0, 0
            while after is not None and left > 0:
                try:
                    some, after = rule._reconcile_chunk(after)
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    self.env.cr.rollback()
                    break
                except Exception as error:
                    self.env.cr.rollback()
                    _logger.exception(
                        "The records of rule %s cannot be compared", rule.id
                    )
                    # Its message may contain data of a record.
                    rule.reconcile_error = type(error).__name__
                    break
                found += some
                left = commit()
            else:
                if after is not None:  # out of time: the next run starts with this rule
                    return
                rule._note_reconciled(found)
            left = commit(1)

    @api.model
    def _alarm_broken_rules(self):
        """Alerts the responsible user while a rule is broken, or its last search for
        missed changes failed.
        """
        bridge = self.env["ip.bridge"]._get_bridge()
        broken = self._check_fields()
        failed = self.search([("reconcile_error", "!=", False)])
        kind = "rule_broken" if broken else "not_reconciled"
        names = ", ".join((broken or failed).mapped("name"))
        if names:
            bridge._alarm("rule", DeliveryResult(kind, detail=names))
        else:
            bridge.activity_feedback([ACTIVITIES["rule"]])

    def _note_reconciled(self, found):
        now = fields.Datetime.now()
        unsent = self.env["ip.event.gap"].search_count([("model", "=", self.model)])
        self.write(
            {
                "reconcile_error": self.env._(
                    "Changes that could not be sent: %s.", unsent
                )
                if unsent
                else False,
                "reconciled_at": now,
                "reconciled_found": found,
                "known_since": self.known_since or now,
            }
        )
        if found:
            _logger.warning(
                "%s changes of %s had no event and are being sent now",
                found,
                self.model,
            )

    def _reconcile_chunk(self, after):
        """Compares some records with their digests.

        :param after: the ID to continue after; 0 at first
        :return: how many events were missing, and the next such ID; None at the end
        """
        self.ensure_one()
        self.env.flush_all()
        watch = self._watch()
        found, more = 0, False
        if not after:
            for some, full in (self._reconcile_gaps(watch), self._reconcile_deleted()):
                found, more = found + some, more or full
        if not more:
            some, after = self._reconcile_changed(watch, after)
            found += some
        self.env.flush_all()
        self.env.invalidate_all()
        return found, after

    def _reconcile_deleted(self):
        """Emits the known records that no longer exist."""
        rows = self.env.execute_query(
            SQL(
                """select k.res_id, k.digest from ip_event_known k
                    where k.rule_id = %s
                      and not exists (select from %s r where r.id = k.res_id)
                    order by k.res_id limit %s""",
                self.id,
                self._sql_table(),
                CHUNK,
            )
        )
        ids = [res_id for res_id, _digest in rows]
        watched = [res_id for res_id, digest in rows if digest]
        sent = self._with_deleted_event(watched)
        found = self._send_deleted([res_id for res_id in watched if res_id not in sent])
        if ids:
            self.env.cr.execute(
                "DELETE FROM ip_event_known WHERE rule_id = %s AND res_id = ANY(%s)",
                [self.id, ids],
            )
        return found, len(rows) == CHUNK

    def _reconcile_changed(self, watch, after):
        """Emits the records that are new or changed, unless they had an event."""
        rows = self.env.execute_query(
            SQL(
                """select r.id, %(date)s, k.res_id is not null, k.digest, exists
                (select from ip_event e where e.model = %(model)s and e.res_id = r.id
                and e.occurred_at >= coalesce(%(date)s, '-infinity')) from %(table)s r
                left join ip_event_known k on k.rule_id = %(rule)s and k.res_id = r.id
                where r.id > %(after)s and (k.res_id is null
                or k.changed_at is distinct from %(date)s)
                order by r.id limit %(limit)s""",
                model=self.model,
                table=self._sql_table(),
                date=self._sql_write_date(),
                rule=self.id,
                after=after,
                limit=CHUNK,
            )
        )
        snapshots = watch.read(self.env[self.model].browse(row[0] for row in rows))
        new, changed, known = [], [], []
        for res_id, write_date, was_known, before, sent in rows:
            if res_id not in snapshots:
                continue
            digest = self._digest(watch, snapshots[res_id])
            known.append((self.id, res_id, write_date, digest))
            if sent or not self.known_since or digest == (before or ""):
                continue
            (changed if was_known else new).append(res_id)
        found = self._send("created", new) + self._send("updated", changed)
        self._remember(known)
        return found, rows[-1][0] if len(rows) == CHUNK else None

    def _remember(self, known):
        if known:
            self.env.cr.execute_values(
                "INSERT INTO ip_event_known (rule_id, res_id, changed_at, digest)"
                " VALUES %s"
                " ON CONFLICT (rule_id, res_id) DO UPDATE"
                " SET changed_at = excluded.changed_at, digest = excluded.digest",
                known,
            )

    def _with_deleted_event(self, ids):
        rows = self.env.execute_query(
            SQL(
                "select res_id from ip_event"
                " where model = %s and res_id = any(%s) and op = 'deleted'",
                self.model,
                ids,
            )
        )
        return {row[0] for row in rows}

    def _sql_write_date(self):
        """Null if the model has none: then only new and deleted records are found."""
        exists = self.env[self.model]._log_access
        return SQL("r.write_date") if exists else SQL("null::timestamp")

    def _digest(self, watch, snapshots):
        """The digest of the values to send; empty if the record is not sent."""
        if not snapshots.matches:
            return ""
        payload = watch.payload(self.sudo().env, snapshots)
        own = [snapshots.values[watch.reads.index(name)] for name in watch.translated]
        texts = {
            lang: texts
            for lang, texts in snapshots.texts.items()
            if list(texts) != own
        }
        if texts:
            payload = {**payload, "@": texts}
        return hashlib.sha256(wire.dump(payload).encode()).hexdigest()
