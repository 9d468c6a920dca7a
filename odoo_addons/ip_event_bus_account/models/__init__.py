from . import ip_agent_actions
