from . import test_post_move
