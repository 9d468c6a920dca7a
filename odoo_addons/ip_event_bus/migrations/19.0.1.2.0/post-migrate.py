from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Takes from the integration user what somebody may have logged in with, and lets
    the search for missed changes start over where it now compares more languages.
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    agent = env.ref("ip_event_bus.agent_user", raise_if_not_found=False)
    if agent:
        cr.execute("UPDATE res_users SET password = NULL WHERE id = %s", [agent.id])
        cr.execute("DELETE FROM res_users_apikeys WHERE user_id = %s", [agent.id])
    if "ip.event.known" not in env:
        return
    for rule in env["ip.event.rule"].with_context(active_test=False).search([]):
        model = env.get(rule.model)
        names = rule.field_types or {}
        if model is not None and any(
            model._fields[name].translate for name in names if name in model._fields
        ):
            cr.execute("DELETE FROM ip_event_known WHERE rule_id = %s", [rule.id])
            rule.known_since = False
