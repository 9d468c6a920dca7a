from odoo import api, models, tools
from odoo.exceptions import MissingError

from .. import field_values
from ..actions import Action, action, marked
from ..calls import Refused, bad_request, is_integer

# What can be asked of every model that is open for it.
_GENERIC = {"create": "_create_record", "update": "_update", "archive": "_archive"}


class IpAgentActions(models.AbstractModel):
    """The actions that the bridge may ask for, and no others.

    Other addons inherit from this and decorate methods. Names that are asked for are
    looked up here; they are never names of methods.
    """

    _name = "ip.agent.actions"
    _description = "Actions for the bridge"

    @api.model
    @tools.ormcache()
    def _registered(self):
        """The decorated methods, as ``{action name: (method name, Action)}``."""
        marks = marked(type(self), "_ip_action")
        return {mark.name: (method, mark) for method, mark in marks.items()}

    @api.model
    def _announced(self):
        """What can be asked for, sorted by name."""
        found = [mark for _method, mark in self._registered().values()]
        known = {mark.name for mark in found}
        for model, opened in self.env["ip.agent.model"]._opened().items():
            for operation in opened.operations & _GENERIC.keys():
                name = f"{model}.{operation}"
                if name not in known:
                    found.append(Action(name, batchable=True))
        return sorted(found)

    @api.model
    def _known(self, name):
        """What is known of an action.

        :raise Refused: 422 if it is unknown
        """
        registered = self._registered().get(name)
        if registered:
            return registered[1]
        model, _dot, operation = name.rpartition(".")
        if operation in _GENERIC and model in self.env:
            return Action(name, batchable=True)
        raise Refused(422, "unknown_action", "no addon here knows this action")

    @api.model
    def _perform(self, name, args):
        """Performs a known action.

        :return: an object that JSON can say
        """
        registered = self._registered().get(name)
        if registered:
            return getattr(self, registered[0])(args) or {}
        model, _dot, operation = name.rpartition(".")
        return getattr(self, _GENERIC[operation])(model, args)

    @action("bridge.ping", receipt=False)
    def _ping(self, args):
        """Proves that a call gets through: database, key, signature and clock."""
        return {"pong": True}

    def _create_record(self, model, args):
        opened = self.env["ip.agent.model"]._require(model, "create")
        self._only(args, "values")
        values = self._values(opened, self.env[model], args.get("values"))
        return {"id": self._in_language(model).create(values).id}

    def _update(self, model, args):
        opened = self.env["ip.agent.model"]._require(model, "update")
        self._only(args, "id", "values", "expect")
        values = self._values(opened, self.env[model], args.get("values"))
        record = self._record(model, args)
        self._expect(opened, record, args.get("expect"))
        record.write(values)
        return {"id": record.id}

    def _archive(self, model, args):
        opened = self.env["ip.agent.model"]._require(model, "archive")
        self._only(args, "id", "expect")
        record = self._record(model, args)
        self._expect(opened, record, args.get("expect"))
        active = record._active_name
        if not record[active]:
            record.check_access("write")
            return {"id": record.id, "already_applied": True}
        record.action_archive()
        if record[active]:
            raise Refused(
                422, "user_error", "the record did not let itself be archived"
            )
        return {"id": record.id}

    @action("mail.message.post")
    def _post_message(self, args):
        """Posts plain text: a note for colleagues, or a comment that followers get."""
        self._only(args, "model", "id", "body", "subtype")
        for name in ("model", "body"):
            if not isinstance(args.get(name), str) or not args[name].strip():
                raise bad_request(f"args.{name}: a text is expected")
        subtypes = {"note": "mail.mt_note", "comment": "mail.mt_comment"}
        subtype = args.get("subtype", "note")
        if not isinstance(subtype, str) or subtype not in subtypes:
            raise bad_request("args.subtype: note or comment is expected")
        self.env["ip.agent.model"]._require(args["model"], "message")
        record = self._record(args["model"], args)
        message = record.message_post(
            body=args["body"],
            message_type="comment",
            subtype_xmlid=subtypes[subtype],
        )
        return {"id": record.id, "message_id": message.id}

    @api.model
    def _agent(self):
        """The integration user.

        :raise Refused: 503 if there is none
        """
        agent = self.env.ref("ip_event_bus.agent_user", raise_if_not_found=False)
        if not agent or not agent.sudo().active:
            raise Refused(
                503,
                "not_configured",
                "the integration user ip_event_bus is archived or deleted",
                retryable=True,
                retry_after=60,
            )
        return agent

    # What actions of other addons can use as well.

    @api.model
    def _only(self, args, *names):
        """Refuses arguments with other names, which would be ignored in silence.

        :raise Refused: 400
        """
        for name in args:
            if name not in names:
                known = ", ".join(names) or "nothing"
                raise bad_request(f"args.{name[:64]}: unknown; known are: {known}")

    @api.model
    def _record(self, model, args, name="id"):
        """The record whose number is in the arguments.

        :raise Refused: 400 if it is no number
        :raise MissingError: if there is no such record
        :raise AccessError: if the integration user may not see it
        """
        number = args.get(name)
        if not is_integer(number) or not 0 < number < 2**31:
            raise bad_request(f"args.{name}: the number of a record is expected")
        # In a batch all its records are read at once.
        together = self.env.context.get("ip_event_bus_ids", {}).get(model, ())
        record = self._in_language(model).browse(number).with_prefetch(together)
        if record._log_access:
            # Read, so that it must be there; most of what comes next is in the cache
            # then.
            record.write_date  # noqa: B018
        elif not record.exists():
            raise MissingError(f"there is no {model} with this number")
        record.check_access("read")
        return record

    @api.model
    def _in_language(self, model):
        """A model in the language in which events tell its texts; else the user's."""
        watch = self.env["ip.event.rule"]._for(model)
        lang = (watch and watch.lang) or self.env.user.lang
        return self.env[model].with_context(lang=lang)

    @api.model
    def _values(self, opened, model, values):
        """What to write, of values that came as JSON.

        :raise Refused: 400 if it is no object, 422 if a field is not open or a value
            does not fit
        """
        if not isinstance(values, dict) or not values:
            raise bad_request(
                "args.values: an object with the fields to set is expected"
            )
        return {
            name: field_values.to_odoo(
                self.env, self._open_field(opened, model, name), value
            )
            for name, value in values.items()
        }

    @api.model
    def _expect(self, opened, record, expected):
        """Refuses to change a record that is not as the caller believes.

        :raise Refused: 409 if a field has another value
        """
        if expected is None:
            return
        if not isinstance(expected, dict):
            raise bad_request("args.expect: an object with the old values is expected")
        for name, value in expected.items():
            field = self._open_field(opened, record, name)
            if not field_values.is_value(record, field, value):
                raise Refused(409, "stale", f"{name} has another value by now")

    @api.model
    def _open_field(self, opened, model, name):
        if name not in opened.fields:
            raise Refused(
                422,
                "field_not_allowed",
                f"{name[:64]}: the field is not open to the bridge for {model._name}",
            )
        return model._fields[name]
