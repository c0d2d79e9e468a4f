"""The other end of every wire: device models and the acquirer's host."""
