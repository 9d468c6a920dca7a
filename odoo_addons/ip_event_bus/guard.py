"""Whether a generic action is being applied: the models then refuse what it must not
reach, by whatever inverse, synchronization or superuser code it got there."""

from contextlib import contextmanager
from contextvars import ContextVar

from .api_error import ApiError

# The contacts that the action has been found free to change; None outside of one.
_checked = ContextVar("ip_event_bus_guard", default=None)


def is_on():
    return _checked.get() is not None


def checked():
    """The IDs of contacts that need not be checked again during this action."""
    return _checked.get()


@contextmanager
def guarded():
    """Marks what happens inside as done by a generic action.

    A context key would not do: code that an action triggers replaces the context. The
    caller flushes the cursor before leaving, so that late computations are guarded too.
    """
    token = _checked.set(set())
    try:
        yield
    finally:
        _checked.reset(token)


def refuse(message):
    """Ends a generic action that got here; does nothing outside of one.

    :raise ApiError: 403
    """
    if is_on():
        raise refused(message)


def refused(message):
    return ApiError(403, "forbidden", message)
