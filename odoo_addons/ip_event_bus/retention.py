"""Deletes records that are kept only for reference once they are old enough."""

from datetime import timedelta

from odoo import fields

# Rows deleted in one transaction.
BATCH = 10_000


def limit(env, parameter, default, least):
    """The time before which rows may be deleted.

    :param parameter: the system parameter with the number of days; any other value is
        ignored
    :param default: days if it is not set
    :param least: the minimum, whatever the parameter says
    """
    value = env["ir.config_parameter"].sudo().get_param(parameter) or ""
    days = int(value) if value.strip().isdecimal() else default
    return fields.Datetime.now() - timedelta(days=min(max(days, least), 36_500))


def delete_old(records):
    """Deletes the records.

    :return: how many, and whether there may be more
    """
    count = len(records)
    records.unlink()
    return count, count == BATCH
