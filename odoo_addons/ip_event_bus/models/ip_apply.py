import time
from contextlib import contextmanager

import psycopg2
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import models
from odoo.exceptions import UserError

from .. import api_response
from ..api_error import ApiError
from ..api_request import BUDGET_SECONDS, record_id
from ..origin import caused_by


class IpApply(models.AbstractModel):
    """Applies the actions that the bridge requests, each once."""

    _name = "ip.apply"
    _description = "Application of Bridge Actions"

    def _apply_one(self, call):
        """Applies one action; an exception must roll the transaction back.

        :return: the JSON of the response
        """
        receipts = self.env["ip.apply.receipt"]
        kept = self._with_receipt([call])
        earlier = receipts._reserve(kept)
        with caused_by("bridge", call.correlation_id, call.hop):
            body = self._apply_once(call, earlier)
            # Values computed by the flush have the same cause.
            self.env.cr.flush()
        if kept and not earlier:
            receipts._store_results({call.key: body["result"]})
        return body

    def _apply_batch(self, calls):
        """Applies several actions in one transaction, each with its own result.

        Errors that Odoo must retry (serialization failures, deadlocks) and unexpected
        ones are raised, and roll all of them back.

        :return: one result per call, in order
        """
        self._require_batchable(calls)
        receipts = self.env["ip.apply.receipt"]
        kept = self._with_receipt(calls)
        earlier = receipts._reserve(kept)
        with self.env["ip.event"].sudo()._waking_once():
            results = self.with_context(ip_event_bus_ids=_ids(calls))._apply_each(
                calls, earlier
            )
        applied = {
            result["idempotency_key"]: result.get("result") for result in results
        }
        receipts._store_results(
            {call.key: applied[call.key] for call in kept if call.key not in earlier}
        )
        return results

    def _apply_each(self, calls, earlier):
        results, lanes = [], set()
        first = time.monotonic()
        for call in calls:
            lane, begin = _lane(call), time.monotonic()
            if results and begin - first > BUDGET_SECONDS:
                body = _not_run(call, "the batch ran out of time")
            elif lane is not None and lane in lanes:
                body = _not_run(
                    call, "the batch has an earlier action on the same record"
                )
            else:
                body = self._apply_in_savepoint(call, earlier)
            lanes.add(lane)
            results.append(
                {
                    "idempotency_key": call.key,
                    "status": 200,
                    **body,
                    "duration_ms": round((time.monotonic() - begin) * 1000),
                }
            )
        return results

    def _with_receipt(self, calls):
        """Those that are applied once per idempotency key."""
        known = self.env["ip.agent.actions"]._lookup
        return [call for call in calls if call.key and known(call.action).receipt]

    def _require_batchable(self, calls):
        for call in calls:
            if not self.env["ip.agent.actions"]._lookup(call.action).batchable:
                raise ApiError(
                    422,
                    "not_batchable",
                    f"{call.action} must be sent on its own; nothing was applied",
                )

    def _apply_in_savepoint(self, call, earlier):
        cr = self.env.cr
        try:
            with (
                _callbacks_kept(cr),
                caused_by("bridge", call.correlation_id, call.hop),
                cr.savepoint(),
            ):
                return self._apply_once(call, earlier)
        except (UserError, CheckViolation, UniqueViolation) as exc:
            error = api_response.as_api_error(self._with_model_message(exc))
            body = api_response.error_body(error, call.correlation_id)
            return {**body, "status": error.status}

    def _with_model_message(self, exc):
        """A violated constraint, with the message that the model defines for it."""
        if not isinstance(exc, psycopg2.IntegrityError):
            return exc
        model = self.env["base"]
        for model_class in self.env.registry.values():
            if exc.diag.table_name == model_class._table:
                model = self.env[model_class._name]
                break
        return ApiError(422, "validation_error", model._sql_error_to_message(exc))

    def _apply_once(self, call, earlier):
        """Applies an action unless there was a receipt for it already."""
        receipt = earlier.get(call.key)
        if receipt:
            return api_response.success_body(
                call, receipt._result_for(call), replayed=True
            )
        args = {
            name: value for name, value in call.args.items() if name != "company_id"
        }
        actions = self._in_company(call.args).env["ip.agent.actions"]
        return api_response.success_body(
            call, actions._perform(call.action, args), replayed=False
        )

    def _in_company(self, args):
        """This model, in the company that the arguments name."""
        if args.get("company_id") is None:
            return self
        company = record_id(args["company_id"])
        if company not in self.env.user._get_company_ids():
            raise ApiError(
                403,
                "company_not_allowed",
                "args.company_id: the integration user does not belong to this company",
            )
        return self.with_company(company)


def _lane(call):
    """Actions on the same record share a lane; None if the action has no record."""
    number = record_id(call.args.get("id"))
    if number is None:
        return None
    return call.action.rpartition(".")[0], number


def _ids(calls):
    """The records that the actions are about, as ``{model: ids}``."""
    found = {}
    for lane in map(_lane, calls):
        if lane is not None:
            found.setdefault(lane[0], []).append(lane[1])
    return found


def _not_run(call, why):
    error = ApiError(425, "not_run", f"{why}; send it again", retryable=True)
    body = api_response.error_body(error, call.correlation_id)
    return {**body, "status": error.status}


@contextmanager
def _callbacks_kept(cr):
    """Drops the post-commit callbacks of an action that fails.

    Odoo's savepoints keep them: mails and webhooks of a failed action would go out.
    """
    functions = cr.postcommit._funcs
    before = len(functions)
    try:
        yield
    except BaseException:
        while len(functions) > before:
            functions.pop()
        raise
