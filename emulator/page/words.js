// Every text of the page, English and Chinese side by side.

const WORDS = {
  title: ["Refund terminal", "退货终端"],
  subtitle: ["emulator", "模拟器"],
  language: ["中文", "English"],
  terminal: ["Terminal", "终端"],
  screen: ["Terminal screen", "终端屏幕"],
  keypad: ["Terminal keys", "终端按键"],
  guide: ["What to do next", "下一步"],
  tools: ["Tools", "工具"],
  offline: [
    "The emulator has stopped. Start it again: this page comes back by itself.",
    "模拟器已停止。重新启动后本页会自动恢复。",
  ],
  keyHelp: [
    "Keyboard: digits, Enter, Backspace = Clear, Esc = Cancel, ↑ ↓, M = Menu, A = Alpha. "
      + "Esc also brings the focus back to the terminal.",
    "键盘：数字键、Enter=确认、Backspace=清除、Esc=取消、↑ ↓、M=菜单、A=字母。在别处按 Esc 回到终端。",
  ],
  keyENTER: ["Enter", "确认"],
  keyCLEAR: ["Clear", "清除"],
  keyCANCEL: ["Cancel", "取消"],
  keyMENU: ["Menu", "菜单"],
  keyALPHA: ["Alpha", "字母"],
  keyUP: ["Up", "上"],
  keyDOWN: ["Down", "下"],
  power_on: ["Power on", "已开机"],
  power_off: ["Power off", "已关机"],
  power_elsewhere: ["Firmware runs elsewhere", "固件在别处运行"],
  power_stopped: ["Firmware stopped by itself", "固件意外停止"],
  tabCounter: ["Cards & slips", "卡与签购单"],
  tabPeople: ["People", "人员"],
  tabLedger: ["Host ledger", "主机账本"],
  tabTrace: ["Trace", "报文"],
  tabFaults: ["Faults", "故障"],
  tabPower: ["Power", "电源"],
  doIt: ["Do it for me", "替我操作"],
  cards: ["Test cards", "测试卡"],
  swipe: ["Swipe", "刷卡"],
  insert: ["Insert", "插卡"],
  tap: ["Tap", "挥卡"],
  removeCard: ["Take the card out", "拔出卡"],
  slips: ["Slips of earlier purchases", "以往消费的签购单"],
  scan: ["Scan", "扫码"],
  remaining: ["refundable", "可退"],
  nothingLeft: ["nothing left", "已无可退"],
  qrPayment: ["QR", "扫码支付"],
  otherShop: ["another shop", "其他商户"],
  scanText: ["Any other text under the scanner", "扫描其他文本"],
  printerTitle: ["Printer", "打印机"],
  noPaper: ["No slip yet", "尚无签购单"],
  paperOut: ["Out of paper", "缺纸"],
  coverOpen: ["Cover open", "盖已打开"],
  tear: ["Tear off", "撕下"],
  loadPaper: ["New roll", "换纸"],
  openCover: ["Open cover", "开盖"],
  closeCover: ["Close cover", "合盖"],
  picture: ["Picture", "图片"],
  number: ["Number", "编号"],
  name: ["Name", "姓名"],
  role: ["Role", "角色"],
  password: ["Test password", "测试密码"],
  role_operator: ["Operator", "操作员"],
  role_supervisor: ["Supervisor", "主管"],
  role_administrator: ["Administrator", "管理员"],
  peopleNote: [
    "Passwords of a shop that does not exist. A supervisor may not approve an own refund.",
    "虚构商户的测试密码。主管不能批准自己发起的退货。",
  ],
  ledgerNote: ["What the host has decided, newest first.", "主机的处理结果，最新在前。"],
  ledgerEmpty: ["Nothing is on the books yet.", "账本为空。"],
  kind: ["Kind", "类型"],
  kind_sale: ["Sale", "消费"],
  kind_refund: ["Refund", "退货"],
  kind_void: ["Void", "撤销"],
  kind_reversal: ["Reversal", "冲正"],
  amount: ["Amount", "金额"],
  stan: ["STAN", "凭证号"],
  rrn: ["RRN", "参考号"],
  originalRrn: ["Original RRN", "原参考号"],
  answer: ["Answer", "应答"],
  state_booked: ["booked", "已入账"],
  state_declined: ["declined", "已拒绝"],
  state_voided: ["voided", "已撤销"],
  state_reversed: ["reversed", "已冲正"],
  state_settled: ["settled", "已结算"],
  wire: ["Wire", "线路"],
  allWires: ["All wires", "全部线路"],
  wire_keypad: ["Keypad", "密码键盘"],
  wire_display: ["Display", "显示屏"],
  wire_reader: ["Card reader", "读卡器"],
  wire_scanner: ["Scanner", "扫码器"],
  wire_printer: ["Printer", "打印机"],
  wire_acquirer: ["Acquirer", "收单主机"],
  polls: ["also the polling of each second", "包括每秒轮询"],
  traceNote: [
    "▸ to the terminal, ◂ from the terminal. Open a line for its bytes; card data is masked.",
    "▸ 发往终端，◂ 来自终端。展开可看字节；卡数据已屏蔽。",
  ],
  noTrace: ["Nothing has passed yet.", "尚无数据。"],
  noBytes: ["no bytes", "无字节"],
  faultsNote: [
    "Arm a fault, then go on at the terminal: it happens at the next occasion.",
    "设置故障后继续操作终端，故障会在下一次时发生。",
  ],
  armed: ["armed", "已设置"],
  untilCleared: ["until cleared", "直到清除"],
  timesLeft: ["times left", "次剩余"],
  count: ["How often (0 = until cleared)", "次数（0=直到清除）"],
  arm: ["Arm", "设置"],
  param_booked: ["booked at the host", "主机已入账"],
  param_code: ["response code", "应答码"],
  param_delay_s: ["delay, seconds", "延迟（秒）"],
  param_number: ["field number", "域号"],
  param_value: ["value (empty: left out)", "内容（空=去掉该域）"],
  param_bytes: ["bytes that get through", "可通过的字节数"],
  param_bytes_per_s: ["bytes per second", "每秒字节数"],
  param_mti: ["only for this MTI", "仅限此 MTI"],
  param_digit: ["digit of the header", "报文头要求位"],
  param_debit_delta: ["debit off by, in fen", "借记差额（分）"],
  param_credit_delta: ["credit off by, in fen", "贷记差额（分）"],
  param_tag: ["tag", "标签"],
  param_line: ["in line", "第几行"],
  param_after_bytes: ["after bytes", "字节数之后"],
  param_wire: ["wire", "线路"],
  clear: ["Clear", "清除"],
  clearAll: ["Clear all faults", "清除全部故障"],
  off: ["Cut the power", "断电"],
  on: ["Switch on", "开机"],
  powerNote: [
    "The power cut kills the firmware at once, whatever it is doing.",
    "断电会立即终止固件，无论它在做什么。",
  ],
  elsewhereNote: [
    "Started with --devices-only: the firmware is not ours to switch.",
    "以 --devices-only 启动：固件不由此页开关。",
  ],
  cables: ["Cables", "连线"],
  up: ["connected", "已连接"],
  down: ["pulled", "已断开"],
  pull: ["Pull", "断开"],
  plug: ["Plug in", "接上"],
  "fault_host.no_answer": ["The host does not answer", "主机不应答"],
  "fault_host.close": ["The host hangs up without an answer", "主机不应答并断线"],
  "fault_host.decline": ["The host declines", "主机拒绝"],
  "fault_host.late": ["The answer comes late", "应答迟到"],
  "fault_host.wrong_mac": ["Wrong MAC in the answer", "应答 MAC 错误"],
  "fault_host.no_mac": ["No MAC in the answer", "应答无 MAC"],
  "fault_host.field": ["A field of the answer is changed", "应答字段被改"],
  "fault_host.duplicate_answer": ["The answer comes twice", "应答重复"],
  "fault_host.cut_frame": ["The answer is cut short", "应答被截断"],
  "fault_host.sign_in_again": ["The host wants a new sign-in", "主机要求重新签到"],
  "fault_host.asks": ["The host asks for something in its header", "主机在报文头提出要求"],
  "fault_host.wrong_totals": ["The host's totals are others", "主机总额不符"],
  "fault_host.bad_upload": ["The host refuses an upload", "主机拒绝上送"],
  "fault_host.hostile_parameters": ["Parameters nobody may change", "下载越权参数"],
  "fault_host.slow_drip": ["The answer drips in", "应答极慢"],
  "fault_host.glue": ["Two answers in one piece", "应答粘连"],
  "fault_host.split": ["The answer in many pieces", "应答分片"],
  "fault_printer.paper_out": ["Paper ends in a line of the slip", "打印中缺纸"],
  "fault_printer.silent": ["The printer says nothing", "打印机无响应"],
  "fault_reader.bad_track": ["The stripe can't be read", "磁条无法读取"],
  "fault_link.drop": ["A wire is cut after some bytes", "若干字节后断线"],
};
const LANGUAGES = ["en", "zh"];

/** The page's language, `en` or `zh`: as chosen last, else as the browser says. */
export function language() {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** Sets the page's language and remembers it on this computer. */
export function setLanguage(code) {
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  localStorage.setItem("language", code);
}

/** The language to begin with. */
export function firstLanguage() {
  const chosen = localStorage.getItem("language");
  if (LANGUAGES.includes(chosen)) return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The text called `key` in the page's language; `fallback`, else the key itself, if none is. */
export function word(key, fallback = key) {
  return pick(WORDS[key] ?? [fallback, fallback]);
}

/** One of a pair [English, Chinese]. */
export function pick([english, chinese]) {
  return language() === "zh" ? chinese : english;
}

/** Puts the texts into the elements that name theirs. */
export function translatePage() {
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
  }
  document.title = `${word("title")} – ${word("subtitle")}`;
}
