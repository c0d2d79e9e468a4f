// Every text of the page, English and Chinese side by side.

import { FAULT_WORDS } from "./fault_words.js";
import { STORY_WORDS } from "./story_words.js";

const WORDS = {
  title: ["Refund terminal", "退货终端"],
  subtitle: ["emulator", "模拟器"],
  language: ["中文", "English"],
  terminal: ["Terminal", "终端"],
  screen: ["Terminal screen", "终端屏幕"],
  keypad: ["Terminal keys", "终端按键"],
  views: ["View", "视图"],
  views_developer: ["Developer", "开发者"],
  views_cashier: ["Cashier", "收银员"],
  theme: ["Colours", "颜色"],
  theme_auto: ["Auto", "自动"],
  theme_light: ["Light", "浅色"],
  theme_dark: ["Dark", "深色"],
  sides: ["Counter", "柜台"],
  sides_terminal: ["Terminal", "终端"],
  sides_slips: ["Slips", "签购单"],
  sides_cards: ["Cards", "银行卡"],
  sides_printer: ["Paper", "单据"],
  guide: ["What to do next", "下一步"],
  tools: ["Tools", "工具"],
  offline: [
    "The emulator has stopped. Start it again: this page comes back by itself.",
    "模拟器已停止。重新启动后本页会自动恢复。",
  ],
  keyHelp: [
    "Keyboard: digits, Enter, Backspace = Clear, Esc = Cancel, ↑ ↓, M = Menu, A = Alpha; F = faults, S = stories. "
      + "Esc also brings the focus back to the terminal.",
    "键盘：数字键、Enter=确认、Backspace=清除、Esc=取消、↑ ↓、M=菜单、A=字母；F=故障、S=场景。在别处按 Esc 回到终端。",
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
  tabCounter: ["Counter", "柜台"],
  tabPeople: ["People", "人员"],
  tabLedger: ["Ledger", "账本"],
  tabTrace: ["Trace", "报文"],
  tabTimeline: ["Time line", "时间线"],
  tabFaults: ["Faults", "故障"],
  tabPower: ["Power", "电源"],
  trainingNote: [
    "Ten stories for a cashier, in practice mode: nothing leaves the terminal. Log on as 01 first.",
    "收银员的十个练习，在练习模式中进行，不联机。请先以 01 签到。",
  ],
  nextStep: ["Next step", "下一步"],
  leaveStory: ["Leave the story", "退出练习"],
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
  wire_journal: ["Journal", "终端日志"],
  wire_ledger: ["Ledger", "主机账本"],
  marked: ["selected:", "选中："],
  timelineNote: [
    "▶ ◀ to and from the terminal, ▣ it writes its journal, ● the host books. Open a line for more.",
    "▶ ◀ 与终端的往来，▣ 终端写日志，● 主机记账。展开可看全部。",
  ],
  operation: ["Operation", "操作"],
  newestOperation: ["the newest", "最新"],
  noOperation: ["Nothing was done yet.", "尚无操作。"],
  onlyMoney: ["only what moves money", "仅资金相关"],
  polls: ["also the polling of each second", "包括每秒轮询"],
  traceNote: [
    "▸ to the terminal, ◂ from the terminal. Open a line for its bytes; card data is masked.",
    "▸ 发往终端，◂ 来自终端。展开可看字节；卡数据已屏蔽。",
  ],
  noTrace: ["Nothing has passed yet.", "尚无数据。"],
  noBytes: ["no bytes", "无字节"],
  faultsNote: [
    "F, a few letters, Enter: the first fault is armed. It happens at the next occasion.",
    "按 F，输入几个字，按 Enter：设置第一个故障，下次遇到时发生。",
  ],
  findFault: ["Find a fault", "查找故障"],
  noParameter: ["no parameter is called", "没有此参数："],
  noFault: ["No fault is called that.", "没有这样的故障。"],
  nothingArmed: ["Nothing is armed.", "未设置故障。"],
  faultHelp: ["Also with values: decline code=61 count=3", "可带参数：decline code=61 count=3"],
  group_host: ["Host", "主机"],
  group_link: ["Wires", "线路"],
  group_power: ["Power", "电源"],
  group_clock: ["Clock", "时钟"],
  armed: ["armed", "已设置"],
  untilCleared: ["until cleared", "直到清除"],
  simulationOnly: ["only in a simulation", "仅限仿真"],
  count: ["How often (0 = until cleared)", "次数（0=直到清除）"],
  arm: ["Arm", "设置"],
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
  ...FAULT_WORDS,
  ...STORY_WORDS,
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
