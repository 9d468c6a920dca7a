from . import test_dispatch
from . import test_dispatch_faults
from . import test_dispatch_refusals
from . import test_apply
from . import test_pairing
from . import test_settings
