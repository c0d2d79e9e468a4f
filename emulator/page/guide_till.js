// What a newcomer does at sale, void, settlement, find, and when something is to be cleared up.

import {
  enter, enterIfAsked, key, newPaper, numberStep, payingCard, scanned, testPin, typed, voidableSale,
  wait,
} from "./guide_hands.js";

const approver = numberStep("supervisor", "A supervisor decides. Type the number",
  "由主管决定。输入主管号");
const notDone = enterIfAsked("It was not done: no money moved. Read why; Enter goes back.",
  "未成功，资金未动。看清原因后按确认返回。");
const slips = enterIfAsked("Done. Tear off the slip; Enter prints the next copy.",
  "已完成。撕下单据，按确认打印下一联。");
const toReverse = enterIfAsked(
  "No answer came: the terminal takes it back by itself. Don't repeat it; Enter goes on.",
  "无应答，终端会自动冲正。不要重复操作，按确认继续。");
const reversed = enterIfAsked("It was taken back: no money moved. Enter goes on.",
  "已冲正，资金未动。按确认继续。");
const manual = enterIfAsked(
  "The terminal can't clear this up. Call the acquirer with the trace number; Enter goes on.",
  "终端无法查清。请凭凭证号致电收单机构，按确认继续。");
const blocked = enter("An earlier transaction of this card is unresolved: clear that up first.",
  "此卡有未决交易，请先处理。");
const pin = (bench) => ({
  say: [`The customer types the PIN: ${testPin(bench)} for this test card, then Enter.`,
    `顾客输入密码：此测试卡为 ${testPin(bench)}，再按确认。`],
  act: typed(testPin(bench)),
});
const noPin = enter("The keypad took no PIN: nothing was sent. Enter goes back.",
  "未取得密码，未发送交易。按确认返回。");
const working = wait("It goes on by itself in a moment.", "请稍候，会自动继续。");

/** What sale and void end with alike. */
const endings = (operation) => Object.fromEntries(Object.entries({
  approved: slips, declined: notDone, not_sent: notDone, refused: notDone, cancelled: notDone,
  to_reverse: toReverse, reversed, manual, blocked, no_pin: noPin, approval: approver, pin,
}).map(([ending, step]) => [`${operation}.${ending}`, step]));

const SALE = {
  ...endings("sale"),
  sale: working,
  "sale.amount": () => ({
    say: ["Type the sum in fen, for example 1234 for 12.34, then Enter.",
      "以分为单位输入金额，例如 1234 表示 12.34，再按确认。"],
    act: typed("1234"),
  }),
  "sale.card": ({ cards }) => ({
    say: ["Swipe the customer's card.", "刷顾客的卡。"],
    ...(cards.length && { act: { swipe: cards[0].name } }),
  }),
  "sale.confirm": enter("Show the customer the sum, then Enter: the card is charged now.",
    "请顾客核对金额后按确认：此时才真正扣款。"),
  "sale.wrong_pin": enter("The PIN was wrong: no money moved. Enter asks for it again.",
    "密码错误，未扣款。按确认重输。"),
};

const VOID = {
  ...endings("void"),
  void: working,
  "void.sale": (bench) => scanned(voidableSale(bench),
    "Scan the slip of a sale of today's batch, or type its trace number.",
    "扫描本批次当日消费的签购单，或输入其凭证号。"),
  "void.card": (bench) => ({
    say: ["Swipe the card that paid.", "刷原消费所用的卡。"],
    ...(payingCard(bench) && { act: { swipe: payingCard(bench) } }),
  }),
  "void.other_card": enter("This is not the card that paid. Enter asks for the card again.",
    "这不是原消费所用的卡。按确认重新刷卡。"),
  "void.confirm": enter("Compare the sum with the slip, then Enter: the whole sale is taken back.",
    "核对金额后按确认：整笔消费将被撤销。"),
  "void.impossible": enterIfAsked("This sale can't be voided. The last row says what Enter does.",
    "此消费不能撤销。最后一行说明确认键的作用。"),
  "refund.void_or_refund": key("1",
    "A sale of today, not settled yet: 1 voids it whole, 2 refunds all or a part.",
    "当日未结算的消费：按 1 整笔撤销，按 2 全部或部分退货。"),
};

const SETTLEMENT = {
  "settlement.confirm": enter("Compare the totals with your slips, then Enter: the batch closes.",
    "与单据核对总额后按确认：本批次结算。"),
  "settlement.wait": wait("The host compares its totals with the terminal's.",
    "主机正在核对总额。"),
  "settlement.upload": wait("Each transaction is sent to the host. Just wait.",
    "正在逐笔上送，请稍候。"),
  "settlement.close": working,
  "settlement.print": wait("The settlement slip is being printed.", "正在打印结算单。"),
  "settlement.paper": newPaper(
    "The batch closes when its slip is on paper. New roll, cover closed; then Enter prints.",
    "打印后批次才关闭。换纸、合盖，然后按确认重新打印。"),
  "settlement.stuck": enter(
    "Not finished, and no money moves until it is. Enter goes on with it, or signs in first.",
    "结算未完成，完成前不能交易。按确认继续结算，或先签到。"),
  "settlement.refused": enter("Not begun; the screen says why. Enter goes back, or signs in first.",
    "结算未开始，屏幕说明原因。按确认返回，或先签到。"),
  "settlement.done": enter("The batch is closed. Tear off its slip; Enter goes back.",
    "批次已结算。撕下结算单，按确认返回。"),
};

const FIND = {
  find: key("1", "How shall it be found? Press a number; 1 lists all.",
    "选择查询方式：按数字，1 为全部。"),
  "find.typed": wait("Type what the screen asks for, then Enter.", "按屏幕提示输入，再按确认。"),
  "find.state": wait("Press the number of a state.", "按数字选择状态。"),
  "find.list": enter("Up and Down pick a transaction, Enter opens it.",
    "用上下键选择交易，按确认查看。"),
  "find.nothing": enter("Nothing fits. Enter goes back.", "没有符合的交易，按确认返回。"),
  "find.one": key("CANCEL", "Down turns the page, Enter prints a copy, Cancel goes back.",
    "下键翻页，按确认重打单据，取消键返回。"),
  "find.totals": key("CANCEL", "Down turns the page, Cancel goes back.", "下键翻页，取消键返回。"),
};

const CLEARING_UP = {
  "parameters.review": enter("Compare the old value with the new one; Enter accepts, Cancel keeps.",
    "比较新旧参数：确认为接受，取消为保留原值。"),
  "parameters.approval": approver,
  "reversal.wait": wait("The terminal takes back what had no answer. Just wait.",
    "终端正在冲正无应答的交易，请稍候。"),
  recovery: working,
  "recovery.told": enter("Read what became of it; Enter goes on.", "看清处理结果，按确认继续。"),
  "recovery.printing": wait("A slip about it is being printed.", "正在打印冲正单据。"),
  "recovery.paper_out": newPaper("New roll, cover closed; then Enter prints the slip.",
    "换纸、合盖，然后按确认打印单据。"),
  pending: enterIfAsked("What has no result yet. Press the number of one, or Cancel to go back.",
    "以下交易结果未知。按数字查看，取消键返回。"),
  "pending.approval": approver,
  "pending.one": wait(
    "Ask the acquirer what became of it (here: Ledger), then Enter; Cancel goes back.",
    "先向收单机构查询结果（此处见“主机账本”），再按确认；取消键返回。"),
  "pending.to_reverse": enterIfAsked(
    "It is to be taken back. Enter tries now, if the screen says so.",
    "待冲正的交易。屏幕提示时按确认立即冲正。"),
  "pending.answer": wait(
    "Press what the acquirer says (here: Ledger): 1 it was, 2 it was not.",
    "按收单机构的答复选择（此处见“主机账本”）：1 已成功，2 未成功。"),
  "pending.amount": wait(
    "Type the amount that the acquirer's list says (here: Ledger); Enter alone is all of it.",
    "输入收单机构清单上的金额（此处见“主机账本”）；全额直接按确认。"),
  "pending.settled": enter("It is on record. Enter goes back.", "已记录，按确认返回。"),
  backup: enterIfAsked(
    "The journal is copied to a file beside it; Enter goes back when it is done.",
    "日志正在备份到同一文件夹；完成后按确认返回。"),
  reprint: enterIfAsked("Tear off the copy; Enter goes on.", "撕下重打单据，按确认继续。"),
};

/** Screen names and their steps. */
export const TILL_STEPS = { ...SALE, ...VOID, ...SETTLEMENT, ...FIND, ...CLEARING_UP };
