from odoo import api, models, tools
from odoo.exceptions import MissingError

from .. import field_values, guard
from ..actions import Action, action, decorated
from ..api_error import ApiError, bad_request
from ..api_request import record_id

# Available for every model that permits them.
_GENERIC = {"create": "_create_record", "update": "_update", "archive": "_archive"}


class IpAgentActions(models.AbstractModel):
    """The actions that the bridge may request; there are no others.

    Other addons inherit from this model and decorate methods. A requested name is
    looked up here; it is never used as the name of a method.
    """

    _name = "ip.agent.actions"
    _description = "Bridge Actions"

    @api.model
    @tools.ormcache()
    def _registered(self):
        """The decorated methods, as ``{action name: (method name, Action)}``."""
        marks = decorated(type(self), "_ip_action")
        return {mark.name: (method, mark) for method, mark in marks.items()}

    @api.model
    def _available(self):
        """The available actions, sorted by name."""
        found = [mark for _method, mark in self._registered().values()]
        known = {mark.name for mark in found}
        for model, permissions in self.env["ip.agent.model"]._permissions().items():
            for operation in permissions.operations & _GENERIC.keys():
                name = f"{model}.{operation}"
                if name not in known:
                    found.append(Action(name, batchable=True))
        return sorted(found)

    @api.model
    def _lookup(self, name):
        """The definition of an action.

        :raise ApiError: 422 if there is none of this name
        """
        registered = self._registered().get(name)
        if registered:
            return registered[1]
        model, _dot, operation = name.rpartition(".")
        if operation in _GENERIC and model in self.env:
            return Action(name, batchable=True)
        raise ApiError(422, "unknown_action", "no installed addon provides this action")

    @api.model
    def _perform(self, name, args):
        """Performs an action that exists.

        :return: an object that can be serialized as JSON
        """
        registered = self._registered().get(name)
        if registered:
            return getattr(self, registered[0])(args) or {}
        model, _dot, operation = name.rpartition(".")
        with guard.guarded():
            result = getattr(self, _GENERIC[operation])(model, args)
            self.env.flush_all()
        return result

    @action("bridge.ping", receipt=False)
    def _ping(self, args):
        """Proves that calls arrive: database, key, signature and clock are right.

        The bridge's heartbeat asks for an event, which proves the way back.
        """
        if args.get("heartbeat") is True:
            self.env["ip.event"]._emit_heartbeat()
        return {"pong": True}

    def _create_record(self, model, args):
        permissions = self.env["ip.agent.model"]._require_permission(model, "create")
        self._check_arg_names(args, "values")
        records = self._in_language(model)
        values = self._parse_values(permissions, records, args.get("values"))
        record = records.create(values)
        self._check_currencies(record, args["values"])
        return {"id": record.id}

    def _update(self, model, args):
        permissions = self.env["ip.agent.model"]._require_permission(model, "update")
        self._check_arg_names(args, "id", "values", "expect")
        record = self._get_record(model, args)
        record._ip_check_reachable()
        values = self._parse_values(permissions, record, args.get("values"))
        self._check_expected(permissions, record, args.get("expect"))
        record.write(values)
        self._check_currencies(record, args["values"])
        return {"id": record.id}

    def _archive(self, model, args):
        permissions = self.env["ip.agent.model"]._require_permission(model, "archive")
        self._check_arg_names(args, "id", "expect")
        record = self._get_record(model, args)
        record._ip_check_reachable()
        self._check_expected(permissions, record, args.get("expect"))
        active = record._active_name
        if not record[active]:
            record.check_access("write")
            return {"id": record.id, "already_applied": True}
        record.action_archive()
        if record[active]:
            raise ApiError(422, "user_error", "archiving the record had no effect")
        return {"id": record.id}

    @action("mail.message.post")
    def _post_message(self, args):
        """Posts plain text: an internal note, or a comment that followers receive."""
        self._check_arg_names(args, "model", "id", "body", "subtype")
        for name in ("model", "body"):
            if not isinstance(args.get(name), str) or not args[name].strip():
                raise bad_request(f"args.{name}: expected a string")
        subtypes = {"note": "mail.mt_note", "comment": "mail.mt_comment"}
        subtype = args.get("subtype", "note")
        if not isinstance(subtype, str) or subtype not in subtypes:
            raise bad_request("args.subtype: expected note or comment")
        self.env["ip.agent.model"]._require_permission(args["model"], "message")
        record = self._get_record(args["model"], args)
        message = record.message_post(
            body=args["body"],
            message_type="comment",
            subtype_xmlid=subtypes[subtype],
        )
        return {"id": record.id, "message_id": message.id}

    @api.model
    def _integration_user(self):
        """The integration user.

        :raise ApiError: 503 if there is none
        """
        agent = self.env.ref("ip_event_bus.agent_user", raise_if_not_found=False)
        if not agent or not agent.sudo().active:
            raise ApiError(
                503,
                "not_configured",
                "the integration user ip_event_bus is archived or deleted; restore it",
                retryable=True,
                retry_after=60,
            )
        return agent

    # Actions of other addons can use these as well.

    @api.model
    def _check_arg_names(self, args, *names):
        """Rejects arguments with other names, which would be ignored silently.

        :raise ApiError: 400
        """
        for name in args:
            if name not in names:
                known = ", ".join(names) or "nothing"
                raise bad_request(f"args.{name[:64]}: unknown; expected only: {known}")

    @api.model
    def _get_record(self, model, args, name="id"):
        """The record whose ID is in the arguments.

        :raise ApiError: 400 if it is not an ID
        :raise MissingError: if there is no such record
        :raise AccessError: if the integration user may not read it
        """
        number = record_id(args.get(name))
        if number is None:
            raise bad_request(f"args.{name}: expected a record ID")
        # All records of a batch are read at once.
        together = self.env.context.get("ip_event_bus_ids", {}).get(model, ())
        record = self._in_language(model).browse(number).with_prefetch(together)
        if record._log_access:
            # Reading fails if it does not exist, and caches most of what comes next.
            record.write_date  # noqa: B018
        elif not record.exists():
            raise MissingError(f"there is no {model} with this ID")
        record.check_access("read")
        return record

    @api.model
    def _in_language(self, model):
        """A model in the language of its event rule, or else of the user."""
        watch = self.env["ip.event.rule"]._watch_for(model)
        lang = (watch and watch.lang) or self.env.user.lang
        return self.env[model].with_context(lang=lang)

    @api.model
    def _parse_values(self, permissions, record, values):
        """Converts JSON values to values that can be written.

        What the record's events send may be sent back whole: fields of the event rule
        that only Odoo sets are left out, and others that are not open must be
        unchanged.

        :param record: the record to change, or the empty model to create one
        :raise ApiError: 400 if it is not an object, 422 if a field may not be set or a
            value is invalid
        """
        if not isinstance(values, dict) or not values:
            raise bad_request("args.values: expected an object with the fields to set")
        return {
            name: field_values.to_odoo(
                record, self._require_field(permissions, record, name), value
            )
            for name, value in values.items()
            if name in permissions.fields or not self._is_sent_back(record, name, value)
        }

    @api.model
    def _is_sent_back(self, record, name, value):
        watch = self.env["ip.event.rule"]._watch_for(record._name)
        if not watch or name not in watch.names:
            return False
        field = record._fields[name]
        if field_values.is_maintained(field):
            return True
        try:
            return bool(record) and field_values.equals(record, field, value)
        except ApiError:
            return False

    @api.model
    def _check_currencies(self, record, values):
        """Refuses amounts in another currency than the record's.

        :raise ApiError: 422
        """
        name = field_values.other_currency(record, values)
        if name:
            raise ApiError(
                422,
                "validation_error",
                f"{name}: the record has another currency than the amount states",
            )

    @api.model
    def _check_expected(self, permissions, record, expected):
        """Refuses to change a record that differs from what the caller expects.

        :raise ApiError: 409 if a field has another value
        """
        if expected is None:
            return
        if not isinstance(expected, dict):
            raise bad_request("args.expect: expected an object with the old values")
        for name, value in expected.items():
            field = self._require_field(permissions, record, name)
            if not field_values.equals(record, field, value):
                raise ApiError(409, "stale", f"{name} has another value now")

    @api.model
    def _require_field(self, permissions, model, name):
        if name not in permissions.fields:
            raise ApiError(
                422,
                "field_not_allowed",
                f"{name[:64]}: the bridge may not use this field of {model._name};"
                " add it in Supabase Bridge > Configuration > Open Models",
            )
        return model._fields[name]
