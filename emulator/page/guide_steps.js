// What a newcomer does on each screen of the terminal.

import {
  easiestQrSale, easiestSale, enter, key, newPaper, numberStep, payingCard, scanned, typed, wait,
} from "./guide_hands.js";
import { TILL_STEPS } from "./guide_till.js";

/** Somebody's two-digit number that stands on the screen, as that person. */
function personOnScreen({ screen, people }) {
  const numbers = screen.rows.join("\n").match(/(?<!\d)\d\d(?!\d)/g) ?? [];
  return people.find((person) => numbers.includes(person.number));
}

function passwordStep(bench) {
  const person = personOnScreen(bench);
  if (!person) {
    return { say: ["Type the password shown under People, then Enter.",
      "输入“人员”页中的密码，再按确认。"] };
  }
  return {
    say: [`Type ${person.name}'s test password ${person.password}, then Enter.`,
      `输入 ${person.name} 的测试密码 ${person.password}，再按确认。`],
    act: typed(person.password),
  };
}

function scanStep(bench) {
  return scanned(easiestSale(bench), "Scan the slip of a purchase, or press Menu.",
    "扫描一张签购单，或按菜单键。");
}

function originalStep(bench) {
  if (!/REFUND BY CODE|扫码退货/.test(bench.screen.rows.join("\n"))) {
    return scanned(easiestSale(bench),
      "Scan the slip of the purchase, or type its reference number.",
      "扫描签购单，或输入参考号。");
  }
  return scanned(easiestQrSale(bench), "Scan the slip of a QR payment.", "扫描二维码支付的签购单。");
}

function cardStep(bench) {
  const card = payingCard(bench);
  const say = ["Swipe the card that paid.", "刷原消费所用的卡。"];
  return card ? { say, act: { swipe: card } } : { say };
}

const noMoney = enter("No money moved. The screen says why; Enter goes back.",
  "未退款。屏幕说明原因，按确认返回。");
const goOn = enter("Read it; Enter goes on.", "看过后按确认继续。");
const approver = numberStep("supervisor", "A supervisor decides. Type the number",
  "由主管决定。输入主管号");

const STEPS = {
  ...TILL_STEPS,
  "": wait("The screen is blank: the terminal is starting, or its power is off.",
    "屏幕空白：终端正在启动，或已断电。"),
  start: wait("The terminal is starting: it looks for its keypad and checks its journal.",
    "终端正在启动：检测密码键盘并核对日志。"),
  setup: wait("First set-up. Unless the shop file says “by hand”, the emulator types it for you.",
    "首次设置。除非商户文件设为手动，否则模拟器会代为输入。"),
  logon: numberStep("operator", "Type an operator's number", "输入操作员号"),
  "host.wait": wait("The terminal talks to the host. See Trace for every byte.",
    "终端正在与主机通信，可在“报文”页查看。"),
  idle: scanStep,
  "practice.on": enter("Practice: nothing leaves the terminal. Enter begins it.",
    "练习模式：不联机。按确认开始。"),
  "practice.off": enter("Enter ends the practice: from then on money moves.",
    "按确认退出练习，之后为真实交易。"),
  "practice.not_now": enter("Something is unresolved or not settled: clear that up first.",
    "有未决交易或未结算，请先处理。"),
  "practice.approval": approver,
  menu: wait("Press the number of a line, or Cancel to go back.", "按对应数字选择，取消键返回。"),
  "refund.original": originalStep,
  "refund.amount": enter("Enter gives all of it back; or type a smaller sum first.",
    "按确认全额退货，或先输入较小金额。"),
  "refund.reason": key("1", "Why is it given back? Press the number of a reason.",
    "选择退货原因：按数字。"),
  "refund.card": cardStep,
  "refund.approval": approver,
  "refund.approval_notice": enter("What is unusual: the approver reads it first. Enter goes on.",
    "授权人先看异常提示，按确认继续。"),
  "refund.same_again": enter("A refund like this one was just given. Enter only if this is another.",
    "刚退过同样一笔。确属另一笔才按确认。"),
  "refund.confirm": enter("Compare the sum with the slip, then Enter: money moves now.",
    "核对金额后按确认：此时才真正退款。"),
  "refund.approved": enter("The refund is given. Tear off the slip; Enter prints the next copy.",
    "退货成功。撕下单据，按确认打印下一联。"),
  "refund.declined": noMoney,
  "refund.not_sent": noMoney,
  "refund.refused": noMoney,
  "refund.blocked": noMoney,
  "refund.bad_code": enter("This code is not from a genuine slip. Enter goes back.",
    "该二维码不是真实签购单，按确认返回。"),
  "refund.other_card": enter("This is not the card that paid. Follow the screen.",
    "这不是原消费所用的卡，请按屏幕提示操作。"),
  "refund.document": () => ({
    say: ["Type the number of a document, for example 123456, then Enter.",
      "输入单据编号，例如 123456，再按确认。"],
    act: typed("123456"),
  }),
  "refund.unknown": enter(
    "Nobody knows yet whether money moved. Don't refund again: the terminal finds out.",
    "结果未知。不要重复退货，终端会自行查清。"),
  "print.paper_out": newPaper(
    "What was done stands, only its slip is missing. New roll, cover closed; then Enter prints.",
    "交易结果不变，只是单据未打印。换纸、合盖，然后按确认重新打印。"),
  "journal.damaged": wait("The journal is damaged: no refunds until it is restored.",
    "交易日志损坏：恢复前不能退货。"),
};
const OTHERWISE = wait("Follow the screen: its last row says which keys help.",
  "请按屏幕提示操作：最后一行说明可用的按键。");

/** What to do now: `say` in both languages, and `act` if one click can do it. */
export function nextStep(bench) {
  return stepFor(bench.screen.name)(bench);
}

function stepFor(name) {
  if (name.endsWith("password")) return passwordStep;
  if (name.endsWith(".result")) return STEPS[name] ?? goOn;
  return STEPS[name] ?? OTHERWISE;
}
