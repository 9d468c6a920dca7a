from . import test_post_move
from . import test_capture_account
