"""Parameter download 0800/360, a message without a MAC (fact sheet, 2.6 and 3.2)."""

from emulator.host.desk import Answer, Desk, Request, caller_of, echoed, stamped
from emulator.host.parameter_tags import parameter_bytes

NEEDED = (41, 42, 60)


def download(desk: Desk, request: Request) -> Answer:
    """Answer 0810 with the host's parameters in field 62, and what a fault adds to them."""
    message, when = request.message, desk.now()
    caller = caller_of(desk, message)
    refusal = caller if isinstance(caller, str) else None
    if any(number not in message.fields for number in NEEDED):
        refusal = "30"
    fields = echoed(message, (11, *NEEDED)) | stamped(when)
    fields |= {37: desk.ledger.next_rrn(when), 39: refusal or "00"}
    if refusal is not None:
        return Answer(fields)
    fault = request.fault
    hostile = f"{fault['tag']}{fault['value']}".encode("gb18030") if fault else b""
    return Answer(fields | {62: parameter_bytes(desk.config.parameters) + hostile})
