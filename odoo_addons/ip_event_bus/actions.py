"""What an addon needs to add actions or to handle events, as in readme/DEVELOP.md."""

from typing import NamedTuple

from .calls import Refused, bad_request

__all__ = ["Action", "Refused", "action", "bad_request", "marked", "on_event"]


class Action(NamedTuple):
    """What is known of an action.

    :param batchable: whether it may share a transaction with others: it is quick, takes
        no lock that others wait for, and does nothing outside the database
    :param receipt: whether it is done once a key; False if repeating it changes nothing
    """

    name: str
    batchable: bool = False
    receipt: bool = True


def action(name, *, batchable=False, receipt=True):
    """Makes a method of ``ip.agent.actions`` the action of this name.

    The method takes ``args``, an object that nobody has checked, and returns what JSON
    can say. It runs as the integration user, in a transaction that an exception rolls
    back.
    """
    return _mark("_ip_action", Action(name, batchable, receipt))


def on_event(*patterns):
    """Makes a method of ``ip.event.inbox`` handle events of these types.

    :param patterns: ``app.order.paid``, ``app.order.*`` (all that begin with
        ``app.order.``) or ``*``
    """
    return _mark("_ip_on_event", patterns)


def _mark(attribute, value):
    def mark(method):
        setattr(method, attribute, value)
        return method

    return mark


def marked(model_class, attribute):
    """The methods of a model with a mark, as ``{method name: mark}``.

    A method that overrides a marked one need not be marked again.
    """
    found = {}
    for owner in model_class.__mro__:
        for name, value in vars(owner).items():
            mark = getattr(value, attribute, None)
            if mark is not None:
                found.setdefault(name, mark)
    return found
