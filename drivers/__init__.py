"""Device drivers: bytes in, events out; commands in, bytes out."""
