"""Card messaging with the acquirer: fields, dialects, codec, messages and channel."""
