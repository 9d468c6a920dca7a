def post_init_hook(env):
    """Makes the secrets that the settings page shows once; an empty one lets nobody in."""
    env["ip.bridge"]._make_secrets()
