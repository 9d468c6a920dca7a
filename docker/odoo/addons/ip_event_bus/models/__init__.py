from . import ip_bridge
from . import ip_agent_model
from . import ip_agent_actions
from . import ip_apply_receipt
from . import ip_apply
from . import ip_event_inbox
from . import ip_log
from . import ir_http
