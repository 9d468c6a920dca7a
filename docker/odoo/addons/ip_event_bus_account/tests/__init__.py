from . import test_capture_account
