"""What is known of a request while it is worked on, for the log and for refusals."""

import time


class Received:
    """The actions or events of one request.

    :param path: where they came in
    :param lines: ``(what, correlation id)`` of each
    :param started: when the request came, by ``time.monotonic()``
    """

    def __init__(self, path, lines, started):
        self.path = path
        self.lines = lines
        self.started = started

    @property
    def correlation_id(self):
        """Of the only one; None if there are several."""
        return self.lines[0][1] if len(self.lines) == 1 else None

    def log_all(self, env, status, code):
        """Writes the same outcome for each, and how long the request took."""
        milliseconds = round((time.monotonic() - self.started) * 1000)
        self.log(env, [(status, code, milliseconds)] * len(self.lines))

    def log(self, env, outcomes):
        """Writes a line for each.

        :param outcomes: ``(status, code, milliseconds)`` of each
        """
        lines = zip(self.lines, outcomes, strict=True)
        env["ir.logging"]._ip_received(
            self.path, [(*line, *outcome) for line, outcome in lines]
        )
