"""Around the message: TPDU and header (1.2, 1.3), and the framing of a TCP or a serial line.

Pure: bytes in, what was found out. Garbage is found as `Bad`, never raised, and never grows.
"""

from dataclasses import dataclass, replace
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import MessageError

TPDU_BYTES: Final = 5
HEADER_BYTES: Final = 6
LEAST_PAYLOAD: Final = TPDU_BYTES + HEADER_BYTES + 10  # then MTI and bitmap at least
_TPDU_ID: Final = 0x60
_CHIP_ENTRY: Final = ("05", "07")


@dataclass(frozen=True, slots=True)
class Tpdu:
    """Destination and source address, four digits each."""

    destination: str
    source: str

    @property
    def raw(self) -> bytes:
        """The five bytes."""
        return bytes.fromhex(f"60{self.destination}{self.source}")


@dataclass(frozen=True, slots=True)
class Header:
    """The twelve digits; `processing_request` is what the host asks for, a hex digit."""

    application_class: str
    software_version: str
    terminal_state: str
    processing_request: str
    sub_version: str

    @property
    def raw(self) -> bytes:
        """The six bytes."""
        state = self.terminal_state + self.processing_request
        return bytes.fromhex(
            f"{self.application_class}{self.software_version}{state}{self.sub_version}"
        )


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """What stands before each message of this terminal."""

    tpdu: Tpdu
    header: Header


def channel_config(tpdu: str, header: str) -> ChannelConfig:
    """From configuration: ten digits that begin with 60, and twelve. Raises MessageError."""
    return ChannelConfig(
        parse_tpdu(_digits("TPDU", tpdu, 10)), parse_header(_digits("header", header, 12))
    )


def application_class(entry_mode: str | None, profile: HostProfile, configured: str) -> str:
    """Header digits 1 and 2: `61` for a chip, `60` for other cards, else as configured."""
    if profile.application_class != "by_entry_mode":
        return profile.application_class
    if entry_mode is None:
        return configured
    return "61" if entry_mode.startswith(_CHIP_ENTRY) else "60"


def wrap(body: bytes, config: ChannelConfig, application_class: str | None = None) -> bytes:
    """TPDU, header and message; `application_class` None takes the configured one."""
    wanted = application_class or config.header.application_class
    return config.tpdu.raw + replace(config.header, application_class=wanted).raw + body


def unwrap(raw: bytes) -> tuple[Tpdu, Header, bytes]:
    """Split what `wrap` joins. Raises MessageError naming the part that is wrong.

    Addresses are not compared: some hosts echo them instead of swapping them.
    """
    if len(raw) < LEAST_PAYLOAD:
        what = f"{len(raw)} bytes, at least {LEAST_PAYLOAD} are needed"
        raise MessageError("TPDU" if len(raw) < TPDU_BYTES else "header", what)
    start = TPDU_BYTES + HEADER_BYTES
    return parse_tpdu(raw[:TPDU_BYTES]), parse_header(raw[TPDU_BYTES:start]), raw[start:]


def parse_tpdu(raw: bytes) -> Tpdu:
    """The five bytes of a TPDU; raises MessageError."""
    digits = raw.hex()
    if len(raw) != TPDU_BYTES or raw[0] != _TPDU_ID or not digits.isdigit():
        raise MessageError("TPDU", "not 60 and two addresses of four digits")
    return Tpdu(digits[2:6], digits[6:])


def parse_header(raw: bytes) -> Header:
    """The six bytes of a header; raises MessageError."""
    digits = raw.hex()
    if len(raw) != HEADER_BYTES or not (digits[:5] + digits[6:]).isdigit():
        raise MessageError("header", "not twelve digits")
    return Header(digits[:2], digits[2:4], digits[4], digits[5], digits[6:])


def _digits(place: str, text: str, count: int) -> bytes:
    if len(text) != count or not (text.isascii() and text.isdigit()):
        raise MessageError(place, f"must be {count} digits")
    return bytes.fromhex(text)
