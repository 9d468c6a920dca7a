from . import ip_bridge
