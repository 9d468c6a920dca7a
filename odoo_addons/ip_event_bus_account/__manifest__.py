{
    "name": "InsightPulse Event Bus: Invoicing",
    "summary": "Events for invoices and bills, and an action that posts them",
    "version": "19.0.1.1.0",
    "license": "LGPL-3",
    "author": "InsightPulse AI",
    "website": "https://github.com/insightpulseai/odoo-supabase-bridge",
    "category": "Technical",
    "icon": "/ip_event_bus/static/description/icon.png",
    "development_status": "Beta",
    "depends": ["ip_event_bus", "account"],
    "data": ["data/ip_event_rule.xml", "data/agent_user.xml"],
    "auto_install": True,
}
