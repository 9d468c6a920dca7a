from . import ip_bridge_secret
