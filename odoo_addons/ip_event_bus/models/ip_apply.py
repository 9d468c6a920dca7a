import time
from contextlib import contextmanager

import psycopg2
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import models
from odoo.exceptions import UserError

from .. import answers
from ..calls import BUDGET_SECONDS, Refused, is_integer
from ..origin import caused_by


class IpApply(models.AbstractModel):
    """Applies what the bridge asks for, each action once."""

    _name = "ip.apply"
    _description = "Application of the bridge's actions"

    def _one(self, call):
        """Applies one action; what it raises must undo the transaction.

        :return: the answer's JSON
        """
        receipts = self.env["ip.apply.receipt"]
        kept = self._with_receipt([call])
        earlier = receipts._take(kept)
        with caused_by("bridge", call.correlation_id, call.hop):
            answer = self._once(call, earlier)
            # Values that are computed now have the same cause.
            self.env.cr.flush()
        if kept and not earlier:
            receipts._settle({call.key: answer["result"]})
        return answer

    def _batch(self, calls):
        """Applies several actions in one transaction, each for itself.

        What Odoo must repeat (serialization failures, deadlocks) and what nobody
        foresaw goes through, and undoes all of them.

        :return: one result a call, in order
        """
        self._require_batchable(calls)
        receipts = self.env["ip.apply.receipt"]
        kept = self._with_receipt(calls)
        earlier = receipts._take(kept)
        with self.env["ip.event"].sudo()._waking_once():
            results = self.with_context(ip_event_bus_ids=_ids(calls))._each(
                calls, earlier
            )
        applied = {
            result["idempotency_key"]: result.get("result") for result in results
        }
        receipts._settle(
            {call.key: applied[call.key] for call in kept if call.key not in earlier}
        )
        return results

    def _each(self, calls, earlier):
        results, lanes = [], set()
        first = time.monotonic()
        for call in calls:
            lane, begin = _lane(call), time.monotonic()
            if results and begin - first > BUDGET_SECONDS:
                answer = _not_run(call, "the time for this batch was used up")
            elif lane is not None and lane in lanes:
                answer = _not_run(call, "the batch has an earlier action on the record")
            else:
                answer = self._one_of_many(call, earlier)
            lanes.add(lane)
            results.append(
                {
                    "idempotency_key": call.key,
                    "status": 200,
                    **answer,
                    "duration_ms": round((time.monotonic() - begin) * 1000),
                }
            )
        return results

    def _with_receipt(self, calls):
        """Those that are done once a key."""
        known = self.env["ip.agent.actions"]._known
        return [call for call in calls if call.key and known(call.action).receipt]

    def _require_batchable(self, calls):
        for call in calls:
            if not self.env["ip.agent.actions"]._known(call.action).batchable:
                raise Refused(
                    422,
                    "not_batchable",
                    f"{call.action} must be sent alone; nothing was applied",
                )

    def _one_of_many(self, call, earlier):
        cr = self.env.cr
        try:
            with (
                _callbacks_kept(cr),
                caused_by("bridge", call.correlation_id, call.hop),
                cr.savepoint(),
            ):
                return self._once(call, earlier)
        except (UserError, CheckViolation, UniqueViolation) as exc:
            refused = answers.refusal_of(self._explained(exc))
            answer = answers.body_of(refused, call.correlation_id)
            return {**answer, "status": refused.status}

    def _explained(self, exc):
        """The model's own words for a violated constraint."""
        if not isinstance(exc, psycopg2.IntegrityError):
            return exc
        model = self.env["base"]
        for model_class in self.env.registry.values():
            if exc.diag.table_name == model_class._table:
                model = self.env[model_class._name]
                break
        return Refused(422, "validation_error", model._sql_error_to_message(exc))

    def _once(self, call, earlier):
        """Applies an action unless its receipt was there before."""
        receipt = earlier.get(call.key)
        if receipt:
            return answers.applied(call, receipt._result_for(call), replayed=True)
        args = {
            name: value for name, value in call.args.items() if name != "company_id"
        }
        actions = self._in_company(call.args).env["ip.agent.actions"]
        return answers.applied(
            call, actions._perform(call.action, args), replayed=False
        )

    def _in_company(self, args):
        """This, in the company that the arguments name."""
        company = args.get("company_id")
        if company is None:
            return self
        if not is_integer(company) or company not in self.env.user._get_company_ids():
            raise Refused(
                403,
                "company_not_allowed",
                "args.company_id: none of the integration user's companies",
            )
        return self.with_company(company)


def _lane(call):
    """What actions on the same record have in common; None for one on no record."""
    number = call.args.get("id")
    if not is_integer(number):
        return None
    return call.action.rpartition(".")[0], number


def _ids(calls):
    """The records that the actions are about, as ``{model: numbers}``."""
    found = {}
    for lane in map(_lane, calls):
        if lane is not None and 0 < lane[1] < 2**31:
            found.setdefault(lane[0], []).append(lane[1])
    return found


def _not_run(call, why):
    refused = Refused(425, "not_run", f"{why}; send it again", retryable=True)
    answer = answers.body_of(refused, call.correlation_id)
    return {**answer, "status": refused.status}


@contextmanager
def _callbacks_kept(cr):
    """Forgets what was to happen after the commit if what asked for it is undone.

    Odoo's savepoints do not: mails and webhooks of an action that failed would go out.
    """
    functions = cr.postcommit._funcs
    before = len(functions)
    try:
        yield
    except BaseException:
        while len(functions) > before:
            functions.pop()
        raise
