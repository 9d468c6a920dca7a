def post_init_hook(env):
    """Makes the secrets, which the settings page shows once."""
    env["ip.bridge"]._make_secrets()
