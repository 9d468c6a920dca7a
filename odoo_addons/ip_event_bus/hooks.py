def post_init_hook(env):
    """Makes the secrets, which the settings page shows once."""
    env["ip.bridge"]._make_secrets()


def uninstall_hook(env):
    """Deletes the menus of rules that users have made: Odoo would leave them, dead."""
    env["ir.actions.act_window"].search([("res_model", "=", "ip.event")]).unlink()
