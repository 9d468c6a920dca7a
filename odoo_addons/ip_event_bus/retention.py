"""How long what is only kept to look at is kept."""

from datetime import timedelta

from odoo import fields

# Rows deleted in one transaction.
BATCH = 10_000


def limit(env, parameter, default, least):
    """The time before which rows may go.

    :param parameter: the system parameter that says how many days; what is no number is
        ignored
    :param default: days if it is not set
    :param least: days that no parameter can shorten
    """
    value = env["ir.config_parameter"].sudo().get_param(parameter) or ""
    days = int(value) if value.strip().isdecimal() else default
    return fields.Datetime.now() - timedelta(days=min(max(days, least), 36_500))


def delete_old(records):
    """Deletes what was found: how many, and whether there may be more."""
    count = len(records)
    records.unlink()
    return count, count == BATCH
