from . import ip_bridge
from . import ip_event_rule
from . import ip_event
from . import ir_cron
from . import base
from . import ip_event_gap
from . import ip_event_capture
