-- Makes writers of subscribers wait for each other; events are stored meanwhile.
lock table bridge.subscriber in share row exclusive mode
