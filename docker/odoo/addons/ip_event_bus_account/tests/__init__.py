from . import test_capture_account
from . import test_post_move
