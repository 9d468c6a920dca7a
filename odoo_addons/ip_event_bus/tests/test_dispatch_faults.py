from unittest.mock import patch

from odoo.tests import tagged

from .. import bridge_client
from .dispatch_common import FaultCase

HTML = {"content-type": "text/html; charset=utf-8"}


@tagged("post_install", "-at_install")
class TestDispatchFaults(FaultCase):
    """Responses that mean that nothing can be delivered pause sending."""

    def every_response_pauses(self, kind, *response):
        self.fake_bridge.responses = lambda batch: response
        event = self.event()
        self.dispatch()
        self.is_paused(kind)
        self.assertEqual(self.attempts(), 1)
        self.dispatch()
        self.assertEqual(self.attempts(), 0, "tried again before its time")
        self.pass_time(minutes=6)
        self.dispatch()
        self.is_paused(kind)
        self.assertEqual(len(self.alarms()), 1)
        self.fake_bridge.responses = lambda batch: None
        self.pass_time(minutes=6)
        self.dispatch()
        self.assertEqual((event.state, self.bridge.state), ("sent", "running"))
        self.assertFalse(self.alarms(), "the alarm ends by itself")

    def test_401_of_a_gateway_pauses(self):
        self.every_response_pauses(
            "wrong_token", 401, {}, {"message": "No API key found"}
        )

    def test_403_not_paired_pauses(self):
        self.every_response_pauses(
            "not_paired",
            403,
            {},
            {"code": "not_paired", "message": "Another is paired"},
        )

    def test_403_of_a_firewall_pauses(self):
        self.every_response_pauses("forbidden", 403, HTML, b"<h1>Forbidden</h1>")

    def test_404_pauses(self):
        self.every_response_pauses("wrong_path", 404, HTML, b"<h1>Not Found</h1>")

    def test_a_login_page_pauses(self):
        self.every_response_pauses("web_page", 200, HTML, b"<form>Sign in</form>")

    def test_a_redirect_pauses_and_is_not_followed(self):
        elsewhere = {"location": f"{self.fake_bridge.url}/login"}
        self.every_response_pauses("redirect", 302, elsewhere, b"")

    def test_200_that_is_not_the_bridges_pauses(self):
        self.every_response_pauses("not_understood", 200, {}, {"ok": True, "id": 5})

    def test_200_with_fewer_results_than_events_pauses(self):
        self.every_response_pauses(
            "not_understood", 200, {}, {"ok": True, "results": []}
        )

    def test_500_pauses(self):
        self.every_response_pauses("server_error", 500, {}, b"oops")

    def test_html_with_status_400_pauses(self):
        self.every_response_pauses("web_page", 400, HTML, b"<h1>Bad Request</h1>")

    def test_a_result_that_says_not_paired_pauses(self):
        result = {"ok": False, "status": 403, "code": "not_paired", "message": "copy"}
        self.every_response_pauses(
            "not_paired", 200, {}, {"ok": False, "results": [result]}
        )

    def test_a_broken_connection_pauses(self):
        self.event()
        self.fake_bridge.responses = lambda batch: "break"
        self.dispatch()
        self.is_paused("broken")

    def test_a_response_that_drips_forever_or_stalls_is_a_timeout(self):
        self.event()
        self.fake_bridge.responses = lambda batch: "drip"
        with patch.object(bridge_client, "TOTAL_TIMEOUT", 0.3):
            self.dispatch()
        self.is_paused("timeout")
        self.pass_time(minutes=6)
        self.fake_bridge.pause = 5
        with patch.object(bridge_client, "READ_TIMEOUT", 0.3):
            self.dispatch()
        self.is_paused("timeout")

    def test_an_endless_response_is_not_read_to_its_end(self):
        self.event()
        self.fake_bridge.responses = lambda batch: (
            200,
            {},
            b" " * (bridge_client.MAX_RESPONSE + 9),
        )
        self.dispatch()
        self.is_paused("not_understood")

    def test_a_bridge_that_asks_to_wait_for_long_alarms(self):
        self.event()
        self.fake_bridge.responses = lambda batch: (429, {"retry-after": "60"}, {})
        for _ in range(10):
            self.dispatch()
            self.pass_time(minutes=2)
        self.assertEqual(self.bridge.state, "waiting")
        self.assertEqual(len(self.alarms()), 1)
