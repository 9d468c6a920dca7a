"""What the bridge never writes, whatever is opened to it.

By these models and fields, whoever can queue an action could give himself rights, log
in, or redirect money or mail.
"""

import re

# Each with all that follows a dot or an underscore: mail, mail.alias, auth_totp.device.
_CLOSED = re.compile(
    r"(ir|ip|base|bus|web"  # Odoo itself, and this addon
    r"|auth|portal|iap|google|microsoft|certificate"  # credentials
    r"|res\.(users|groups|config|company|device)|account\.lock_exception"  # rights
    r"|res\.bank|res\.partner\.bank|payment"  # where money goes
    r"|mail|mailing|fetchmail|discuss|sms|snailmail|digest"  # where mail goes
    r")([._].*)?"
)
# Records may name these: a salesperson, a responsible user, the company.
_NAMED = {"res.users", "res.company"}
# Their fields decide who gets mail and who has access without a login.
_MIXINS = (
    "mail.thread",
    "mail.thread.blacklist",
    "mail.activity.mixin",
    "mail.alias.mixin",
    "mail.alias.mixin.optional",
    "portal.mixin",
)
CREDENTIAL = re.compile(
    r"(^|_)(token|password|passwd|passphrase|secret|api_?key|secret_key|private_key)$"
)


def is_closed(env, name):
    """Whether no operator can open this model."""
    return bool(_CLOSED.fullmatch(name)) or any(
        is_closed(env, parent) for parent in env[name]._inherits
    )


def closed_reason(model, field):
    """Why a field of a model is never written, whoever asks; None if it may be."""
    if CREDENTIAL.search(field.name):
        return "it is a credential"
    for name in _MIXINS:
        mixin = model.env.registry.get(name)
        if mixin and issubclass(type(model), mixin) and field.name in mixin._fields:
            return "it decides who gets mail or access"
    if field.related and not field.inherited:
        return "it belongs to another record"
    if field.inherited and _CLOSED.fullmatch(_delegate(model, field)):
        return f"it belongs to {_delegate(model, field)}"
    comodel = field.comodel_name if field.relational else None
    if comodel and comodel not in _NAMED and is_closed(model.env, comodel):
        return f"it refers to {comodel}"
    if field.type == "html" and not field.sanitize:
        return "it may contain scripts"
    return None


def _delegate(model, field):
    """The model that an inherited field comes from."""
    return model._fields[field.related.partition(".")[0]].comodel_name
