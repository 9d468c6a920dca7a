from . import ip_backfill_wizard
from . import ip_bridge_secret
