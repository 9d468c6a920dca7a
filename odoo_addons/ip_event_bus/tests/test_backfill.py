from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .capture_common import CaptureCase

MODULE = "odoo.addons.ip_event_bus.models.ip_backfill"


@tagged("post_install", "-at_install")
class TestBackfill(CaptureCase):
    """Existing records are sent once each, after live events, and resumably."""

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create(
            [{"name": f"Old {number}", "ref": "backfill"} for number in range(7)]
        )
        self.commit()
        self.chunk = self.startPatcher(patch(f"{MODULE}.CHUNK", 3))

    def job(self, domain="[('ref', '=', 'backfill')]", **values):
        wizard = self.env["ip.backfill.wizard"].create(
            {"rule_id": self.rule.id, "domain": domain, **values}
        )
        return self.env["ip.backfill"].browse(wizard.action_start()["res_id"])

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("ip_event_bus.cron_backfill").method_direct_trigger()
        self.env.invalidate_all()

    def sent(self):
        return [body["resource_id"] for body in self.commit()]

    def test_the_wizard_counts_before_anything_is_sent(self):
        wizard = self.env["ip.backfill.wizard"].create(
            {"rule_id": self.rule.id, "domain": "[('ref', '=', 'backfill')]"}
        )
        self.assertEqual(wizard.count, 7)
        self.assertEqual(self.commit(), [])

    def test_each_record_is_sent_once_with_all_its_fields(self):
        self.partners[2].active = False
        self.commit()
        job = self.job()
        self.run_cron()
        events = self.env["ip.event"].search([])
        self.assertEqual(set(events.mapped("priority")), {10})
        self.assertEqual(events.backfill_id, job)
        bodies = self.commit()
        self.assertEqual([body["resource_id"] for body in bodies], self.partners.ids)
        self.assertEqual(bodies[0]["event_type"], "res.partner.updated")
        self.assertEqual(bodies[0]["payload"]["name"], "Old 0")
        self.assertEqual(bodies[0]["origin"], {"source": "backfill", "hop": 0})
        self.assertIsNone(bodies[0]["changed"], "unknown")
        self.assertEqual((job.state, job.emitted, job.progress), ("done", 7, 100.0))

    def test_a_crash_between_two_chunks_continues_where_it_stopped(self):
        job = self.job()
        job._step()
        self.assertEqual(self.sent(), self.partners.ids[:3])
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[3:])
        self.assertEqual(job.emitted, 7)

    def test_a_step_that_fails_leaves_nothing_of_it_and_can_be_resumed(self):
        job = self.job()
        job._try_step()
        events = type(self.env["ip.event"])
        real = events._emit

        def emit(events, *args, **kwargs):
            real(events, *args, **kwargs)
            raise RuntimeError("no memory")

        # A test has only one transaction, so this rolls back to a savepoint.
        savepoint = self.env.cr.savepoint()
        with (
            patch.object(events, "_emit", emit),
            patch.object(self.env.cr, "rollback", savepoint.rollback),
            mute_logger(MODULE),
        ):
            job._try_step()
        savepoint.close(rollback=False)
        self.assertEqual((job.state, job.error), ("failed", "RuntimeError"))
        self.assertEqual(self.sent(), self.partners.ids[:3])
        job.action_resume()
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[3:])
        self.assertEqual(job.state, "done")

    def test_a_paused_backfill_writes_no_events_and_a_resumed_one_continues(self):
        job = self.job()
        job._step()
        job.action_pause()
        self.sent()
        self.run_cron()
        self.assertEqual(self.sent(), [])
        job.action_resume()
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[3:])

    def test_cancelling_drops_its_own_events_and_no_others(self):
        other = self.job(f"[('id', '=', {self.partners[6].id})]")
        other._step()
        job = self.job()
        job._step()
        self.partners[0].name = "Live"
        self.env.cr.flush()
        job.action_cancel()
        pending = self.env["ip.event"].search([("state", "=", "pending")])
        self.assertEqual(
            sorted((event.source, event.res_id) for event in pending),
            [("backfill", self.partners[6].id), ("live", self.partners[0].id)],
        )
        self.run_cron()
        self.assertEqual(job.state, "cancelled")

    def test_while_enough_events_are_unsent_no_more_are_written(self):
        job = self.job()
        self.startPatcher(patch(f"{MODULE}.MAX_UNSENT", 3))
        self.run_cron()
        self.assertEqual(job.emitted, 3)
        self.assertGreater(job.next_at, fields.Datetime.now())
        trigger = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("ip_event_bus.cron_backfill").id)],
            order="call_at desc",
            limit=1,
        )
        self.assertGreaterEqual(trigger.call_at, job.next_at)
        self.sent()
        job.next_at = False
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[3:6])

    def test_a_rate_sets_when_the_next_chunk_is_due(self):
        job = self.job(rate=2)
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[:2])
        self.assertGreater((job.next_at - fields.Datetime.now()).total_seconds(), 50)

    def test_a_job_with_a_rate_does_not_hold_up_one_without(self):
        slow, fast = self.job(rate=2), self.job()
        slow.next_at = fields.Datetime.add(fields.Datetime.now(), minutes=30)
        self.assertFalse(fast.next_at)
        cron = self.env.ref("ip_event_bus.cron_backfill")
        triggers = self.env["ir.cron.trigger"].search
        triggers([("cron_id", "=", cron.id)]).unlink()
        self.env["ip.backfill"]._schedule_next_run()
        woken = triggers([("cron_id", "=", cron.id)])
        self.assertEqual(len(woken), 1)
        self.assertLessEqual(woken.call_at, fields.Datetime.now())

    def test_a_record_that_is_newer_than_the_job_is_left_to_its_own_event(self):
        job = self.job()
        new = self.env["res.partner"].create({"name": "New", "ref": "backfill"})
        self.commit()
        self.run_cron()
        self.assertNotIn(new.id, self.sent())
        self.assertEqual(job.state, "done")

    def test_a_record_deleted_in_the_meantime_is_skipped(self):
        job = self.job()
        self.partners[1].unlink()
        self.commit()
        self.run_cron()
        self.assertEqual(self.sent(), (self.partners - self.partners[1]).ids)
        self.assertEqual(job.state, "done")

    def test_only_records_of_the_rule_are_sent(self):
        self.rule.domain = "[('is_company', '=', True)]"
        self.partners[4].is_company = True
        self.commit()
        self.job()
        self.run_cron()
        self.assertEqual(self.sent(), [self.partners[4].id])

    def test_when_its_rule_is_archived_it_ends_and_can_be_resumed_later(self):
        job = self.job()
        job._step()
        self.rule.active = False
        self.sent()
        self.run_cron()
        self.assertEqual(self.sent(), [])
        self.assertEqual(
            (job.state, job.error), ("failed", "The event rule is archived.")
        )
        self.rule.active = True
        job.action_resume()
        self.run_cron()
        self.assertEqual(self.sent(), self.partners.ids[3:])

    def test_a_wrong_filter_is_refused_with_the_reason(self):
        with self.assertRaisesRegex(UserError, "filter cannot be used"):
            self.job("[('no_such_field', '=', 1)]")
        with self.assertRaisesRegex(UserError, "filter cannot be used"):
            self.job("__import__('os')")

    def test_only_administrators_start_backfills_and_only_operators_control_them(self):
        job = self.job()
        operator = new_test_user(
            self.env, "backfill-operator", groups="ip_event_bus.group_operator"
        )
        user = new_test_user(self.env, "backfill-user")
        with self.assertRaises(AccessError):
            self.env["ip.backfill.wizard"].with_user(operator).create(
                {"rule_id": self.rule.id}
            )
        with self.assertRaises(AccessError):
            job.with_user(user).action_pause()
        job.with_user(operator).action_pause()
        self.assertEqual(job.state, "paused")


@tagged("post_install", "-at_install")
class TestRecordMenu(CaptureCase):
    """The action menu of a watched model shows its events."""

    def bound(self, model="res.partner"):
        return self.env["ir.actions.act_window"].search(
            [("binding_model_id.model", "=", model), ("res_model", "=", "ip.event")]
        )

    def test_a_watched_model_has_the_menu(self):
        action = self.bound()
        self.assertEqual(len(action), 1)
        self.assertIn("'res.partner'", action.domain)
        self.assertEqual(action.group_ids, self.env.ref("ip_event_bus.group_operator"))

    def test_the_menu_follows_the_state_of_the_rule(self):
        self.rule.active = False
        self.assertFalse(self.bound())
        self.rule.active = True
        self.assertEqual(len(self.bound()), 1)
        self.rule.unlink()
        self.assertFalse(self.bound())
