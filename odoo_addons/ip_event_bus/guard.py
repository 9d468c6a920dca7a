"""Whether a generic action is being applied: the models then refuse what it must not
reach, by whatever inverse, synchronization or superuser code it got there."""

from contextlib import contextmanager
from contextvars import ContextVar

from .api_error import ApiError

_on = ContextVar("ip_event_bus_guard", default=False)


def is_on():
    return _on.get()


@contextmanager
def guarded():
    """Marks what happens inside as done by a generic action.

    A context key would not do: code that an action triggers replaces the context. The
    caller flushes the cursor before leaving, so that late computations are guarded too.
    """
    token = _on.set(True)
    try:
        yield
    finally:
        _on.reset(token)


def refused(message):
    return ApiError(403, "forbidden", message)
