from . import test_capture
from . import test_capture_cascades
from . import test_capture_concurrency
from . import test_capture_cost
from . import test_capture_failures
from . import test_capture_savepoints
from . import test_capture_values
from . import test_rule
