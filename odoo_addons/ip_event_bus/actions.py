"""What other addons use to add actions and to handle events: see readme/DEVELOP.md."""

from typing import NamedTuple

from .api_error import ApiError, bad_request

__all__ = ["Action", "ApiError", "action", "bad_request", "decorated", "on_event"]


class Action(NamedTuple):
    """An action that the bridge may request.

    :param batchable: whether it may share a transaction with others: it is quick, takes
        no lock that others wait for, and has no effect outside the database
    :param receipt: whether it is applied once per idempotency key; False if repeating
        it changes nothing
    """

    name: str
    batchable: bool = False
    receipt: bool = True


def action(name, *, batchable=False, receipt=True):
    """Makes a method of ``ip.agent.actions`` the action of this name.

    The method takes ``args``, an object that has not been validated, and returns a
    value that can be serialized as JSON. It runs as the integration user, in a
    transaction that an exception rolls back.
    """
    return _mark("_ip_action", Action(name, batchable, receipt))


def on_event(*patterns):
    """Makes a method of ``ip.event.inbox`` handle events of these types.

    :param patterns: ``app.order.paid``, ``app.order.*`` (every type that begins with
        ``app.order.``) or ``*``
    """
    return _mark("_ip_on_event", patterns)


def _mark(attribute, value):
    def mark(method):
        setattr(method, attribute, value)
        return method

    return mark


def decorated(model_class, attribute):
    """The decorated methods of a model, as ``{method name: value}``.

    A method that overrides a decorated one need not be decorated again.
    """
    found = {}
    for owner in model_class.__mro__:
        for name, value in vars(owner).items():
            mark = getattr(value, attribute, None)
            if mark is not None:
                found.setdefault(name, mark)
    return found
