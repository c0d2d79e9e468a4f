"""Around the MAC: the bytes that it is made over, and the message with it (4.1)."""

from typing import Final

from terminal.iso8583.codec import Message, MessageError, encode, mac_input

NO_MAC: Final = bytes(8)


def unsigned(message: Message) -> bytes:
    """The bytes that the MAC of this message is made over: its bitmap has bit 64 already."""
    return mac_input(encode(Message(message.mti, {**message.fields, 64: NO_MAC})))


def sign(unsigned_raw: bytes, mac: bytes) -> bytes:
    """The whole message: `unsigned` bytes and the 8 bytes of F64."""
    if len(mac) != len(NO_MAC):
        raise MessageError("field 64", f"{len(mac)} bytes, 8 are needed")
    return unsigned_raw + mac
