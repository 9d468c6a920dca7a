import http.client
import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ..models.ip_agent_actions import IpAgentActions
from .api_common import APPLY, EVENT_PUSH, KEY, SECRET, batch, envelope, event, headers

_PARAMETERS = {"ip.odoo.api_key": KEY, "ip.hmac.secret": SECRET}


@tagged("post_install", "-at_install")
class TestApplyCommitted(BaseCase):
    """What only real transactions show: commits, and cleans up after itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The thread that runs the tests holds a lock that requests need.
        lock = patch.object(Registry, "_lock", DummyRLock())
        cls.addClassCleanup(lock.stop)
        lock.start()
        cls.registry = Registry(get_db_name())
        with cls.committed() as env:
            parameters = env["ir.config_parameter"]
            names = [*_PARAMETERS, "ip.pairing"]
            cls.before = {name: parameters.get_param(name) for name in names}
            for name, value in _PARAMETERS.items():
                parameters.set_param(name, value)
            env["ip.bridge"]._pair()
            cls.partner_id = env["res.partner"].create({"name": "Acme"}).id
        cls.addClassCleanup(cls.clean)

    @classmethod
    def clean(cls):
        with cls.committed() as env:
            for name, value in cls.before.items():
                env["ir.config_parameter"].set_param(name, value)
            env["ip.apply.receipt"].search([]).unlink()
            env["ip.event.inbox"].search([]).unlink()
            env["ir.logging"].search([("name", "=", "ip_event_bus")]).unlink()
            found = env["res.partner"].search([("name", "=like", "Committed%")])
            (found + env["res.partner"].browse(cls.partner_id)).unlink()
            env["ip.event"].search([("model", "=", "res.partner")]).unlink()

    @classmethod
    @contextmanager
    def committed(cls):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def send(self, path, body):
        raw = json.dumps(body).encode()
        return self.request(path, raw, headers(raw))

    def request(self, path, raw, given):
        port = odoo.service.server.server.httpd.server_port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            database = {"X-Odoo-Database": self.registry.db_name}
            chunked = not isinstance(raw, bytes)
            connection.request(
                "POST", path, raw, {**given, **database}, encode_chunked=chunked
            )
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def at_once(self, path, *bodies):
        with ThreadPoolExecutor(len(bodies)) as threads:
            return list(threads.map(lambda body: self.send(path, body), bodies))

    def wait_for_a_lock(self):
        """Returns once a transaction in this database is waiting for another."""
        end = time.monotonic() + 20
        with self.registry.cursor() as cr:
            while time.monotonic() < end:
                cr.execute(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and wait_event_type = 'Lock'"
                )
                if cr.fetchone()[0]:
                    return
                cr.rollback()
                threading.Event().wait(0.01)
        self.fail("no other transaction came to wait")

    def test_apply_twice_in_parallel_same_key_one_effect_two_200(self):
        original = IpAgentActions._create_record

        def held(actions, model, args):
            self.wait_for_a_lock()
            return original(actions, model, args)

        name = f"Committed {uuid.uuid4()}"
        call = envelope("res.partner.create", {"values": {"name": name}})
        with (
            patch.object(IpAgentActions, "_create_record", held),
            patch("odoo.service.model.random.uniform", return_value=0.01),
        ):
            responses = self.at_once(APPLY, call, call)
        self.assertEqual([status for status, _body in responses], [200, 200])
        self.assertEqual(
            sorted(body["replayed"] for _status, body in responses), [False, True]
        )
        self.assertEqual(responses[0][1]["result"], responses[1][1]["result"])
        with self.committed() as env:
            self.assertEqual(env["res.partner"].search_count([("name", "=", name)]), 1)

    def test_batches_with_the_same_keys_in_parallel_have_one_effect_each(self):
        original = IpAgentActions._create_record

        def held(actions, model, args):
            if args["values"]["name"] == names[0]:
                self.wait_for_a_lock()
            return original(actions, model, args)

        names = [f"Committed {uuid.uuid4()}" for _ in range(3)]
        calls = [
            envelope("res.partner.create", {"values": {"name": name}}) for name in names
        ]
        with (
            patch.object(IpAgentActions, "_create_record", held),
            patch("odoo.service.model.random.uniform", return_value=0.01),
        ):
            responses = self.at_once(APPLY, batch(*calls), batch(*calls))
        for status, body in responses:
            self.assertEqual(status, 200)
            self.assertEqual([each["status"] for each in body["results"]], [200] * 3)
        replayed = [body["results"][0]["replayed"] for _status, body in responses]
        self.assertEqual(sorted(replayed), [False, True])
        with self.committed() as env:
            self.assertEqual(
                env["res.partner"].search_count([("name", "in", names)]), 3
            )

    def test_event_twice_in_parallel_is_stored_once(self):
        body = event("app.order.paid", {"amount": 1})
        with patch("odoo.service.model.random.uniform", return_value=0.01):
            responses = self.at_once(EVENT_PUSH, *[body] * 4)
        self.assertEqual(
            sorted(status for status, _body in responses), [200, 200, 200, 202]
        )
        with self.committed() as env:
            found = env["ip.event.inbox"].search([("event_id", "=", body["event_id"])])
            self.assertEqual(len(found), 1)

    def test_writes_to_one_record_in_parallel_are_all_applied(self):
        calls = [
            envelope(
                "res.partner.update",
                {"id": self.partner_id, "values": {"name": f"Committed {number}"}},
            )
            for number in range(4)
        ]
        with patch("odoo.service.model.random.uniform", return_value=0.05):
            responses = self.at_once(APPLY, *calls)
        self.assertEqual([status for status, _body in responses], [200] * 4)

    def test_failure_after_a_partial_write_commits_nothing_but_its_log_line(self):
        def fail(actions, model, args):
            actions.env[model].browse(args["id"]).name = "Committed half"
            actions.env.flush_all()
            raise UserError("no")

        args = {"id": self.partner_id, "values": {"name": "Very Secret"}}
        call = envelope("res.partner.update", args)
        with patch.object(IpAgentActions, "_update", fail):
            status, body = self.send(APPLY, call)
        self.assertEqual((status, body["code"]), (422, "user_error"))
        with self.committed() as env:
            self.assertNotEqual(
                env["res.partner"].browse(self.partner_id).name, "Committed half"
            )
            key = call["idempotency_key"]
            self.assertFalse(env["ip.apply.receipt"].search([("key", "=", key)]))
            line = env["ir.logging"].search(
                [("message", "like", call["correlation_id"])]
            )
            self.assertEqual(len(line), 1)
            self.assertEqual(line.level, "WARNING")
            self.assertIn(
                "res.partner.update code=user_error status=422 ", line.message
            )
            self.assertNotIn("Secret", line.message)

    def test_batch_that_meets_another_transaction_is_repeated_as_a_whole(self):
        runs = []
        original = IpAgentActions._update

        def meet(actions, model, args):
            runs.append(args["id"])
            if len(runs) == 2:
                # Commits after this transaction has taken its snapshot.
                with self.committed() as env:
                    env["res.partner"].browse(args["id"]).name = "Committed first"
            return original(actions, model, args)

        with self.committed() as env:
            others = env["res.partner"].create([{"name": "Committed"}] * 2).ids
        calls = [
            envelope(
                "res.partner.update",
                {"id": number, "values": {"name": "Committed last"}},
            )
            for number in others
        ]
        with (
            patch.object(IpAgentActions, "_update", meet),
            patch("odoo.service.model.random.uniform", return_value=0.01),
        ):
            status, body = self.send(APPLY, batch(*calls))
        self.assertEqual(status, 200)
        self.assertEqual([each["status"] for each in body["results"]], [200, 200])
        self.assertEqual(runs, [*others, *others])
        with self.committed() as env:
            names = env["res.partner"].browse(others).mapped("name")
            self.assertEqual(names, ["Committed last"] * 2)

    def test_chunked_body_without_a_length_is_read_and_cut_off_at_the_limit(self):
        call = envelope("bridge.ping", {})
        raw = json.dumps(call).encode()
        half = len(raw) // 2
        chunked = {**headers(raw), "Transfer-Encoding": "chunked"}
        status, _body = self.request(APPLY, iter([raw[:half], raw[half:]]), chunked)
        self.assertEqual(status, 200)
        big = b" " * (1024 * 1024) + raw
        chunked = {**headers(big), "Transfer-Encoding": "chunked"}
        status, body = self.request(APPLY, iter([big]), chunked)
        self.assertEqual((status, body["code"]), (413, "too_large"))
