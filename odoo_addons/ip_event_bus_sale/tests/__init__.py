from . import test_capture_sale
