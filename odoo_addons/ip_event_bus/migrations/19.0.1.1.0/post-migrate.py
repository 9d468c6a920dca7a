from odoo import SUPERUSER_ID, api
from odoo.tools import config


def migrate(cr, version):
    """Generates the missing secrets, and installs the addons for invoices and orders if
    those apps are in use: unlike an installation, an upgrade would not.

    Existing secrets stay as they are. 19.0.1.0.0 had controllers and no models, so
    there is nothing else to migrate.
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
