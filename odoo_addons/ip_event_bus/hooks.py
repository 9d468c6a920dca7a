def post_init_hook(env):
    """Generates the secrets, which the settings page shows once."""
    env["ip.bridge"]._make_secrets()


def uninstall_hook(env):
    """Deletes the menus of rules that users created: Odoo would leave them, broken."""
    env["ir.actions.act_window"].search([("res_model", "=", "ip.event")]).unlink()
