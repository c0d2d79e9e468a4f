"""Every text of the screens, in both languages side by side. 20 half-width cells a row."""

from __future__ import annotations

from enum import Enum

from terminal.domain.phrase import Phrase


class Text(Enum):
    """Screen texts, grouped by the flow that shows them. Short, and they say what to do next."""

    # Hints of the last row
    HINT_ENTER = Phrase("Enter = go on", "确认=继续")
    HINT_TYPE = Phrase("Enter=done Clear=fix", "确认=完成 清除=更正")
    HINT_CANCEL = Phrase("Cancel = leave", "取消=返回")
    HINT_MENU = Phrase("Menu or scan a slip", "按菜单或扫描签购单")
    HINT_ALPHA = Phrase("Alpha = letters", "字母键=切换字母")
    HINT_PHONE = Phrase("Help: {phone}", "客服 {phone}")
    HINT_WAIT = Phrase("Please wait", "请稍候")

    # Start
    TITLE_START = Phrase("STARTING", "正在启动")
    WAITING_FOR_KEYPAD = Phrase("No keypad yet. Check its cable.", "等待密码键盘，请检查连线。")
    CHECKING_JOURNAL = Phrase("Checking the journal", "正在检查交易日志")
    TITLE_DAMAGED = Phrase("OUT OF SERVICE", "停止服务")
    JOURNAL_DAMAGED = Phrase("Journal damaged.", "交易日志已损坏。")
    JOURNAL_OLDER = Phrase("Journal is not the newest one.", "交易日志不是最新的。")
    JOURNAL_MISSING = Phrase("Journal is missing.", "交易日志丢失。")
    NO_MONEY_MOVES = Phrase(
        "No refunds now. Nothing was changed. Restore the backup.",
        "暂停退货，数据未动。请恢复最新备份。",
    )

    # Set-up
    TITLE_SETUP = Phrase("FIRST SET-UP", "首次设置")
    ENDING_SETUP = Phrase("One moment", "正在完成设置")
    TYPE_CODE = Phrase("Type the one-time code of the keypad", "请输入密码键盘附带的一次性代码")
    CODE_WRONG = Phrase("Wrong code, again", "代码错误，请重输")
    CODE_SPENT = Phrase("Code already used. Call service.", "代码已用过，请联系服务商。")
    NEW_PASSWORD = Phrase("{number} {name}", "{number} {name}")
    TYPE_NEW_PASSWORD = Phrase(
        "New password, {shortest} to {longest} digits", "请设新密码 {shortest}至{longest}位"
    )
    TYPE_AGAIN = Phrase("Type it once more", "请再输入一次")
    PASSWORD_WEAK = Phrase("Too easy to guess", "密码太简单，请重设")
    PASSWORD_DIFFERS = Phrase("Not the same, again", "两次不一致，请重设")
    NO_PEOPLE = Phrase(
        "No people in the parameter file. Add them, restart.", "参数文件没有人员，请添加后重启。"
    )

    # Log on
    TITLE_LOGON = Phrase("LOG ON", "操作员签到")
    TYPE_NUMBER = Phrase("Operator number", "请输入操作员号")
    UNKNOWN_NUMBER = Phrase("No such operator", "无此操作员")
    TITLE_PASSWORD = Phrase("PASSWORD", "输入密码")
    PASSWORD_OF = Phrase("Password of {number} {name}", "{number} {name} 的密码")
    PASSWORD_WRONG = Phrase("Wrong. Tries left: {left}", "密码错误，还可试{left}次")
    LOCKED_OUT = Phrase(
        "Too many wrong tries. Wait {minutes} min or ask a supervisor.",
        "密码错误过多，请等{minutes}分钟或找主管。",
    )
    NO_PASSWORD_YET = Phrase(
        "No password is set. Ask the administrator.", "尚未设置密码，请找管理员。"
    )

    # Idle and menu
    OPERATOR_IS = Phrase("Operator {number} {name}", "操作员 {number} {name}")
    LABEL_TERMINAL = Phrase("Terminal", "终端")
    LABEL_BATCH = Phrase("Batch", "批次")
    LABEL_DATE = Phrase("Date", "日期")
    LABEL_HOST = Phrase("Host", "主机")
    SIGNED_IN = Phrase("signed in", "已签到")
    NOT_SIGNED_IN = Phrase("not signed in", "未签到")
    PENDING_COUNT = Phrase("! {count} unresolved", "！{count}笔结果未知")
    LOST_WIRE = Phrase("! {wire} not there", "！{wire}未连接")
    WIRE_KEYPAD = Phrase("Keypad", "密码键盘")
    WIRE_DISPLAY = Phrase("Display", "显示屏")
    WIRE_READER = Phrase("Reader", "读卡器")
    WIRE_SCANNER = Phrase("Scanner", "扫码器")
    WIRE_PRINTER = Phrase("Printer", "打印机")
    TITLE_MENU = Phrase("MENU", "菜单")
    MENU_REFUND = Phrase("Refund", "退货")
    MENU_REPRINT = Phrase("Reprint last slip", "重打上一笔")
    MENU_PENDING = Phrase("Unresolved", "未决交易")
    MENU_SIGN_IN = Phrase("Sign in to host", "主机签到")
    MENU_ECHO = Phrase("Echo test", "线路测试")
    MENU_LANGUAGE = Phrase("中文", "English")
    MENU_SIGN_OFF = Phrase("Sign off", "签退")
    MENU_LOG_OFF = Phrase("Lock", "锁定")

    # Host
    TITLE_SIGN_IN = Phrase("SIGN IN", "主机签到")
    TITLE_ECHO = Phrase("ECHO TEST", "线路测试")
    TITLE_SIGN_OFF = Phrase("SIGN OFF", "签退")
    TALKING_TO_HOST = Phrase("Talking to the host", "正在与主机通讯")
    SIGN_IN_GOOD = Phrase("Signed in. Batch {batch}", "签到成功 批次{batch}")
    BATCH_KEPT = Phrase(
        "Batch {batch} has records: settle it before the new one.",
        "批次{batch}有未结算交易，请先结算。",
    )
    KEYS_WRONG = Phrase("Wrong keys from the host. Call service.", "主机密钥有误，请联系服务商。")
    HOST_SAYS_NO = Phrase("Host refuses: {code}", "主机拒绝：{code}")
    HOST_NOT_REACHED = Phrase("Host not reached.", "连接不上主机。")
    HOST_GAVE_NO_ANSWER = Phrase("No answer from host.", "主机没有应答。")
    KEYPAD_GAVE_NO_ANSWER = Phrase(
        "Keypad is silent. Check its cable.", "密码键盘无应答，请检查连线。"
    )
    CHECK_LINE = Phrase("Check the line, try again.", "请检查线路后再试。")
    NO_MONEY_INVOLVED = Phrase("No money involved.", "不涉及资金。")
    ECHO_GOOD = Phrase("The host answers.", "主机应答正常。")
    SIGN_OFF_GOOD = Phrase("Signed off.", "签退成功。")

    # Refund: the original
    TITLE_REFUND = Phrase("REFUND", "退货")
    SCAN_OR_TYPE = Phrase("Scan the slip or type its ref. number", "请扫签购单或输参考号")
    TYPE_DATE = Phrase("Purchase date, MMDD", "原交易日期（月日）")
    TYPE_ORIGINAL_AMOUNT = Phrase("Amount on the slip", "签购单上的金额")
    TYPE_AUTH_CODE = Phrase("Auth. code, or Enter", "授权码，没有请按确认")
    CHECKING_SLIP = Phrase("Checking the slip", "正在核对签购单")
    NOT_OUR_CODE = Phrase("Not a slip of ours.", "不是本系统的签购单。")
    CODE_VERSION = Phrase("Slip code of an unknown version.", "签购单码版本不识别。")
    CODE_OTHER_SHOP = Phrase("Another shop's slip.", "这是其他商户签购单。")
    CODE_BROKEN = Phrase("Faulty slip code.", "签购单码内容有误。")
    CODE_FORGED = Phrase(
        "The slip code is not genuine. Call a supervisor.", "签购单码校验不符，请找主管。"
    )
    RRN_LENGTH = Phrase("12 characters needed", "参考号须12位")
    DATE_WRONG = Phrase("No such date", "日期不存在")
    AMOUNT_WRONG = Phrase("Type an amount", "请输入金额")
    OTHER_AMOUNT_KNOWN = Phrase("Known here as {amount}", "此单原金额为{amount}")
    AUTH_LENGTH = Phrase("6 characters or none", "授权码6位或不输")

    # Refund: amount and rules
    LABEL_ORIGINAL = Phrase("Purchase", "原金额")
    LABEL_REMAINS = Phrase("Remains", "可退余额")
    LABEL_DAYS_LEFT = Phrase("Days left", "剩余天数")
    TITLE_AMOUNT = Phrase("REFUND (AS KNOWN)", "退货（仅本机已知）")
    LABEL_REFERENCE = Phrase("Ref.", "参考号")
    FULL_OR_TYPE = Phrase("Enter=all, or type", "确认=全额或输入")
    REFUSED_ZERO = Phrase("Amount is zero", "金额不能为零")
    REFUSED_ABOVE_REMAINING = Phrase("More than remains", "超过可退余额")
    REFUSED_ABOVE_MAXIMUM = Phrase("Above {amount}", "超过限额{amount}")
    TITLE_REFUSED = Phrase("NOT POSSIBLE", "不能退货")
    REFUSED_WINDOW = Phrase("Too old: {days} days is the limit.", "已超过{days}天退货期。")
    REFUSED_FUTURE = Phrase("Date is yet to come.", "原交易日期未到。")
    REFUSED_SAME_DAY = Phrase("Not on the same day.", "当日交易不能退货。")
    REFUSED_NOTHING_LEFT = Phrase("Nothing remains of this purchase.", "此交易已无可退余额。")
    REFUSED_UNRESOLVED = Phrase(
        "An earlier refund {stan} of it is unresolved.", "此单退货{stan}未决。"
    )
    REFUSED_BATCH_FULL = Phrase("The batch is full. Settle first.", "批次已满，请先结算。")
    REFUSED_NOT_SIGNED_IN = Phrase("Not signed in.", "主机未签到。")
    NO_MONEY_MOVED = Phrase("No money moved.", "资金未变动。")
    TITLE_CANCELLED = Phrase("CANCELLED", "已取消")
    LEFT_BY_KEY = Phrase("Refund cancelled.", "退货已取消。")
    LEFT_BY_TIME = Phrase("No key for too long: refund cancelled.", "长时间未操作，退货已取消。")
    BEGIN_AGAIN = Phrase("You may start again.", "可以重新办理。")
    SIGN_IN_FIRST = Phrase("Sign in: Menu, 4.", "请按菜单再按4签到。")
    SETTLE_OTHER_FIRST = Phrase("Settle it: Menu, 3.", "请按菜单再按3处理。")
    TITLE_REASON = Phrase("REASON", "退货原因")
    TYPE_DOCUMENT = Phrase("Document number", "请输入单据编号")
    DOCUMENT_NEEDED = Phrase("A number is needed", "必须输入单据编号")
    DOCUMENT_IS_CARD = Phrase("No card number here", "此处请勿输卡号")

    # Card
    TITLE_CARD = Phrase("CARD", "刷卡")
    SWIPE_CARD = Phrase("Swipe the card that paid", "请刷原消费卡")
    SWIPE_ANY_KNOWN = Phrase("Only the host can check the card", "仅主机可核对卡号")
    PAID_WITH = Phrase("Paid: {card}", "原卡 {card}")
    OR_TYPE_CARD = Phrase("or type its number", "或手工输入卡号")
    CARD_UNREADABLE = Phrase("Not read. Try again.", "读卡失败，请再刷")
    CARD_NUMBER_WRONG = Phrase("Not a card number", "卡号不正确")
    CHIP_NOT_SUPPORTED = Phrase("No chip here: swipe.", "暂不支持芯片，请刷卡")
    OTHER_CARD = Phrase("Not the card that paid.", "不是原消费卡。")
    OTHER_CARD_SAME_PHONE = Phrase("Use the same card or phone.", "请用原卡或原手机。")
    OTHER_CARD_APPROVAL = Phrase("Enter = this card, with approval", "确认=授权后用此卡")
    CARD_BLOCKED = Phrase("Refund {stan} to this card is unresolved.", "此卡退货{stan}未决。")
    READING_CARD = Phrase("One moment", "请稍候")
    LABEL_CARD = Phrase("Card", "卡号")

    # Approval
    TITLE_APPROVAL = Phrase("APPROVAL (CNY)", "主管授权（元）")
    CASE_AMOUNT = Phrase("Pay", "退")
    CASE_REMAINS = Phrase("Of", "余")
    APPROVER_NUMBER = Phrase("Approver number", "请输入授权人号")
    NOT_AN_APPROVER = Phrase("May not approve", "此人无授权权限")
    APPROVER_IS_REQUESTER = Phrase("Not one's own refund", "不能授权自己的退货")
    EXCEPTION_TYPED_CARD = Phrase("Card numbers may not be typed.", "不能手工输入卡号。")
    CASE_ABOVE_LIMIT = Phrase("over limit", "超限额")
    CASE_TYPED_CARD = Phrase("typed card", "手输卡号")
    CASE_OTHER_CARD = Phrase("OTHER CARD", "非原卡")
    CASE_OTHER_KEYPAD = Phrase("new keypad", "键盘已换")
    CASE_NOT_COMPARED = Phrase("card unchecked", "卡未核对")

    # Confirm and outcome
    TITLE_CONFIRM = Phrase("CONFIRM REFUND", "确认退货")
    LABEL_AMOUNT = Phrase("Refund", "退货金额")
    LABEL_REASON = Phrase("Reason", "原因")
    LABEL_APPROVER = Phrase("Approver", "授权人")
    HINT_SEND = Phrase("Enter = refund now", "确认=立即退货")
    SWIPE_AGAIN = Phrase("Card data expired. Swipe once more.", "卡数据已过期，请重新刷卡")
    TITLE_APPROVED = Phrase("APPROVED", "退货成功")
    LABEL_STAN = Phrase("Trace", "凭证号")
    MONEY_GIVEN_BACK = Phrase("Money is given back.", "款项已退回。")
    PRINTING_MERCHANT = Phrase("Printing the merchant copy", "正在打印商户存根")
    PRINTING_CUSTOMER = Phrase("Printing the customer copy", "正在打印持卡人存根")
    PRINTING_SLIP = Phrase("Printing the slip", "正在打印凭条")
    TEAR_OFF = Phrase("Tear off the slip. Next: customer copy", "请撕下商户存根，再打持卡人存根。")
    TITLE_DECLINED = Phrase("DECLINED {code}", "交易拒绝 {code}")
    TITLE_UNKNOWN = Phrase("RESULT UNKNOWN", "结果未知")
    UNKNOWN_WHAT = Phrase("No sure answer. Money may have moved.", "无确定应答，资金可能已退。")
    UNKNOWN_DO = Phrase(
        "Do NOT refund again. Ask {phone} with trace {stan}.",
        "切勿再次退货！请致电{phone}，凭证号{stan}",
    )
    TITLE_NOT_SENT = Phrase("NOT SENT", "未发送")
    NOT_SENT_KEYPAD = Phrase("The keypad failed.", "密码键盘出错。")
    NOT_SENT_DO = Phrase("You may try again.", "可以重新办理退货。")
    SIGN_IN_THEN_AGAIN = Phrase(
        "The terminal signs in now. Then refund again.", "终端将重新签到，然后可重新退货。"
    )

    # Printer
    TITLE_PRINTER = Phrase("PRINTER", "打印机")
    PAPER_OUT = Phrase("Paper is out. Put in a new roll.", "打印纸用完，请装新纸。")
    COVER_OPEN = Phrase("Close the cover.", "打印机盖未关，请合上。")
    OVERHEATED = Phrase("Printer too hot. Wait a minute.", "打印头过热，请稍等。")
    PRINTER_SILENT = Phrase("No answer. Check its cable.", "无应答，请检查连线。")
    PRINTER_ERROR = Phrase("Error. Switch it off and on.", "打印机故障，请重新开机。")
    OPERATION_STANDS = Phrase("The result stands.", "交易结果不变。")
    HINT_PRINT_AGAIN = Phrase("Enter = print again", "确认=重打 取消=稍后")

    # Pending, reprint
    TITLE_PENDING = Phrase("UNRESOLVED", "未决交易")
    NOTHING_PENDING = Phrase("Nothing unresolved.", "没有未决交易。")
    PENDING_ITEM = Phrase("{stan} {amount}", "{stan} {amount}")
    SETTLE_WAIT = Phrase("Wait {seconds} s first.", "请等{seconds}秒再处理。")
    HINT_SETTLE = Phrase("Enter = settle", "确认=人工处理")
    TITLE_SETTLE = Phrase("SETTLE BY HAND", "人工处理")
    SETTLE_DONE = Phrase("Was refunded", "已退款")
    SETTLE_NOT_DONE = Phrase("Was not refunded", "未退款")
    ASK_ACQUIRER_FIRST = Phrase("Ask {phone} first", "请先致电{phone}")
    SETTLED = Phrase("Stored with your name.", "已记录处理人。")
    TITLE_REPRINT = Phrase("REPRINT", "重打印")
    NOTHING_TO_REPRINT = Phrase("No slip yet.", "没有可重打的凭条。")
