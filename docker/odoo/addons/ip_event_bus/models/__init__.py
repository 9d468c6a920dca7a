from . import ip_bridge
from . import ip_event_rule
from . import ip_event
from . import ir_cron
