"""What to log about an API request, however it ends."""

import time


class RequestLog:
    """The actions or events of one request.

    :param path: the address it was sent to
    :param lines: ``(action or event type, correlation id)`` of each
    :param started: when the request arrived, by ``time.monotonic()``
    """

    def __init__(self, path, lines, started):
        self.path = path
        self.lines = lines
        self.started = started

    @property
    def correlation_id(self):
        """The correlation id if there is one action or event; None if several."""
        return self.lines[0][1] if len(self.lines) == 1 else None

    def log_all(self, env, status, code):
        """Logs the same outcome for each, with how long the request took."""
        milliseconds = round((time.monotonic() - self.started) * 1000)
        self.log(env, [(status, code, milliseconds)] * len(self.lines))

    def log(self, env, outcomes):
        """Logs a line for each.

        :param outcomes: ``(status, code, milliseconds)`` of each
        """
        lines = zip(self.lines, outcomes, strict=True)
        env["ir.logging"]._ip_log_requests(
            self.path, [(*line, *outcome) for line, outcome in lines]
        )
