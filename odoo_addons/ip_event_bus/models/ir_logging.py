from odoo import api, models

from .. import retention

_NAME = "ip_event_bus"


class IrLogging(models.Model):
    """One line for each incoming action and event, without its contents."""

    _inherit = "ir.logging"

    @api.model
    def _ip_log_requests(self, path, lines):
        """Logs the outcome of one request.

        :param path: the address it was sent to
        :param lines: ``(name, correlation id, status, code, milliseconds)`` for each
            action or event
        """
        self.sudo().create(
            [
                {
                    "name": _NAME,
                    "type": "server",
                    "dbname": self.env.cr.dbname,
                    "level": _level(status),
                    "message": f"{name} code={code} status={status}"
                    f" correlation_id={correlation_id} duration_ms={milliseconds}",
                    "path": path,
                    "func": name,
                    "line": "0",
                }
                for name, correlation_id, status, code, milliseconds in lines
            ]
        )

    @api.autovacuum
    def _gc_ip_event_bus(self):
        before = retention.limit(self.env, "ip.log.keep_days", 90, least=1)
        old = self.search(
            [("name", "=", _NAME), ("create_date", "<", before)],
            limit=retention.BATCH,
            order="id",
        )
        return retention.delete_old(old)


def _level(status):
    if status < 400 or status == 425:
        return "INFO"
    return "WARNING" if status < 500 else "ERROR"
