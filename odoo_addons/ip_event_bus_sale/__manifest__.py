{
    "name": "InsightPulse Event Bus: Sales",
    "summary": "Events for quotations and sales orders",
    "version": "19.0.1.1.0",
    "license": "LGPL-3",
    "author": "InsightPulse AI",
    "website": "https://github.com/insightpulseai/odoo-supabase-bridge",
    "category": "Technical",
    "icon": "/ip_event_bus/static/description/icon.png",
    "development_status": "Beta",
    "depends": ["ip_event_bus", "sale"],
    "data": ["data/ip_event_rule.xml"],
    "auto_install": True,
}
