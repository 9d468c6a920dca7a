"""What caused a change, while an action of the bridge is applied."""

from contextlib import contextmanager
from contextvars import ContextVar

_cause = ContextVar("ip_event_bus_cause", default=None)


def cause():
    """The action that is applied, {source, correlation_id, hop}, or None."""
    return _cause.get()


@contextmanager
def caused_by(source, correlation_id, hop):
    """Marks what happens inside as caused by somebody else.

    A context key would not do: Odoo flushes pending recomputations with the
    transaction's own environment. Whoever uses this flushes the cursor before leaving
    it, so that events of values that are computed late are marked as well.
    """
    token = _cause.set({"source": source, "correlation_id": correlation_id, "hop": hop})
    try:
        yield
    finally:
        _cause.reset(token)
