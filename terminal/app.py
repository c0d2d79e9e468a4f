"""The composition root: the only file of the firmware that knows drivers, links and files."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from queue import SimpleQueue

from drivers.card_reader import CardReaderDriver
from drivers.display import DisplayDriver
from drivers.keypad import KeypadDriver
from drivers.link import LinkSettings, make_link
from drivers.printer import PrinterDriver
from drivers.scanner import ScannerDriver
from drivers.tls import TlsFiles, context_of
from terminal import VERSION
from terminal.config import WIRES, ConfigError, DeviceFile, Line, device_file, parameter_file
from terminal.domain.certificates import CertificateError, first_end
from terminal.domain.facts import Facts, Versions
from terminal.domain.parameters import Parameters
from terminal.flows import home
from terminal.host_link import HostLinkDriver
from terminal.iso8583.channel import channel_config
from terminal.journal.books_fold import BooksFold
from terminal.journal.open_books import OpenBooks
from terminal.journal.record import Head, JournalError
from terminal.journal.store import open_journal
from terminal.link_events import FrameWritten, LinkEvent
from terminal.navigator import Navigator
from terminal.ports import Clock, Inbox, JournalGate, JournalRefusedError, Link, OpenJournal
from terminal.runtime import Runtime
from terminal.wires import ACQUIRER, Devices

READER_BAUD = 9600
UNTOLD_BAUD = 9600  # of a cable behind socket://, which is opened without naming a speed


class MachineClock:
    """The two clocks of this machine."""

    def monotonic_s(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def wall(self) -> datetime:
        """Now, for people; aware, UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Setting:
    """A device file and the parameters it names, and the folder that paths count from."""

    device: DeviceFile
    parameters: Parameters
    folder: Path
    name: str = "device.toml"


def read_setting(path: Path) -> Setting:
    """Read both files; raises ConfigError with one line for people."""
    device = device_file(_text(path), path.name)
    beside = path.parent / device.parameters
    return Setting(device, parameter_file(_text(beside), beside.name), path.parent, path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a name that is none
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise ConfigError(f"{path}: {reason}") from None


def gate(path: str, clock: Clock, vfs: str | None = None) -> JournalGate:
    """Opens the journal after comparing it with the record that the pad remembers."""

    def open_it(number: int, digest: bytes) -> OpenJournal:
        remembered = Head(number, digest) if number else None
        try:
            journal = open_journal(path, BooksFold(), clock, remembered, vfs)
        except JournalError as error:
            raise JournalRefusedError(error.verdict, error.reason) from None
        return OpenBooks(journal, Path(path).parent)

    return open_it


def runtime(
    setting: Setting, links: Mapping[str, Link], clock: Clock, vfs: str | None = None
) -> Runtime:
    """The terminal with every device handed in: live, emulated or simulated."""
    device = setting.device
    facts = Facts(device.identity, setting.parameters, device.profile)
    facts.certificate_expires = certificates_end(setting)
    facts.versions = Versions(VERSION, platform.python_version())
    channel = channel_config(device.identity.tpdu, device.identity.header)
    is_serial = is_serial_line(device.wires.acquirer)
    devices = Devices(
        keypad=KeypadDriver(),
        display=DisplayDriver(byte_s=line_of(device, "display").byte_s),
        reader=CardReaderDriver(),
        scanner=ScannerDriver(),
        printer=PrinterDriver(byte_s=line_of(device, "printer").byte_s),
        acquirer=HostLinkDriver(channel, lambda: facts.profile, is_serial),
        links=links,
    )
    journal = str(setting.folder / device.journal.path)
    return Runtime(facts, Navigator(home.flow(facts)), devices, gate(journal, clock, vfs), clock)


def certificates_end(setting: Setting) -> date | None:
    """The last day of the first certificate of the line to end, our CA's or our own.

    None without [tls]. Raises ConfigError that names the file.
    """
    tls = setting.device.tls
    if tls is None:
        return None
    return min(_end_of(setting, "ca", tls.ca), _end_of(setting, "certificate", tls.certificate))


def _end_of(setting: Setting, key: str, path: str) -> date:
    try:
        return first_end((_text(setting.folder / path),))
    except CertificateError as error:
        raise ConfigError(f"{setting.name}: tls.{key}: {path}: {error}") from None


def is_serial_line(url: str) -> bool:
    """Does this URL of the acquirer take the serial framing (profile 6)?"""
    return not url.startswith(("tcp://", "tls://"))


def line_of(device: DeviceFile, wire: str) -> Line:
    """The settings of a wire's line: those of the file, or the usual ones of such a device."""
    baudrate = READER_BAUD if wire in ("reader", "scanner") else Line().baudrate
    if getattr(device.wires, wire).startswith("socket://"):
        baudrate = UNTOLD_BAUD
    return device.lines.get(wire, Line(baudrate=baudrate))


def live_links(setting: Setting, inbox: Inbox) -> dict[str, Link]:
    """The real links; raises ConfigError for a URL that none of them can open."""
    inboxes = {wire: _of_answers(inbox) for wire in WIRES} | {ACQUIRER: inbox}
    return {wire: _live_link(setting, wire, inbox) for wire, inbox in inboxes.items()}


def _of_answers(inbox: Inbox) -> Inbox:
    """A device answers: nobody is woken because a frame has left for it."""

    def put(event: LinkEvent) -> None:
        if not isinstance(event, FrameWritten):
            inbox(event)

    return put


def _tls_files(setting: Setting) -> TlsFiles | None:
    tls, folder = setting.device.tls, setting.folder
    if tls is None:
        return None
    files = TlsFiles(
        ca=str(folder / tls.ca),
        certificate=str(folder / tls.certificate),
        key=str(folder / tls.key),
        server_name=tls.server_name,
    )
    try:
        context_of(files)
    except OSError as error:
        reason = error.strerror or "can't be used together"
        raise ConfigError(f"{setting.name}: tls: ca, certificate and key: {reason}") from None
    return files


def _live_link(setting: Setting, wire: str, inbox: Inbox) -> Link:
    device = setting.device
    line = line_of(device, wire)
    settings = LinkSettings(
        line.baudrate,
        line.bytesize,
        line.parity,
        line.stopbits,
        line.exclusive,
        connect_timeout_s=device.profile.connect_timeout_s,
        tls=_tls_files(setting),
    )
    try:
        return make_link(wire, getattr(device.wires, wire), inbox, settings)
    except ValueError as error:
        raise ConfigError(f"{setting.name}: wires.{wire}: {error}") from None


def serve(setting: Setting) -> None:
    """Run the terminal until the process ends."""
    inbox: SimpleQueue[LinkEvent | None] = SimpleQueue()
    clock = MachineClock()
    terminal = runtime(setting, live_links(setting, inbox.put), clock)
    terminal.start()
    try:
        terminal.run(inbox)
    finally:
        terminal.stop()
