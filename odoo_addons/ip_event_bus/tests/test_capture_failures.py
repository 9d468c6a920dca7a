import contextlib
import json
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.ip_event_bus import wire
from odoo.addons.ip_event_bus.models.ip_event_capture import MAX_FAILURES
from odoo.addons.ip_event_bus.watch import Watch

from .capture_common import CaptureCase

LOGGER = "odoo.addons.ip_event_bus.models.ip_event_capture"


@tagged("post_install", "-at_install")
class TestCaptureFailures(CaptureCase):
    """Failures to capture never fail the user, and are recorded as gaps."""

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(3)]
        )
        self.commit()

    def gaps(self):
        return self.env["ip.event.gap"].search([])

    def test_unreadable_old_values_give_an_event_without_them(self):
        with (
            patch.object(Watch, "read", side_effect=RuntimeError("boom")),
            self.assertLogs("odoo.addons.ip_event_bus.capture", "ERROR"),
        ):
            self.partners[0].name = "Other"
        body = self.only(self.commit())
        self.assertIsNone(body["changed"], "unknown")
        self.assertEqual(body["payload"]["name"], "Other")

    def test_a_deletion_whose_values_cannot_be_read_is_an_event_without_them(self):
        res_id = self.partners[0].id
        with (
            patch.object(Watch, "read", side_effect=RuntimeError("boom")),
            self.assertLogs("odoo.addons.ip_event_bus.capture", "ERROR"),
        ):
            self.partners[0].unlink()
        body = self.only(self.commit())
        self.assertEqual(
            (body["event_type"], body["resource_id"]), ("res.partner.deleted", res_id)
        )
        self.assertEqual(body["payload"], {})

    def test_one_record_that_fails_costs_the_others_nothing(self):
        culprit = self.partners[1]

        def dump(body):
            if body["resource_id"] == culprit.id:
                self.env.cr.execute("SELECT 1/0")
            return real(body)

        real = wire.dump
        with (
            patch.object(wire, "dump", dump),
            mute_logger("odoo.sql_db"),
            self.assertLogs(LOGGER, "ERROR") as logs,
        ):
            self.partners.write({"name": "Other"})
            bodies = self.commit()
        self.assertEqual(
            {body["resource_id"] for body in bodies}, set((self.partners - culprit).ids)
        )
        gap = self.gaps()
        self.assertEqual((gap.model, gap.res_id), ("res.partner", culprit.id))
        self.assertIn("DivisionByZero", gap.error)
        self.assertIn(str(culprit.id), logs.output[0])
        self.env.invalidate_all()
        self.assertEqual(self.partners.mapped("name"), ["Other"] * 3)

    def test_what_the_user_changed_last_survives_our_failure(self):
        with (
            patch.object(wire, "dump", side_effect=RuntimeError("boom")),
            self.assertLogs(LOGGER, "ERROR"),
        ):
            self.partners[0].name = "Other"  # not flushed yet when capturing fails
            self.assertEqual(self.commit(), [])
        self.env.invalidate_all()
        self.assertEqual(self.partners[0].name, "Other")
        self.assertEqual(self.partners[0].complete_name, "Other")
        self.assertEqual(self.gaps().res_id, self.partners[0].id)

    def test_when_everything_fails_not_every_record_is_tried(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Q{number}"} for number in range(3 * MAX_FAILURES)]
        )
        self.commit()
        with (
            patch.object(wire, "dump", side_effect=RuntimeError("boom")) as dump,
            self.assertLogs(LOGGER, "ERROR"),
        ):
            partners.write({"name": "Other"})
            self.commit()
        self.assertEqual(set(self.gaps().mapped("res_id")), set(partners.ids))
        self.assertLess(dump.call_count, 2 * MAX_FAILURES)

    def test_failing_to_wake_the_dispatcher_loses_no_event(self):
        events = self.env.registry["ip.event"]
        with (
            patch.object(events, "_wake", side_effect=RuntimeError("boom")),
            self.assertLogs(LOGGER, "ERROR"),
        ):
            self.partners[0].name = "Other"
            self.assertEqual(len(self.commit()), 1)
        self.assertFalse(self.gaps())

    def test_failing_to_notify_after_the_commit_is_no_error(self):
        cron = self.dispatcher().with_context(ip_event_bus_wake=True)
        with (
            patch(
                "odoo.sql_db.db_connect", side_effect=psycopg2.OperationalError("full")
            ),
            self.assertLogs("odoo.addons.ip_event_bus.models.ir_cron", "WARNING"),
        ):
            cron._notifydb()

    def test_a_transaction_that_is_broken_stays_broken(self):
        self.partners[0].name = "Other"
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.Error),
            self.env.cr.savepoint(flush=False),
        ):
            with contextlib.suppress(psycopg2.Error):
                self.env.cr.execute("SELECT 1/0")
            self.env.cr.flush()

    def test_unreadable_rules_stop_nobody(self):
        rules = self.env.registry["ip.event.rule"]
        self.env.registry.clear_cache()
        with (
            patch.object(rules, "search", side_effect=RuntimeError("boom")),
            self.assertLogs(
                "odoo.addons.ip_event_bus.models.ip_event_rule_watch", "ERROR"
            ),
        ):
            self.partners[0].name = "Other"
            self.env.flush_all()
        self.assertEqual(self.partners[0].name, "Other")
        self.partners[0].name = "Again"  # the failure is not cached
        self.assertEqual(len(self.commit()), 1)

    def test_new_code_before_its_upgrade_stops_nobody_and_is_logged_once(self):
        self.env.cr.execute("ALTER TABLE ip_event_rule DROP COLUMN reconcile_error")
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)
        with self.assertLogs(
            "odoo.addons.ip_event_bus.models.ip_event_rule_watch", "ERROR"
        ) as logs:
            for number, partner in enumerate(self.partners):
                partner.name = f"Other {number}"
                self.env.flush_all()
            self.partners[0].unlink()
            self.env.cr.flush()
        self.assertEqual(len(logs.output), 1)
        self.assertIn("-u ip_event_bus", logs.output[0])


@tagged("post_install", "-at_install")
class TestHostileValues(CaptureCase):
    """Whatever the values, PostgreSQL's jsonb accepts the event."""

    def dumped(self, payload):
        text = wire.dump({"payload": payload, "changed": {}})
        self.env.cr.execute("SELECT %s::jsonb -> 'payload'", [text])
        self.assertEqual(self.env.cr.fetchone()[0], json.loads(text)["payload"])
        return json.loads(text)["payload"]

    def test_nul_and_lone_surrogates_become_replacement_characters(self):
        self.assertEqual(
            self.dumped({"a": "x\0y", "b": "\ud800z", "c\udfff": ["\udc00"]}),
            {"a": "x\ufffdy", "b": "\ufffdz", "c\ufffd": ["\ufffd"]},
        )

    def test_characters_outside_the_basic_plane_stay(self):
        self.assertEqual(self.dumped({"a": "\U0001f600 \ud83d\ude00"}), {"a": "😀 😀"})

    def test_nan_and_infinity_are_null(self):
        self.assertEqual(
            self.dumped({"a": float("nan"), "b": [float("inf"), {"c": 1.5}]}),
            {"a": None, "b": [None, {"c": 1.5}]},
        )

    def test_nan_in_a_column_is_null_and_no_change(self):
        self.watch("res.partner", ["name", "partner_latitude"])
        partner = self.partner()
        self.env.cr.execute(
            "UPDATE res_partner SET partner_latitude = 'NaN' WHERE id = %s",
            [partner.id],
        )
        partner.invalidate_recordset()
        partner.name = "Other"
        body = self.only(self.commit())
        self.assertIsNone(body["payload"]["partner_latitude"])
        self.assertEqual(set(body["changed"]), {"name"})

    def test_an_enormous_value_does_not_fail_the_write(self):
        self.watch("res.partner", ["name", "comment"])
        partner = self.partner()
        partner.comment = "<p>" + "\u00e9" * 5_000_000 + "</p>"
        self.assertIs(self.only(self.commit())["thin"], True)
        self.assertFalse(self.env["ip.event.gap"].search([]))
