from odoo import SUPERUSER_ID, api
from odoo.tools import config


def migrate(cr, version):
    """Makes the secrets that are missing, and installs the addons for invoices and
    orders where those are used: an upgrade, unlike an installation, would not.

    Secrets that are set stay as they are. 19.0.1.0.0 had controllers and no models, so
    there is nothing else to carry over.
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ip.bridge"]._make_secrets()
    if config.get("skip_auto_install"):
        return
    parts = env["ir.module.module"].search(
        [
            ("name", "in", ("ip_event_bus_account", "ip_event_bus_sale")),
            ("state", "=", "uninstalled"),
        ]
    )
    for part in parts:
        if {"installed", "to upgrade"}.issuperset(part.dependencies_id.mapped("state")):
            part._state_update("to install", ["uninstalled"])
