from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Makes the secrets that are missing; those that are set stay as they are.

    19.0.1.0.0 had controllers and no models, so there is nothing else to carry over.
    """
    if version:
        api.Environment(cr, SUPERUSER_ID, {})["ip.bridge"]._make_secrets()
