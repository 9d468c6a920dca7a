"""What caused a change, while an action of the bridge is being applied."""

from contextlib import contextmanager
from contextvars import ContextVar

_cause = ContextVar("ip_event_bus_cause", default=None)


def cause():
    """The action being applied, {source, correlation_id, hop}, or None."""
    return _cause.get()


@contextmanager
def caused_by(source, correlation_id, hop):
    """Marks changes made inside as caused by someone else.

    A context key would not do: Odoo flushes pending recomputations with the
    transaction's own environment. Callers flush the cursor before leaving, so that
    events about values computed late are marked as well.
    """
    token = _cause.set({"source": source, "correlation_id": correlation_id, "hop": hop})
    try:
        yield
    finally:
        _cause.reset(token)
