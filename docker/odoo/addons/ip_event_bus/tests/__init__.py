from . import test_apply
from . import test_apply_committed
from . import test_batch
from . import test_event_push
from . import test_security
