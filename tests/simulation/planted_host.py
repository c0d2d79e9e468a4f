"""Planted bugs: what is believed of an answer, and the line that it came over."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

HOST: Final = (
    PlantedBug(
        name="mac_not_checked_on_decline",
        file="terminal/iso8583/matching.py",
        old="if mac is not MacCheck.VERIFIED and not _is_believed(code, mac, profile):",
        new='if mac is not MacCheck.VERIFIED and profile.verdict(code) != "declined":',
        why="A forged decline makes a refund that the host has paid look refused: it is paid twice",
        source="F46",
    ),
    PlantedBug(
        name="verdict_of_mac_ignored",
        file="terminal/flows/answer_mac.py",
        old="return MacCheck.VERIFIED if event.answer.right else MacCheck.WRONG",
        new="return MacCheck.VERIFIED",
        why="Whoever sits on the line approves: goods or money leave for an answer nobody gave",
        source="F45",
    ),
    PlantedBug(
        name="duplicate_read_as_decline",
        file="terminal/iso8583/matching.py",
        old='return Kind.DECLINED if verdict == "declined" else Kind.UNKNOWN',
        new='return Kind.DECLINED if verdict in ("declined", "duplicate") else Kind.UNKNOWN',
        why="Code 94 says that the host has seen it: read as a decline, the refund is paid twice",
        source="F48",
    ),
    PlantedBug(
        name="unlisted_code_read_as_decline",
        file="terminal/domain/host_profile.py",
        old='return "unknown" if response_code in self.unknown_codes else self.unlisted_code',
        new='return "unknown" if response_code in self.unknown_codes else "declined"',
        why="A new code of the host may mean that it has paid: the cashier tries again",
        source="F53",
    ),
    PlantedBug(
        name="in_progress_read_as_decline",
        file="terminal/domain/host_profile.py",
        old="if response_code in self.declined_codes:",
        new="if response_code in self.declined_codes | self.unknown_codes:",
        why="While the host still works on it (09) the cashier is told that it was refused",
        source="F56",
        held_out=True,
    ),
    PlantedBug(
        name="stan_of_answer_not_compared",
        file="terminal/iso8583/comparison.py",
        old="OURS: Final = (11, 41, 42)",
        new="OURS: Final = (41, 42)",
        why="The late answer to an earlier message decides what became of this one",
        source="F44",
    ),
    PlantedBug(
        name="terminal_of_answer_not_compared",
        file="terminal/iso8583/comparison.py",
        old="OURS: Final = (11, 41, 42)",
        new="OURS: Final = (11, 42)",
        why="Another till's answer ends the waiting: an upload counts as taken that never arrived",
        source="F47",
    ),
    PlantedBug(
        name="amount_of_answer_not_compared",
        file="terminal/iso8583/matching.py",
        old="compared = (3, 49) if _is_part(request, reply, profile) else (3, 4, 49)",
        new="compared = (3, 49)",
        why="An answer about another amount is booked as this refund's",
        source="F47",
    ),
    PlantedBug(
        name="silence_read_as_not_sent",
        file="terminal/flows/host_exchange.py",
        old="*host_silent(S.SENT, S.UNKNOWN, case.store_unknown),",
        new="*host_silent(S.SENT, S.NOT_SENT, case.store_not_sent),",
        why="No answer is told as no refund: the cashier repeats what the host has paid",
        source="F41",
    ),
    PlantedBug(
        name="broken_line_read_as_not_sent",
        file="terminal/host_link.py",
        old="certain = self._state is _State.OPENING and not write_called",
        new="certain = self._state is _State.OPENING or not self._is_serial",
        why="A connection that breaks after the message left is told as never sent: paid twice",
        source="F35",
    ),
    PlantedBug(
        name="naks_read_as_not_sent",
        file="terminal/host_link.py",
        old='return self._end(HostSilent(self._number, "not acknowledged"))',
        new='return self._end(HostNotReached(self._number, "not acknowledged"))',
        why="Noise that looks like NAKs hides that the first copy arrived and was paid",
        held_out=True,
    ),
    PlantedBug(
        name="half_frame_kept_for_next_line",
        file="terminal/host_link.py",
        old="self._tcp, self._serial = framing.TcpFraming(), framing.SerialFraming()",
        new="self._serial = framing.SerialFraming()",
        why="After one bad or cut frame no answer on any later connection is understood any more",
        source="F54",
    ),
    PlantedBug(
        name="line_left_open_after_silence",
        file="terminal/host_link.py",
        old="return Reaction(frames=frames, events=(event,) if event else (), close=True)",
        new=(
            "return Reaction(frames=frames, events=(event,) if event else (), "
            "close=not isinstance(event, HostSilent))"
        ),
        why="After one silence the old connection stands in the way, or brings its late answer",
        source="F33",
    ),
    PlantedBug(
        name="lrc_not_compared",
        file="terminal/iso8583/framing.py",
        old="elif self._buffer[end + 1] != lrc(checked):",
        new="elif len(self._buffer) < end + 2:",
        why="Noise on the serial line changes answers that have no MAC, as those of a settlement",
        source="F54",
    ),
    PlantedBug(
        name="sign_in_good_without_keys",
        file="terminal/flows/host_call.py",
        old='On("keypad_failed", S.LOADING, S.BAD, do=say_keys_wrong),',
        new='On("keypad_failed", S.LOADING, S.GOOD, do=store_signed_in),',
        why="Keys with a wrong check value count as a sign-in: nothing works, and nobody is told",
        source="F05",
    ),
    PlantedBug(
        name="batch_taken_over_at_sign_in",
        file="terminal/flows/host_call.py",
        old="kept = books.batch if books.batch_records and offered != books.batch else offered",
        new="kept = offered",
        why="A sign-in in the middle of the day throws away what was not settled yet",
        source="F52",
    ),
    PlantedBug(
        name="track_kept_with_intent",
        file="terminal/flows/exchange_case.py",
        old='return c, (Persist("intent", c.intent.to_body(), c.sealed), ask)',
        new=(
            'return c, (Persist("intent", {**c.intent.to_body(), '
            '"track": c.card.track2 if c.card else ""}, c.sealed), ask)'
        ),
        why="The stripe lies in clear in the journal: whoever steals the terminal has the cards",
        source="LiaoYang",
    ),
)
