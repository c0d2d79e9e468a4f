"""The UnionPay POS dialect between terminal and acquirer host (unionpay-pos 1.3, 1.5, 2, 3).

Numbers that the dialect does not use have their form of ISO 8583:1987, packed as here, so that an
answer with a field more than we know can still be read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.iso8583.dialect import Dialect, HeaderPart
from terminal.iso8583.elements import Element, Kind

N, Z, AN, ANS, TEXT, B = Kind.N, Kind.Z, Kind.AN, Kind.ANS, Kind.TEXT, Kind.B

ELEMENTS: Final = (
    Element(2, "card number", "主账号", N, 19, "LL", "right"),
    Element(3, "processing code", "交易处理码", N, 6),
    Element(4, "amount", "交易金额", N, 12),
    Element(5, "settlement amount", "清算金额", N, 12),
    Element(6, "billing amount", "持卡人扣账金额", N, 12),
    Element(7, "transmission date and time", "交易传输时间", N, 10),
    Element(8, "billing fee", "持卡人扣账费用", N, 8),
    Element(9, "settlement rate", "清算汇率", N, 8),
    Element(10, "billing rate", "持卡人扣账汇率", N, 8),
    Element(11, "trace number", "受卡方系统跟踪号", N, 6),
    Element(12, "local time", "受卡方所在地时间", N, 6),
    Element(13, "local date", "受卡方所在地日期", N, 4),
    Element(14, "expiry", "卡有效期", N, 4),
    Element(15, "settlement date", "清算日期", N, 4),
    Element(16, "conversion date", "兑换日期", N, 4),
    Element(17, "capture date", "受理日期", N, 4),
    Element(18, "merchant type", "商户类型", N, 4),
    Element(19, "acquirer country", "受理方国家代码", N, 3, "", "left"),
    Element(20, "card country", "卡国家代码", N, 3, "", "left"),
    Element(21, "forwarder country", "转发方国家代码", N, 3, "", "left"),
    Element(22, "entry mode", "服务点输入方式码", N, 3, "", "right"),
    Element(23, "card sequence number", "卡片序列号", N, 3, "", "left"),
    Element(24, "network number", "网络标识", N, 3, "", "left"),
    Element(25, "service condition", "服务点条件码", N, 2),
    Element(26, "longest PIN", "服务点PIN获取码", N, 2),
    Element(27, "authorisation code length", "授权码长度", N, 1, "", "left"),
    Element(28, "transaction fee", "交易费", AN, 9),
    Element(29, "settlement fee", "清算费", AN, 9),
    Element(30, "processing fee", "处理费", AN, 9),
    Element(31, "settlement processing fee", "清算处理费", AN, 9),
    Element(32, "acquirer", "受理方标识码", N, 11, "LL", "right"),
    Element(33, "forwarder", "发送方标识码", N, 11, "LL", "right"),
    Element(34, "extended card number", "扩展主账号", TEXT, 28, "LL"),
    Element(35, "track 2", "第二磁道数据", Z, 37, "LL", "right"),
    Element(36, "track 3", "第三磁道数据", Z, 104, "LLL", "right"),
    Element(37, "reference number", "检索参考号", AN, 12),
    Element(38, "authorisation code", "授权标识应答码", AN, 6),
    Element(39, "response code", "应答码", AN, 2),
    Element(40, "service restriction", "服务限制码", AN, 3),
    Element(41, "terminal number", "终端号", ANS, 8),
    Element(42, "merchant number", "商户号", ANS, 15),
    Element(43, "merchant name and place", "商户名称地址", TEXT, 40),
    Element(44, "issuer and acquirer", "附加响应数据", TEXT, 25, "LL"),
    Element(45, "track 1", "第一磁道数据", TEXT, 76, "LL"),
    Element(46, "additional data (ISO)", "附加数据(ISO)", TEXT, 999, "LLL"),
    Element(47, "additional data (national)", "附加数据(国家)", TEXT, 999, "LLL"),
    Element(48, "private data", "附加数据(私有)", N, 322, "LLL", "right"),
    Element(49, "currency", "交易货币代码", AN, 3),
    Element(50, "settlement currency", "清算货币代码", AN, 3),
    Element(51, "billing currency", "持卡人账户货币代码", AN, 3),
    Element(52, "PIN block", "个人标识码数据", B, 8),
    Element(53, "security control", "安全控制信息", N, 16),
    Element(54, "additional amounts", "附加金额", TEXT, 120, "LLL"),
    Element(55, "chip data", "IC卡数据域", B, 255, "LLL"),
    Element(56, "reserved (ISO)", "ISO保留", TEXT, 999, "LLL"),
    Element(57, "reserved (national)", "国家保留", TEXT, 999, "LLL"),
    Element(58, "electronic purse", "电子钱包数据", TEXT, 100, "LLL"),
    Element(59, "QR code and device", "扫码与终端信息", TEXT, 600, "LLL"),
    Element(60, "type, batch, network code", "自定义域60", N, 17, "LLL", "right"),
    Element(61, "original transaction", "原始信息域", N, 29, "LLL", "right"),
    Element(62, "private data 62", "自定义域62", TEXT, 999, "LLL"),
    Element(63, "private data 63", "自定义域63", TEXT, 163, "LLL"),
    Element(64, "MAC", "报文鉴别码", B, 8),
)

HEADER: Final = (
    HeaderPart("application class", "应用类别", 2),
    HeaderPart("software version", "软件总版本号", 2),
    HeaderPart("terminal state", "终端状态", 1),
    HeaderPart("processing request", "处理要求", 1),
    HeaderPart("software sub-version", "软件分版本号", 6),
)

_CARD = frozenset({2, 14, 22, 23, 25, 26, 35, 36, 52, 53, 55})
_MONEY = frozenset({3, 4, 11, 41, 42, 49, 60, 64})
_HOST = frozenset({12, 13, 15, 32, 37, 38, 39, 44})
_STRIPE_AND_PIN = frozenset({26, 35, 36, 52, 53})  # not kept for later messages
_REQUEST = _CARD | _MONEY | {37, 38, 48, 54, 59, 61, 62, 63}
_ANSWER = _REQUEST | _HOST

_CARRIES: Final[Mapping[str, frozenset[int]]] = {
    "0100": _REQUEST,
    "0110": _ANSWER,
    "0200": _REQUEST,
    "0210": _ANSWER,
    "0220": _REQUEST,
    "0230": _ANSWER,
    "0320": _REQUEST - _STRIPE_AND_PIN,
    "0330": _ANSWER,
    "0400": (_REQUEST | {39}) - _STRIPE_AND_PIN - {37},
    "0410": _ANSWER,
    "0500": frozenset({11, 41, 42, 48, 49, 60, 63}),
    "0510": frozenset({11, 12, 13, 15, 32, 37, 39, 41, 42, 48, 49, 60, 62, 63, 64}),
    "0620": _REQUEST,
    "0630": _ANSWER,
    "0800": frozenset({11, 12, 13, 41, 42, 60, 62, 63}),
    "0810": frozenset({11, 12, 13, 32, 37, 39, 41, 42, 60, 62, 63, 64}),
    "0820": frozenset({2, 3, 4, 11, 15, 25, 37, 41, 42, 55, 60, 62, 64}),
    "0830": frozenset({11, 12, 13, 32, 37, 39, 41, 42, 60, 62, 64}),
}

UNIONPAY_POS: Final = Dialect(
    name="unionpay_pos",
    elements=ELEMENTS,
    header=HEADER,
    carries=MappingProxyType(_CARRIES),
)
