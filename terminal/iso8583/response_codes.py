"""What the response codes of F39 mean, in short (unionpay-pos 5).

Meanings, not instructions: what a code says about the money is the host profile's to decide.
"""

from typing import Final

# code, English, Chinese
MEANINGS: Final = (
    ("00", "approved", "交易成功"),
    ("01", "refer to issuer", "查发卡方"),
    ("02", "refer to issuer, special condition", "查发卡方特殊条件"),
    ("03", "invalid merchant", "无效商户"),
    ("04", "pick up card", "没收卡"),
    ("05", "do not honour", "不予承兑"),
    ("06", "error", "出错"),
    ("07", "pick up card, special condition", "特殊条件下没收卡"),
    ("09", "still being processed", "请求正在处理中"),
    ("10", "part of the amount approved", "部分金额批准"),
    ("11", "approved, VIP", "VIP批准"),
    ("12", "invalid related transaction", "无效的关联交易"),
    ("13", "invalid amount", "无效金额"),
    ("14", "invalid card number", "无效卡号"),
    ("15", "no such issuer", "无此发卡方"),
    ("16", "approved, update track 3", "批准更新第三磁道"),
    ("19", "enter again", "重新送入交易"),
    ("20", "invalid answer", "无效应答"),
    ("21", "card not initialised", "卡未初始化"),
    ("22", "operation wrong or too late", "操作有误或超出允许天数"),
    ("23", "unacceptable fee", "不可接受的交易费"),
    ("25", "original not found", "找不到原始交易"),
    ("30", "format error", "报文格式错误"),
    ("34", "suspected fraud", "有作弊嫌疑"),
    ("38", "too many PIN tries", "密码错误次数超限"),
    ("40", "function not supported", "请求的功能尚不支持"),
    ("41", "lost card", "挂失卡"),
    ("42", "no such account", "无此账户"),
    ("43", "stolen card", "被窃卡"),
    ("45", "use the chip", "请使用芯片"),
    ("51", "insufficient funds", "资金不足"),
    ("54", "expired card", "过期的卡"),
    ("55", "wrong PIN", "密码错"),
    ("57", "not allowed for this card", "不允许此卡交易"),
    ("58", "not allowed for this terminal", "不允许终端进行的交易"),
    ("59", "suspected fraud, card check", "卡片校验错"),
    ("61", "amount over the limit", "超出金额限制"),
    ("62", "restricted card", "受限制的卡"),
    ("63", "card number differs", "卡号不一致"),
    ("64", "original amount differs", "原始金额错误"),
    ("65", "too many transactions", "超出次数限制"),
    ("68", "issuer did not answer in time", "发卡行响应超时"),
    ("75", "too many PIN tries", "密码错误次数超限"),
    ("77", "batch differs, sign in", "批次不一致,请签到"),
    ("79", "send offline data again", "重传脱机数据"),
    ("90", "host closes its day", "正在日终处理"),
    ("91", "issuer not available", "发卡方不能操作"),
    ("92", "network not found", "网络设施找不到"),
    ("93", "against the law", "交易违法"),
    ("94", "duplicate", "重复交易"),
    ("95", "reconciliation error", "调节控制错"),
    ("96", "system fault at the centre", "银联处理中心系统异常"),
    ("97", "terminal not registered", "终端号未登记"),
    ("98", "no answer from issuer", "收不到发卡方应答"),
    ("99", "PIN format wrong, sign in", "PIN格式错,请签到"),
    ("A0", "MAC wrong, sign in", "MAC校验错,请签到"),
    ("A1", "currencies differ", "转账货币不一致"),
    ("A2", "approved with a defect", "有缺陷的成功"),
    ("A3", "no such account at the receiver", "资金到账行无此账户"),
    ("A4", "approved with a defect", "有缺陷的成功"),
    ("A5", "approved with a defect", "有缺陷的成功"),
    ("A6", "approved with a defect", "有缺陷的成功"),
    ("A7", "security processing failed", "安全处理失败"),
)


def meaning(code: str) -> tuple[str, str] | None:
    """English and Chinese meaning of a code; None when it is not listed."""
    return next((entry[1:] for entry in MEANINGS if entry[0] == code), None)
