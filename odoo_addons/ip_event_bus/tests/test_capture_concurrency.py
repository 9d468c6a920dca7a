import json

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureConcurrency(CaptureCase):
    """Concurrent transactions. Test cursors cannot do this, so these really commit."""

    def open(self):
        cr = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, {})

    def forget(self, env, partner_id):
        env.cr.rollback()
        env["res.partner"].browse(partner_id).unlink()
        env.cr.flush()
        env.cr.execute(
            "DELETE FROM ip_event WHERE model = 'res.partner' AND res_id = %s",
            [partner_id],
        )
        env.cr.commit()

    def test_the_second_writer_repeats_and_its_event_comes_second(self):
        first, second = self.open(), self.open()
        partner = first["res.partner"].create({"name": "Acme", "email": "a@x.test"})
        first.cr.commit()
        self.addCleanup(self.forget, first, partner.id)
        other = second["res.partner"].browse(partner.id)
        self.assertEqual(other.name, "Acme")  # its snapshot is taken here
        partner.email = "b@x.test"
        first.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            other.name = "Other"
            second.cr.commit()
        second.cr.rollback()
        second.transaction.reset()
        other.name = "Other"
        second.cr.commit()
        first.cr.execute(
            "SELECT op, body FROM ip_event WHERE model = 'res.partner' AND res_id = %s"
            " ORDER BY id",
            [partner.id],
        )
        created, emailed, renamed = [
            (op, json.loads(body)) for op, body in first.cr.fetchall()
        ]
        self.assertEqual(created[0], "created")
        self.assertEqual(emailed[1]["changed"]["email"], ["a@x.test", "b@x.test"])
        self.assertEqual(renamed[1]["changed"]["name"], ["Acme", "Other"])
        self.assertEqual(renamed[1]["payload"]["email"], "b@x.test")
        self.assertEqual(len({created[1]["tx"], emailed[1]["tx"], renamed[1]["tx"]}), 3)

    def test_writers_of_different_records_do_not_wait_for_each_other(self):
        first, second = self.open(), self.open()
        partners = [
            env["res.partner"].create({"name": "Acme"}) for env in (first, second)
        ]
        first.cr.commit()
        second.cr.commit()
        for env, partner in zip((first, second), partners, strict=True):
            self.addCleanup(self.forget, env, partner.id)
            env.cr.execute("SET LOCAL lock_timeout = '1s'")
            partner.name = "Other"
            env.cr.flush()
        first.cr.commit()
        second.cr.commit()

    def test_a_backfilled_event_never_has_older_values_than_a_live_one(self):
        live, backfill = self.open(), self.open()
        partner = live["res.partner"].create({"name": "Acme"})
        live.cr.commit()
        self.addCleanup(self.forget, live, partner.id)
        old = backfill["res.partner"].browse(partner.id)
        rule = backfill["ip.event.rule"].search([("model", "=", "res.partner")])
        self.assertEqual(old.name, "Acme")  # its snapshot is taken here
        partner.name = "Newer"
        live.cr.commit()
        with self.assertRaises(SerializationFailure):
            backfill["ip.event"]._emit(rule, old, "updated", source="backfill")
        backfill.cr.rollback()
        backfill.transaction.reset()
        event = backfill["ip.event"]._emit(rule, old, "updated", source="backfill")
        self.assertEqual(json.loads(event.body)["payload"]["name"], "Newer")
        live.cr.execute("SET LOCAL lock_timeout = '200ms'")
        with mute_logger("odoo.sql_db"), self.assertRaises(LockNotAvailable):
            partner.name = "Newest"
            live.cr.flush()
        live.cr.rollback()
        backfill.cr.rollback()

    def test_a_backfill_that_is_busy_is_paused_when_its_chunk_is_written(self):
        chunk, operator = self.open(), self.open()
        rule = chunk["ip.event.rule"].search([("model", "=", "res.partner")])
        job = chunk["ip.backfill"].create({"rule_id": rule.id})
        chunk.cr.commit()
        self.addCleanup(self.forget_job, chunk, job)
        job.try_lock_for_update().emitted = 1
        chunk.flush_all()
        paused = operator["ip.backfill"].browse(job.id)
        operator.cr.execute("SET LOCAL lock_timeout = '200ms'")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(LockNotAvailable),  # it waited; Odoo retries
        ):
            paused.action_pause()
            operator.flush_all()
        chunk.cr.commit()
        operator.cr.rollback()
        operator.transaction.reset()
        paused.action_pause()
        self.assertEqual((paused.state, paused.emitted), ("paused", 1))
        operator.cr.rollback()

    def forget_job(self, env, job):
        env.cr.rollback()
        job.unlink()
        env.cr.commit()
