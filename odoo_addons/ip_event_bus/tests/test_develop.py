import re
from pathlib import Path
from unittest.mock import patch

from odoo.orm.model_classes import add_to_registry
from odoo.tests import tagged

from .api_common import APPLY, EVENT_PUSH, INFO, KEY, SignedCase, batch, envelope, event

_MODULE = "odoo.addons.ip_event_bus_example.models.example"


@tagged("post_install", "-at_install")
class TestDevelop(SignedCase):
    """The examples in the developer documentation work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = (Path(__file__).parents[1] / "readme" / "DEVELOP.md").read_text()
        for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
            names = {"__name__": _MODULE}
            exec(compile(code, "DEVELOP.md", "exec"), names)  # noqa: S102
            cls.extend(names.get("IpAgentActions") or names["IpEventInbox"])

    @classmethod
    def extend(cls, definition):
        model = cls.registry[definition._name]
        bases = model._base_classes__
        add_to_registry(cls.registry, definition)
        cls.set_bases(model, model._base_classes__)
        cls.addClassCleanup(cls.set_bases, model, bases)

    @classmethod
    def set_bases(cls, model, bases):
        model._base_classes__ = model.__bases__ = bases
        model._setup_done__ = True
        cls.registry.clear_cache()

    def tag(self, tag="VIP", **args):
        return envelope("res.partner.tag", {"id": self.partner.id, "tag": tag, **args})

    def test_custom_action_is_applied(self):
        result = self.assertApplied(self.send(APPLY, self.tag()))
        self.assertEqual(self.partner.category_id.ids, [result["tag_id"]])
        self.assertEqual(self.partner.category_id.name, "VIP")
        self.assertEqual(
            self.partner.category_id.create_uid, self.env.ref("ip_event_bus.agent_user")
        )
        result = self.assertApplied(self.send(APPLY, self.tag()))
        self.assertIs(result["already_applied"], True)

    def test_custom_action_is_listed_and_can_be_part_of_a_batch(self):
        info = self.url_open(INFO, headers={"x-api-key": KEY}).json()
        self.assertIn({"name": "res.partner.tag", "batchable": True}, info["actions"])
        results = self.send(APPLY, batch(self.tag())).json()["results"]
        self.assertEqual([each["status"] for each in results], [200])

    def test_custom_action_refuses_what_it_does_not_know(self):
        for wrong in (self.tag(1), self.tag(" "), self.tag(x=1), self.tag(id="x")):
            self.assertRefused(self.send(APPLY, wrong), 400, "bad_request")

    def test_custom_handler_is_called(self):
        body = event("app.order.paid", {"amount": "12.50"}, resource_id="A1")
        self.assertEqual(self.send(EVENT_PUSH, body).status_code, 202)
        with patch.object(self.env.cr, "commit", lambda: None):
            self.env["ip.event.inbox"]._cron_handle()
        self.assertIn("Order paid: 12.50", self.partner.message_ids[0].body)
        other = event("app.order.sent", {})
        self.send(EVENT_PUSH, other)
        stored = self.env["ip.event.inbox"].search(
            [("event_id", "=", other["event_id"])]
        )
        self.assertEqual(stored.state, "stored")
