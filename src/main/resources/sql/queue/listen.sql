-- Listens on the channel of the trigger function bridge.notify_queue; a notification's payload names the queue.
listen bridge_queue
