"""What to tell the cashier about each response code (F39; unionpay-pos 5, profile 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from terminal.domain.phrase import Phrase


@dataclass(frozen=True, slots=True)
class HostText:
    """What happened (at most 2 rows of the display) and what to do next (at most 3)."""

    what: Phrase
    do_next: Phrase


# What to do next. Only a decline that is certain may be answered by asking the host once more.
NOTHING: Final = Phrase("Nothing more to do", "无需其他操作")
CONFIRM: Final = Phrase("Customer: ask the receiving bank", "请持卡人向收款银行确认")
ISSUER: Final = Phrase("Customer: call the card's bank", "请持卡人联系发卡银行")
KEEP_CARD: Final = Phrase("If safe, keep the card. Call service", "可行时留存此卡，并致电服务电话")
SERVICE: Final = Phrase("Call the service phone", "请致电服务电话")
CHECK_PURCHASE: Final = Phrase(
    "Check number, date and card on the slip", "请核对原单参考号、日期和卡"
)
CHECK_AMOUNT: Final = Phrase("Check amount and what is left to return", "请核对金额和可退余额")
CHECK_CARD: Final = Phrase("Check the card, or have another one used", "请核对卡片，或换卡办理")
USE_CHIP: Final = Phrase("Use a terminal that reads chips", "请在可读芯片的终端办理")
PIN: Final = Phrase(
    "Have the PIN typed with care, as a new request", "请持卡人重新输入密码，另行发起"
)
LATER: Final = Phrase("Start anew in a few minutes", "请几分钟后另行发起")
SIGN_IN: Final = Phrase("Sign in, then start anew", "请签到后另行发起")
UNKNOWN: Final = Phrase(
    "Do not repeat it. Call the service phone", "切勿再次操作，请致电服务电话核实"
)

_UNLISTED: Final = HostText(Phrase("Result unknown: strange code", "结果未知：应答码不明"), UNKNOWN)

_TEXTS: Final[Mapping[str, HostText]] = {
    "00": HostText(Phrase("Approved", "交易成功"), NOTHING),
    "01": HostText(Phrase("Bank wants a call", "发卡行要求联系"), ISSUER),
    "02": HostText(Phrase("Bank wants a call: special case", "发卡行要求联系：特殊情况"), ISSUER),
    "03": HostText(Phrase("Shop number not known", "商户号无效"), SERVICE),
    "04": HostText(Phrase("Card is to be kept", "此卡应没收"), KEEP_CARD),
    "05": HostText(Phrase("Cardholder not verified", "持卡人认证失败"), ISSUER),
    "06": HostText(Phrase("Error at the card's bank", "发卡行处理出错"), ISSUER),
    "07": HostText(Phrase("Card is to be kept: special case", "此卡应没收：特殊情况"), KEEP_CARD),
    "09": HostText(Phrase("Result unknown: still in work", "结果未知：仍在处理中"), UNKNOWN),
    "10": HostText(Phrase("Only a part was approved", "仅批准部分金额"), UNKNOWN),
    "11": HostText(Phrase("Approved: VIP customer", "交易成功：VIP客户"), NOTHING),
    "12": HostText(Phrase("Not possible for this purchase", "原交易不允许此操作"), CHECK_PURCHASE),
    "13": HostText(Phrase("Amount not valid", "金额无效"), CHECK_AMOUNT),
    "14": HostText(Phrase("Card number not valid", "卡号无效"), CHECK_CARD),
    "15": HostText(Phrase("Card's bank not known", "此卡无对应发卡方"), CHECK_CARD),
    "16": HostText(Phrase("Approved: stripe to be renewed", "交易成功：需更新磁道"), NOTHING),
    "19": HostText(Phrase("Host asks for a new entry", "主机要求重新录入"), CHECK_PURCHASE),
    "20": HostText(Phrase("Bank's answer not valid", "发卡行应答无效"), SERVICE),
    "21": HostText(Phrase("Card not active yet", "该卡未初始化"), ISSUER),
    "22": HostText(Phrase("Already undone, or too late", "已撤销或超出允许天数"), CHECK_PURCHASE),
    "23": HostText(Phrase("Fee not accepted", "手续费不被接受"), SERVICE),
    "25": HostText(Phrase("Purchase not found", "找不到原交易"), CHECK_PURCHASE),
    "30": HostText(Phrase("Message format refused", "报文格式错误"), SERVICE),
    "34": HostText(Phrase("Suspicion of fraud", "有作弊嫌疑"), KEEP_CARD),
    "38": HostText(Phrase("Too many wrong PINs", "密码错误次数超限"), ISSUER),
    "40": HostText(Phrase("Bank does not support this", "发卡行不支持此交易"), ISSUER),
    "41": HostText(Phrase("Card reported lost", "此卡已挂失"), KEEP_CARD),
    "42": HostText(Phrase("No such account", "无此账户"), CHECK_CARD),
    "43": HostText(Phrase("Card reported stolen", "此卡为被窃卡"), KEEP_CARD),
    "45": HostText(Phrase("Stripe not allowed: chip card", "芯片卡不允许刷磁条"), USE_CHIP),
    "51": HostText(Phrase("Not enough money", "可用余额不足"), SERVICE),
    "54": HostText(Phrase("Card has expired", "该卡已过期"), CHECK_CARD),
    "55": HostText(Phrase("Wrong PIN", "密码错误"), PIN),
    "57": HostText(Phrase("Not allowed for this card", "此卡不允许此交易"), ISSUER),
    "58": HostText(Phrase("Not allowed at this terminal", "本终端不允许此交易"), SERVICE),
    "59": HostText(Phrase("Card check failed", "卡片校验错误"), CHECK_CARD),
    "61": HostText(Phrase("Amount above the limit", "金额超限"), CHECK_AMOUNT),
    "62": HostText(Phrase("Card is restricted", "受限制的卡"), ISSUER),
    "63": HostText(Phrase("Not the card of the purchase", "卡号与原交易不一致"), CHECK_CARD),
    "64": HostText(Phrase("Amount differs from purchase", "金额与原交易不符"), CHECK_AMOUNT),
    "65": HostText(Phrase("Card used too often", "超出交易次数限制"), ISSUER),
    "68": HostText(Phrase("Result unknown: bank too slow", "结果未知：发卡行应答超时"), UNKNOWN),
    "75": HostText(Phrase("PIN is blocked", "密码已锁定"), ISSUER),
    "77": HostText(Phrase("Batch differs from the host's", "批次与主机不一致"), SIGN_IN),
    "79": HostText(Phrase("Host wants offline data first", "主机要求先上送脱机交易"), SERVICE),
    "90": HostText(Phrase("Host closes its day", "系统日切"), LATER),
    "91": HostText(Phrase("Bank is out of order", "发卡行状态异常"), LATER),
    "92": HostText(Phrase("Line to bank is out of order", "发卡行线路异常"), LATER),
    "93": HostText(Phrase("Refused as unlawful", "交易违法，被拒绝"), SERVICE),
    "94": HostText(Phrase("Result unknown: number seen before", "结果未知：流水号重复"), UNKNOWN),
    "95": HostText(Phrase("Totals out of balance", "对账控制错误"), SERVICE),
    "96": HostText(Phrase("Result unknown: network fault", "结果未知：交换中心异常"), UNKNOWN),
    "97": HostText(Phrase("Terminal not registered", "终端号未登记"), SERVICE),
    "98": HostText(Phrase("Result unknown: bank silent", "结果未知：发卡行无应答"), UNKNOWN),
    "99": HostText(Phrase("PIN format refused", "密码格式错误"), SIGN_IN),
    "A0": HostText(Phrase("Host refused the MAC", "主机校验MAC失败"), SIGN_IN),
    "A1": HostText(Phrase("Currencies differ", "货币不一致"), SERVICE),
    "A2": HostText(Phrase("Approved, with a remark", "交易成功，有附注"), CONFIRM),
    "A3": HostText(Phrase("Account not right", "账户不正确"), CHECK_CARD),
    "A4": HostText(Phrase("Approved, with a remark", "交易成功，有附注"), CONFIRM),
    "A5": HostText(Phrase("Approved, with a remark", "交易成功，有附注"), CONFIRM),
    "A6": HostText(Phrase("Approved, with a remark", "交易成功，有附注"), CONFIRM),
    "A7": HostText(Phrase("Security check failed at the host", "主机安全处理失败"), SERVICE),
}


OTHER_MEANS: Final = Phrase("Ask for another card or way to pay", "请持卡人换卡或换方式付款")
TYPED_AMOUNT: Final = Phrase("Check the amount", "请核对金额")

# At a sale the customer pays: there is no purchase to compare with.
_AT_A_SALE: Final[Mapping[str, HostText]] = {
    "12": HostText(Phrase("Not possible with this card", "此卡不允许此交易"), OTHER_MEANS),
    "13": HostText(Phrase("Amount not valid", "金额无效"), TYPED_AMOUNT),
    "51": HostText(Phrase("Not enough money", "可用余额不足"), OTHER_MEANS),
    "61": HostText(Phrase("Amount above the limit", "金额超限"), OTHER_MEANS),
    "65": HostText(Phrase("Card used too often", "超出交易次数限制"), OTHER_MEANS),
}


def host_text(code: str, operation: str = "refund") -> HostText:
    """Texts for a code; one that isn't listed is a result that nobody knows."""
    own = _AT_A_SALE.get(code) if operation == "sale" else None
    return own or _TEXTS.get(code, _UNLISTED)


def listed_codes() -> frozenset[str]:
    """Every code that has texts of its own."""
    return frozenset(_TEXTS)
