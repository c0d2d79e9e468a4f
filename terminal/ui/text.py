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
    HINT_NO_SLIP = Phrase("Enter = no slip", "无签购单请按确认")
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
        "Nothing moves now. Nothing was changed. Restore the backup.",
        "暂停交易，数据未动。请恢复最新备份。",
    )

    # Set-up
    TITLE_SETUP = Phrase("FIRST SET-UP", "首次设置")
    ENDING_SETUP = Phrase("One moment", "正在完成设置")
    TYPE_CODE = Phrase("Type the one-time code of the keypad", "请输入密码键盘附带的一次性代码")
    CODE_WRONG = Phrase("Wrong code, again", "代码错误，请重输")
    CODE_SPENT = Phrase("Code already used. Call service.", "代码已用过，请联系服务商。")
    PERSON = Phrase("{number} {name}", "{number} {name}")
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

    PERSON_IS_OFF = Phrase("Switched off. Ask the administrator.", "已停用，请找管理员。")
    TITLE_NEW_PASSWORD = Phrase("NEW PASSWORD", "设置新密码")
    PASSWORD_IS_SET = Phrase("Your new password counts now.", "新密码已生效。")

    # People
    MENU_PEOPLE = Phrase("People", "人员管理")
    MENU_OWN_PASSWORD = Phrase("My password", "修改密码")
    TITLE_PEOPLE = Phrase("PEOPLE", "人员管理")
    PERSON_ITEM = Phrase("{number} {short}", "{number} {short}")
    ADD_PERSON = Phrase("Add somebody", "新增人员")
    UNLOCK_PERSON = Phrase("Unlock", "解锁")
    SWITCH_OFF = Phrase("Switch off", "停用")
    SWITCH_ON = Phrase("Switch on", "启用")
    RESET_PASSWORD = Phrase("New password", "重设密码")
    NEW_NUMBER = Phrase("Number, two digits", "请输入两位编号")
    NUMBER_TAKEN = Phrase("Not free", "编号已用或不足")
    NEW_NAME = Phrase("Name", "请输入姓名")
    NAME_NEEDED = Phrase("A name is needed", "必须输入姓名")
    TITLE_ROLE = Phrase("ROLE", "角色")
    ROLE_SUPERVISOR = Phrase("Supervisor", "主管")
    ROLE_ADMINISTRATOR = Phrase("Administrator", "管理员")
    PERSON_UNLOCKED = Phrase("May try again now.", "已解锁，可以重试。")
    PERSON_SWITCHED_OFF = Phrase("Can do nothing any more.", "已停用。")
    PERSON_SWITCHED_ON = Phrase("Is back.", "已启用。")
    PERSON_INVITED = Phrase(
        "Sets a password at the log-on, today or tomorrow.", "请本人今明两天登录时设置密码。"
    )
    NOT_THIS_PERSON = Phrase("Not possible for this person.", "不能对此人操作。")

    # Idle and menu
    LABEL_TERMINAL = Phrase("Terminal", "终端")
    LABEL_BATCH = Phrase("Batch", "批次")
    LABEL_DATE = Phrase("Date", "日期")
    LABEL_HOST = Phrase("Host", "主机")
    SIGNED_IN = Phrase("signed in", "已签到")
    NOT_SIGNED_IN = Phrase("not signed in", "未签到")
    CARD_COMES_LATER = Phrase("The card comes later", "先选交易，再刷卡")
    PENDING_COUNT = Phrase("! {count} unresolved", "！{count}笔结果未知")
    LOST_WIRE = Phrase("! {wire} not there", "！{wire}未连接")
    WIRE_KEYPAD = Phrase("Keypad", "密码键盘")
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
    HOST_SAYS_LESS = Phrase("Less left, says host", "主机称可退更少")
    FULL_OR_TYPE = Phrase("Enter=all, or type", "确认=全额或输入")
    REFUSED_ZERO = Phrase("Amount is zero", "金额不能为零")
    REFUSED_ABOVE_REMAINING = Phrase("More than remains", "超过可退余额")
    REFUSED_ABOVE_MAXIMUM = Phrase("Above {amount}", "超过限额{amount}")
    TITLE_REFUSED = Phrase("NOT POSSIBLE", "不能退货")
    ORIGINAL_CEILING = Phrase("This purchase is at its limit.", "此单退货已达上限。")
    CARD_CEILING = Phrase("Card: limit of the day reached.", "此卡已达当日退货上限。")
    OPERATOR_CEILING = Phrase("Operator: limit of the day reached.", "操作员已达当日上限。")
    BATCH_CEILING = Phrase("Batch: at its limit. Settle first.", "本批次已达上限，请先结算。")
    DAY_CEILING = Phrase("Shop: limit of the day reached.", "本店已达当日退货上限。")
    REFUSED_WINDOW = Phrase("Too old: {days} days is the limit.", "已超过{days}天退货期。")
    REFUSED_NO_ORIGINAL = Phrase("No refund without its slip.", "没有原单不能退货。")
    REFUSED_FUTURE = Phrase("Date is yet to come.", "原交易日期未到。")
    REFUSED_SAME_DAY = Phrase("Not on the same day.", "当日交易不能退货。")
    REFUSED_NOTHING_LEFT = Phrase("Nothing remains of this purchase.", "此交易已无可退余额。")
    REFUSED_UNRESOLVED = Phrase(
        "An earlier refund {stan} of it is unresolved.", "此单退货{stan}未决。"
    )
    REFUSED_BATCH_FULL = Phrase("The batch is full. Settle first.", "批次已满，请先结算。")
    REFUSED_DISK_FULL = Phrase("The storage is full.", "存储空间不足。")
    REFUSED_NOT_SIGNED_IN = Phrase("Not signed in.", "主机未签到。")
    NO_MONEY_MOVED = Phrase("No money moved.", "资金未变动。")
    TITLE_CANCELLED = Phrase("CANCELLED", "已取消")
    LEFT_BY_KEY = Phrase("Refund cancelled.", "退货已取消。")
    LEFT_BY_TIME = Phrase("No key for too long: refund cancelled.", "长时间未操作，退货已取消。")
    BEGIN_AGAIN = Phrase("You may start again.", "可以重新办理。")
    SIGN_IN_FIRST = Phrase("Sign in: Menu, 4.", "请按菜单再按4签到。")
    SETTLE_OTHER_FIRST = Phrase("Settle it: Menu, 3.", "请按菜单再按3处理。")
    TITLE_SAME_AGAIN = Phrase("THE SAME AGAIN?", "重复退货？")
    SAME_REFUND = Phrase("Given just now:", "刚退过同一笔：")
    SAME_DOCUMENT = Phrase("Same document:", "单据号已用过：")
    HINT_ANOTHER = Phrase("Enter = one more", "确认=再退一笔")
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
    APPROVER_IS_REQUESTER = Phrase("Not one's own work", "不能授权自己的操作")
    APPROVER_IS_FIRST = Phrase("Somebody else now", "须由另一人授权")
    SECOND_NUMBER = Phrase("Second approver", "请输入第二授权人号")
    EXCEPTION_TYPED_CARD = Phrase("Card numbers may not be typed.", "不能手工输入卡号。")
    CASE_ABOVE_LIMIT = Phrase("over limit", "超限额")
    CASE_TYPED_CARD = Phrase("typed card", "手输卡号")
    CASE_OTHER_CARD = Phrase("OTHER CARD", "非原卡")
    CASE_OTHER_KEYPAD = Phrase("new keypad", "键盘已换")
    CASE_NOTICED = Phrase("{count} points to note", "共{count}项须注意")
    CASE_OLD = Phrase("too old", "超退货期")
    CASE_NO_SLIP = Phrase("NO SLIP", "无原单")
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
    UNKNOWN_ASKS = Phrase(
        "Do NOT refund again. The terminal asks about {stan}.",
        "切勿再次退货！终端将查询{stan}",
    )
    TITLE_NOT_SENT = Phrase("NOT SENT", "未发送")
    NOT_SENT_KEYPAD = Phrase("The keypad failed.", "密码键盘出错。")
    NOT_SENT_DO = Phrase("You may try again.", "可以重新办理退货。")
    NO_MESSAGE = Phrase("Its data can't be sent. Ask {phone}.", "数据无法发送，请致电{phone}")
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
    ASK_LISTED_AMOUNT = Phrase("Amount on the list", "清单上的金额")
    LABEL_ASKED = Phrase("Asked for", "申请金额")
    LISTED_CAN_NOT_BE = Phrase("Zero, or more than was asked", "金额为零或超过申请金额")
    ASK_ACQUIRER_FIRST = Phrase("Ask {phone} first", "请先致电{phone}")
    SETTLED = Phrase("Stored with your name.", "已记录处理人。")
    TITLE_REPRINT = Phrase("REPRINT", "重打印")
    NOTHING_TO_REPRINT = Phrase("No slip yet.", "没有可重打的凭条。")

    # Sale, void, QR refund
    MENU_SALE = Phrase("Sale", "消费")
    MENU_VOID = Phrase("Void a sale", "消费撤销")
    MENU_QR_REFUND = Phrase("QR refund", "扫码退货")
    TITLE_QR_REFUND = Phrase("REFUND BY CODE", "扫码退货")
    SCAN_QR_SLIP = Phrase("Scan the QR code of the slip", "请扫签购单上的二维码")
    QR_CODE_NEEDED = Phrase("Not the bar code: scan the QR code.", "条形码不够，请扫二维码。")
    LABEL_WALLET = Phrase("Wallet", "付款")
    WALLET_THAT_PAID = Phrase("that paid", "退回原账户")
    TITLE_SALE = Phrase("SALE", "消费")
    TITLE_SALE_DONE = Phrase("PAID", "消费成功")
    SALE_PAID = Phrase("Paid by customer.", "顾客已付款。")
    SALE_AMOUNT = Phrase("Amount to pay", "请输入消费金额")
    SALE_SWIPE = Phrase("Swipe the customer's card", "请刷顾客的卡")
    TITLE_CONFIRM_SALE = Phrase("CONFIRM SALE", "确认消费")
    LABEL_SALE = Phrase("Sale", "消费金额")
    HINT_PAY = Phrase("Enter = charge now", "确认=立即扣款")
    SALE_CANCELLED = Phrase("Sale cancelled.", "消费已取消。")
    SALE_EXPIRED = Phrase("No key for too long: sale cancelled.", "长时间未操作，消费已取消。")
    SALE_NOT_POSSIBLE = Phrase("NO SALE", "不能消费")
    SALE_AGAIN = Phrase("You may try again.", "可以重新收款。")
    SIGN_IN_ANEW = Phrase(
        "The terminal signs in now. Then start anew.", "终端将重新签到，然后可重新办理。"
    )
    TITLE_PIN = Phrase("PIN", "输入密码")
    PIN_AT_PAD = Phrase("Customer: type PIN", "请持卡人输密码并确认")
    PIN_OR_ENTER = Phrase("No PIN: Enter", "无密码请按确认")
    PIN_NEEDED = Phrase("A PIN is needed.", "必须输入密码。")
    PIN_WRONG = Phrase("Wrong PIN, again.", "密码错误，请重输。")
    HINT_PIN_AGAIN = Phrase("Enter = PIN again", "确认=重输密码")
    PIN_NO_KEYS = Phrase("No keys: sign in first.", "密钥丢失，请先签到。")
    LABEL_PIN = Phrase("PIN", "密码")
    PIN_GIVEN = Phrase("given", "已输入")
    PIN_NOT_GIVEN = Phrase("none", "无")
    TITLE_TO_REVERSE = Phrase("TAKEN BACK LATER", "待冲正")
    TITLE_REVERSED = Phrase("TAKEN BACK", "已冲正")
    TITLE_MANUAL = Phrase("ASK BY PHONE", "请人工核实")
    TO_REVERSE_WHAT = Phrase("No sure answer: to be taken back.", "无确定应答，将自动冲正。")
    TO_REVERSE_DO = Phrase(
        "Do NOT repeat it now. It is tried again before the next one.",
        "切勿重复操作，下一笔前将再次冲正。",
    )
    REVERSED_WHAT = Phrase("No sure answer: it was taken back.", "无确定应答，已冲正。")
    SALE_REVERSED_DO = Phrase("Nothing is paid. You may try again.", "顾客未付款，可重新收款。")
    VOID_REVERSED_DO = Phrase("The sale stands. You may try again.", "原消费仍有效，可再撤销。")
    MANUAL_WHAT = Phrase("Result unknown. Do NOT repeat it.", "结果未知，切勿重复操作！")
    MANUAL_DO = Phrase("Ask {phone} with trace {stan}.", "请致电{phone}，凭证号{stan}")
    TITLE_VOID = Phrase("VOID", "消费撤销")
    TITLE_VOID_DONE = Phrase("SALE IS VOID", "撤销成功")
    VOID_DONE = Phrase("The sale is void.", "原消费已撤销。")
    VOID_WHICH = Phrase("Trace number of the sale, or scan its slip", "请输原凭证号或扫签购单")
    VOID_NOT_FOUND = Phrase("No such sale in this batch.", "本批次无此消费。")
    VOID_NO_REFERENCE = Phrase(
        "Its reference is not known. Ask {phone}.", "参考号不详，请致电{phone}"
    )
    VOID_OTHER_DAY = Phrase("Not of today.", "不是当日消费。")
    VOID_ALREADY = Phrase("Is void already.", "此消费已撤销。")
    VOID_HAS_RETURNS = Phrase("A part was refunded.", "此消费已有退货。")
    VOID_UNRESOLVED = Phrase("Trace {stan} about it is unresolved.", "相关交易{stan}未决。")
    TITLE_NO_VOID = Phrase("NO VOID", "不能撤销")
    REFUND_INSTEAD = Phrase("Enter = refund it", "确认=改做退货")
    TITLE_CONFIRM_VOID = Phrase("CONFIRM VOID", "确认撤销")
    LABEL_VOID = Phrase("Void", "撤销金额")
    LABEL_SALE_STAN = Phrase("Sale", "原凭证号")
    HINT_VOID = Phrase("Enter = void now", "确认=立即撤销")
    VOID_CANCELLED = Phrase("Void cancelled.", "撤销已取消。")
    VOID_EXPIRED = Phrase("No key for too long: void cancelled.", "长时间未操作，撤销已取消。")
    SALE_STANDS = Phrase("The sale stands.", "原消费仍有效。")
    VOID_AGAIN = Phrase("You may try again.", "可以再次撤销。")
    CASE_VOID = Phrase("Void of a sale", "消费撤销")
    VOID_NO_CARD = Phrase("Card number not kept. Refund it.", "未保存卡号，请改做退货。")
    TITLE_VOID_OR_REFUND = Phrase("SALE OF TODAY", "当日消费")
    CHOOSE_VOID = Phrase("Void it (faster)", "撤销（立即到账）")

    # Copy of the journal
    MENU_BACKUP = Phrase("Back up journal", "备份日志")
    TITLE_BACKUP = Phrase("JOURNAL COPY", "日志备份")
    BACKUP_GOOD = Phrase("Copied to {name}", "已备份到 {name}")
    BACKUP_BAD = Phrase("No copy was made. Check the disk.", "备份失败，请检查磁盘。")

    # Find
    MENU_FIND = Phrase("Find transaction", "查询交易")
    TITLE_FIND = Phrase("FIND", "查询交易")
    FIND_ALL = Phrase("All, newest first", "全部，由新到旧")
    FIND_BY_STAN = Phrase("By trace number", "按凭证号")
    FIND_BY_CARD = Phrase("By last 4 of card", "按卡号后四位")
    FIND_BY_AMOUNT = Phrase("By amount", "按金额")
    FIND_BY_DAY = Phrase("By day", "按日期")
    FIND_BY_STATE = Phrase("By state", "按状态")
    FIND_UNRESOLVED = Phrase("Unresolved only", "仅未决交易")
    FIND_TOTALS = Phrase("Totals of batch", "本批次合计")
    ASK_STAN = Phrase("Trace number", "请输入凭证号")
    ASK_LAST_FOUR = Phrase("Last four digits of the card", "请输入卡号后四位")
    ASK_AMOUNT = Phrase("Amount", "请输入金额")
    ASK_DAY = Phrase("Day, MMDD", "请输入日期（月日）")
    FIND_NOT_USABLE = Phrase("That can't be", "输入有误")
    NOTHING_FOUND = Phrase("Nothing found.", "没有找到交易。")
    FOUND_ITEM = Phrase("{trace} {money}", "{trace} {money}")
    STATE_APPROVED = Phrase("approved", "成功")
    STATE_DECLINED = Phrase("declined", "拒绝")
    STATE_UNKNOWN = Phrase("unresolved", "未决")
    STATE_VOIDED = Phrase("voided", "已撤销")
    STATE_REVERSED = Phrase("reversed", "冲正完成")
    STATE_NOT_SENT = Phrase("not sent", "没有发送")
    STATE_NOT_DONE = Phrase("never arrived", "主机未收到")
    STATE_BY_HAND = Phrase("by hand", "人工已处理")
    LABEL_MOVED = Phrase("Amount", "金额")
    LABEL_STATE = Phrase("State", "状态")
    LABEL_TIME = Phrase("Time", "时间")
    LABEL_AUTH_CODE = Phrase("Auth.", "授权码")
    LABEL_ORIGINAL_REFERENCE = Phrase("Orig.", "原单号")
    LABEL_DOCUMENT = Phrase("Document", "单据")
    LABEL_ANSWER = Phrase("Code", "应答码")
    LABEL_COPIES = Phrase("Copies", "重打次数")
    LABEL_OPERATOR = Phrase("Operator", "操作员")
    LABEL_SECOND_APPROVER = Phrase("Second", "授权人二")
    FOUND_NO_ORIGINAL = Phrase("No slip was shown.", "无原单退货。")
    LABEL_SETTLED_BY = Phrase("Settled by", "处理人")
    LABEL_UNRESOLVED = Phrase("Unresolved", "未决笔数")
    TITLE_TOTALS = Phrase("BATCH {batch}", "批次{batch}合计")
    HINT_PAGE = Phrase("Up/Down {page}/{pages}", "上下翻页 {page}/{pages}")
    HINT_PAGE_COPY = Phrase("Up/Dn {page}/{pages} Enter=copy", "上下{page}/{pages} 确认=重打")

    # Parameters from the host
    MENU_PARAMETERS = Phrase("Get parameters", "下载参数")
    TITLE_PARAMETERS = Phrase("PARAMETERS", "参数下载")
    PARAMETERS_SAME = Phrase("Nothing new.", "参数没有变化。")
    PARAMETERS_REFUSED = Phrase("Refused from the host: {tags}", "已拒绝主机参数：{tags}")
    PARAMETERS_UNUSABLE = Phrase("The answer can't be used.", "主机应答不可用。")
    PARAMETERS_CHANGED = Phrase("Changed: {count}", "已更改{count}项。")
    PARAMETERS_KEPT = Phrase("Nothing was changed.", "参数未更改。")
    PARAMETER_BEFORE = Phrase("Now:", "现在：")
    PARAMETER_AFTER = Phrase("New:", "新的：")
    HINT_ACCEPT = Phrase("{page}/{pages} Enter=accept", "{page}/{pages} 确认=接受")
    HINT_NEXT = Phrase("{page}/{pages} Enter=next", "{page}/{pages} 确认=下一项")
    HINT_APPROVER = Phrase("{page}/{pages} Enter=approver", "{page}/{pages} 确认=主管授权")
    PARAM_ANSWER_TIMEOUT = Phrase("Wait for host, s", "应答超时（秒）")
    PARAM_PHONE_1 = Phrase("Dial number 1", "拨号号码一")
    PARAM_PHONE_2 = Phrase("Dial number 2", "拨号号码二")
    PARAM_PHONE_3 = Phrase("Dial number 3", "拨号号码三")
    PARAM_SERVICE_PHONE = Phrase("Service phone", "服务电话")
    PARAM_TIP = Phrase("Tips", "小费")
    PARAM_TYPED_CARD = Phrase("Typed card numbers", "手工输入卡号")
    PARAM_AUTO_SIGN_OFF = Phrase("Sign off by itself", "结算后自动签退")
    PARAM_MERCHANT_NAME = Phrase("Shop's name", "商户名称")
    PARAM_SENDS = Phrase("Tries of a reversal", "重发次数")
    PARAM_SWITCHES = Phrase("Transaction switches", "交易开关")
    VALUE_ON = Phrase("on", "开")
    VALUE_OFF = Phrase("off", "关")
    VALUE_NONE = Phrase("none yet", "未设置")

    # Certificates of the line
    CERTIFICATE_DAYS = Phrase("Cert.: {days} d left", "证书还剩{days}天")
    CERTIFICATE_SOON = Phrase("! Cert.: {days} d left", "！证书{days}天后到期")
    CERTIFICATE_URGENT = Phrase("! Renew cert.: {days} d", "！立即换证书 剩{days}天")
    CERTIFICATE_OVER = Phrase("! Certificate ended", "！证书已过期")

    # Reversal and recovery
    TITLE_REVERSAL = Phrase("REVERSAL", "冲正")
    REVERSING_SALE = Phrase("Taking back sale {stan}", "正在冲正消费{stan}")
    REVERSING_VOID = Phrase("Taking back void {stan}", "正在冲正撤销{stan}")
    REVERSAL_TRY = Phrase("Try {count} of {most}", "第{count}次，共{most}次")
    REVERSED_SALE = Phrase(
        "Sale {stan} is taken back. Nothing was charged.", "消费{stan}已冲正，未扣款。"
    )
    REVERSED_VOID = Phrase(
        "Void {stan} is taken back. The sale stands.", "撤销{stan}已冲正，原消费仍有效。"
    )
    REVERSAL_EARLY = Phrase(
        "Host answered. Asked again in {seconds} s to be sure.", "主机已应答，{seconds}秒后再核实。"
    )
    REVERSAL_REFUSED = Phrase("Host refuses: {code}.", "主机暂时拒绝：{code}。")
    REVERSAL_OPEN = Phrase("{stan} is not taken back yet.", "{stan}尚未冲正。")
    REVERSAL_FIRST = Phrase("Nothing new before that.", "完成前不能做新交易。")
    REVERSAL_SIGN_IN = Phrase("Sign in first.", "请先做主机签到。")
    REVERSAL_FAILED = Phrase("Reversal failed: {stan}", "冲正失败：{stan}")
    REVERSAL_CALL = Phrase("Money may have moved. Ask {phone}.", "资金可能已变动，请致电{phone}")
    REVERSAL_KEEP_SLIP = Phrase("Keep the slip.", "请保存凭条。")
    PRINTING_FAILED_SLIP = Phrase("Printing the slip for the shop", "正在打印冲正失败凭条")
    HINT_REVERSE = Phrase("Enter = reverse now", "确认=立即冲正")
    TITLE_RECOVERY = Phrase("ASKING THE HOST", "查询未决交易")
    ASKING_INQUIRY = Phrase("What became of {stan}?", "正在查询{stan}的结果")
    ASKING_AGAIN = Phrase("{stan} again, same number", "正在原号重发{stan}")
    ASKING_UPLOAD = Phrase("Uploading {stan}", "正在上送{stan}")
    REVERSING_REFUND = Phrase("Taking back refund {stan}", "正在冲正退货{stan}")
    REVERSED_REFUND = Phrase(
        "Refund {stan} is taken back. It may be given anew.", "退货{stan}已冲正，可重新办理。"
    )
    RECOVERED = Phrase("Refund {stan} was done. Its slips follow.", "退货{stan}已成功，即将打印。")
    RECOVERED_DECLINED = Phrase(
        "Refund {stan} was declined: {code}. No money moved.", "退货{stan}被拒绝{code}，未退款。"
    )
    RECOVERED_NOT_DONE = Phrase(
        "Refund {stan} never arrived. No money moved.", "主机未收到退货{stan}，未退款。"
    )
    STILL_UNKNOWN = Phrase("{stan} still unknown", "{stan}结果仍未知")
    NEVER_AGAIN = Phrase("Do NOT refund again.", "切勿再次退货！")
    ASKED_AGAIN = Phrase("Again in {seconds} s", "{seconds}秒后再查")
    ASKED_LATER = Phrase("Asked again later.", "稍后再查。")
    ASKED_AFTER_SETTLEMENT = Phrase("Settle first: Menu", "请先完成结算。")
    PERSON_NEXT = Phrase("By hand: Menu, 3", "请按菜单3人工处理")
    HOST_DOES_NOT_KNOW = Phrase("No result there yet.", "主机尚无结果。")
    ANSWER_NOT_USABLE = Phrase("Answer not usable.", "应答不能采信。")
    NO_COPY = Phrase("Card no. not kept", "卡号已无法取用。")
    PENDING_ASKED = Phrase("Asked {count} times", "已查{count}次")
    HINT_ASK = Phrase("Enter = ask the host", "确认=立即查询")
    PENDING_TRIES = Phrase("Reversal: {count} tries", "冲正已试{count}次")
    PENDING_FAILED = Phrase("Reversal failed.", "冲正未成功。")
    PENDING_AGAIN = Phrase("Reversal in {seconds} s", "{seconds}秒后再次冲正")
    SETTLE_PAID = Phrase("Was paid", "已扣款")
    SETTLE_NOT_PAID = Phrase("Was not paid", "未扣款")
    SETTLE_VOIDED = Phrase("Was voided", "已撤销")
    SETTLE_NOT_VOIDED = Phrase("Was not voided", "未撤销")

    # Settlement
    MENU_SETTLE = Phrase("Settle the day", "结算")
    TITLE_SETTLEMENT = Phrase("SETTLEMENT (CNY)", "结算（元）")
    LABEL_SALES = Phrase("Sales", "消费笔数")
    LABEL_RETURNS = Phrase("Refunds, voids", "退货撤销笔数")
    LABEL_SUM = Phrase("Sum", "计")
    HINT_SETTLE_NOW = Phrase("Enter = settle now", "确认=立即结算")
    UPLOADING = Phrase("Sending the details {number} of {count}", "正在上送明细 {number}/{count}")
    SETTLE_UNFINISHED = Phrase("! Not settled yet", "！结算未完成")
    SETTLE_WAITS = Phrase(
        "Batch {batch} is not settled yet: nothing else until then.",
        "批次{batch}结算未完成，期间不能交易。",
    )
    SETTLE_REFUSED = Phrase(
        "The host does not settle batch {batch}. Call {phone}.",
        "主机拒绝结算批次{batch}，请致电{phone}。",
    )
    CARD_NOT_OPENED = Phrase(
        "The keypad can not open card of {stan}.", "密码键盘打不开{stan}的卡号。"
    )
    SLIP_FIRST = Phrase("Its slip comes first.", "请先打印结算单。")
    SETTLE_STANDS = Phrase("The batch stays open until the slip is on paper.", "打印前批次不关闭。")
    HINT_SIGN_IN = Phrase("Enter = sign in", "确认=主机签到")
    HINT_GO_ON = Phrase("Enter = go on", "确认=继续结算")
    HINT_GO_ON_OR_SKIP = Phrase("Enter=go Menu=skip", "确认=重试 菜单=跳过")
    SKIP_UPLOAD = Phrase(
        "Not uploaded then: settle it with the acquirer.", "将不上送，请与收单行核实。"
    )
    SKIP_QUESTION = Phrase("Closed without host", "未对账即关闭批次")
    SKIP_END = Phrase("End of the upload", "批上送结束报文")
    LABEL_RECORDS = Phrase("Records", "笔数")
    SETTLED_BATCH = Phrase("Batch {batch} is settled.", "批次{batch}已结算。")
    PRINTING_SETTLEMENT = Phrase("Printing the settlement slip", "正在打印结算单")

    # Day report
    MENU_REPORT = Phrase("Day report", "日报表")
    TITLE_REPORT = Phrase("DAY REPORT", "打印日报表")
    REPORT_DAY = Phrase("{day}", "{day}")
    PRINTING_REPORT = Phrase("Printing the report", "正在打印日报表")
    REPORT_STANDS = Phrase("Nothing is lost: print it again.", "数据未丢失，可重新打印。")

    # Device test
    MENU_DEVICES = Phrase("Device test", "设备测试")
    TITLE_DEVICES = Phrase("DEVICE TEST", "设备测试列表")
    DEVICE_KEYS = Phrase("Keys", "按键")
    DEVICE_READER = Phrase("Card reader", "读卡器")
    DEVICE_HOST = Phrase("Line to host", "主机线路")
    DEVICE_DISPLAY = Phrase("Display", "显示屏")
    DEVICE_GOOD = Phrase("{what}: good", "{what} 正常")
    DEVICE_BAD = Phrase("{what}: BAD", "{what} 异常")
    PRESS_EACH_KEY = Phrase("Press each key. Left:", "请逐一按键，剩余：")
    HINT_CANCEL_TWICE = Phrase("Cancel twice = leave", "连按两次取消=退出")
    SWIPE_ANY_CARD = Phrase("Swipe any card.", "请刷任意卡。")
    SCAN_ANY_CODE = Phrase("Scan any code.", "请扫任意码。")
    NOTHING_IS_BOOKED = Phrase("Only a test: no money moves.", "仅测试，不发生资金变动。")
    CARD_READ = Phrase("Read well.", "读卡正常。")
    CARD_NOT_READ = Phrase("Not read. Try again, clean the slot.", "读取失败，请重试或清洁卡槽。")
    CHIP_SEEN = Phrase("A chip was seen.", "检测到芯片卡。")
    CODE_READ = Phrase("Read {length} characters:", "读到{length}个字符：")
    HINT_LOOKS_RIGHT = Phrase("Enter=good Cancel=no", "确认=正常 取消=异常")
    PRINTING_TEST = Phrase("Printing a test", "正在打印测试单")
    TEST_STANDS = Phrase("It is only a test.", "仅为测试。")

    # About
    MENU_ABOUT = Phrase("About", "关于本机")
    TITLE_ABOUT = Phrase("ABOUT", "本机信息")
    LABEL_FIRMWARE = Phrase("Firmware", "固件版本")
    LABEL_PYTHON = Phrase("Python", "Python版本")
    LABEL_SERIAL = Phrase("Serial", "序列号")
    LABEL_MERCHANT = Phrase("Merchant", "商户")
    LABEL_PAD = Phrase("Keypad", "键盘")
    LABEL_MASTER_KEY = Phrase("Master key", "主密钥")
    LABEL_WORKING_KEYS = Phrase("Working keys", "工作密钥")
    LABEL_SHOP_KEY = Phrase("Shop key", "商户密钥")
    KEY_YES = Phrase("there", "已装载")
    KEY_NO = Phrase("missing", "缺失")
    LABEL_RECORDS_ALL = Phrase("Log records", "日志条数")
    NEWEST_HASH = Phrase("The newest one:", "最后一条：")

    # Practice
    MENU_PRACTICE = Phrase("Practice on / off", "练习模式 开/关")
    PRACTICE_MARK = Phrase("PRACTICE", "练习")
    TITLE_PRACTICE = Phrase("PRACTICE MODE", "练习模式")
    PRACTICE_NOTHING = Phrase("Nothing leaves, no money moves.", "不联机，不发生资金变动。")
    PRACTICE_CENTS = Phrase(
        "Cents .51 and .61 are declined, .99 gets no answer.", "角分51、61拒绝，99无应答。"
    )
    PRACTICE_BY = Phrase("Asked for by {number}", "申请人 {number}")
    PRACTICE_ENDS = Phrase("From now on money moves.", "退出练习，之后为真实交易。")
    PRACTICE_NOT_NOW = Phrase(
        "First clear up what is unresolved or not settled.", "请先处理未决交易或完成结算。"
    )
    HINT_PRACTISE = Phrase("Enter = practise", "确认=开始练习")

    # Slips that are owed
    SLIPS_OWED = Phrase("!{count} slips: Menu 2", "！{count}笔未打印：菜单2")
    REFUSED_SLIPS = Phrase(
        "{count} slips are not printed. Print them first: menu 2.",
        "有{count}笔单据未打印，请先打印：菜单2。",
    )
