from . import event_bus
