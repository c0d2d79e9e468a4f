-- Length (2 bytes), TPDU (5), header (6), MTI, bitmap and fields of the dialect above.

local LENGTH, TPDU, HEAD = 2, 5, 6
local NUMBER_LIKE = ("[0-9]"):rep(13)
local SERIAL = "Sequence No"

local proto = Proto(NAME, "UnionPay POS (" .. NAME .. ")")
proto.prefs.ports = Pref.range("TCP ports", "", "Ports of hosts that speak this", 65535)
proto.prefs.mask = Pref.bool("Hide card data", true, "Card numbers cut, secrets not shown")

-- ---- the fields that Wireshark can filter by

local known = {}

local function declare(key, name, make)
  local field = (make or ProtoField.string)(NAME .. "." .. key, name)
  known[key] = field
end

declare("length", "length", ProtoField.uint16)
declare("tpdu", "TPDU")
declare("tpdu.destination", "destination")
declare("tpdu.source", "source")
declare("header", "header")
for _, part in ipairs(HEADER) do declare("header." .. part.key, part.name) end
declare("mti", "MTI")
declare("bitmap", "bitmap")
for number, field in pairs(FIELDS) do declare("f" .. number, number .. " " .. field.name) end
for number, parts in pairs(PARTS) do
  for _, part in ipairs(parts) do
    declare("f" .. number .. "." .. part.key, (part.key:gsub("_", " ")))
  end
end
for _, half in ipairs({"domestic", "foreign"}) do
  for _, part in ipairs(TOTALS) do
    declare("f48." .. half .. "." .. part.key, half .. " " .. part.key:gsub("_", " "))
  end
end
for key, name in pairs({
  ["f22.entry"] = "entry", ["f22.pin"] = "PIN",
  ["f48.count"] = "records", ["f48.record"] = "record", ["f48.record.type"] = "type",
  ["f48.record.stan"] = "trace number", ["f48.record.pan"] = "card number",
  ["f48.record.amount_minor"] = "amount",
  ["f53.format"] = "PIN format", ["f53.algorithm"] = "algorithm", ["f53.track"] = "track",
  ["f54.amount"] = "amount", ["f59.tag"] = "tag", ["f59.value"] = "value",
  ["f62.keys"] = "working keys", ["f62.key"] = "key", ["f62.check_value"] = "check value",
  ["f62.device"] = "device",
}) do declare(key, name) end

local all = {}
for _, field in pairs(known) do all[#all + 1] = field end
proto.fields = all

local malformed = ProtoExpert.new(
  NAME .. ".malformed", "Malformed message", expert.group.MALFORMED, expert.severity.ERROR)
proto.experts = {malformed}

-- ---- what may be shown

local function hex(range) return range:bytes():tohex() end

local function cut_number(text)
  if #text < 14 then return ("*"):rep(#text) end
  return text:sub(1, 6) .. ("*"):rep(#text - 10) .. text:sub(-4)
end

local function is_text(raw) return not raw:find("[%z\1-\31\127]") end

-- Text of GB18030; hex when it is not text. Wireshark reads the text itself: what its Lua gives for
-- Chinese characters is cut short, which is why such an item has the text's bytes, not its length.
local function add_text(tree, field, range)
  if is_text(range:raw()) then
    return (tree:add_packet_field(field, range, ENC_GB18030))
  end
  return tree:add(field, range, hex(range))
end

local function is_open(number, text)
  if number == 2 or HIDDEN[number] then return false end
  if number == 62 then return text:sub(1, #SERIAL) == SERIAL end
  if number == 48 then return #text == 62 or #text <= 4 end
  if number == 44 or number == 54 or number == 63 then return not text:find(NUMBER_LIKE) end
  return true
end

-- ---- parts of fields: each gets the tree of its field and the field itself

local function said(item, place, code)
  local table = CODES[place]
  if table and table[code] then item:append_text(" (" .. table[code] .. ")") end
  return item
end

local function yuan(digits)
  local minor = tonumber(digits)
  return minor and ("%d.%02d"):format(math.floor(minor / 100), minor % 100) or digits
end

-- Digits `from` (the first is 1) to `to` of a packed field that has no pad on the left.
local function digit_range(field, from, to)
  local first, last = math.floor((from - 1) / 2), math.floor((to - 1) / 2)
  return field.range(first, last - first + 1)
end

local function digit_parts(tree, field, prefix, codes, parts, from)
  for _, part in ipairs(parts) do
    local text = field.text:sub(from, from + part.width - 1)
    if text == "" then return end
    local range = digit_range(field, from, from + #text - 1)
    said(tree:add(known[prefix .. part.key], range, text), codes .. part.key, text)
    from = from + part.width
  end
end

local function byte_parts(tree, field, prefix, parts, name_of)
  local at = 0
  for _, part in ipairs(parts) do
    local size = math.min(part.width, field.range:len() - at)
    if size <= 0 then return end
    local range = field.range(at, size)
    local item = add_text(tree, known[prefix .. part.key], range)
    if name_of then item:append_text(name_of(part.key)) end
    at = at + size
  end
end

local function totals(tree, field)
  digit_parts(tree, field, "f48.domestic.", "48.", TOTALS, 1)
  digit_parts(tree, field, "f48.foreign.", "48.", TOTALS, 32)
end

local function record(tree, field, from)
  local range = digit_range(field, from, from + 39)
  local item = tree:add(known["f48.record"], range, "")
  local function part(key, first, last, shown)
    local text = field.text:sub(from + first, from + last)
    item:add(known["f48.record." .. key], digit_range(field, from + first, from + last),
      shown and shown(text) or text)
  end
  part("type", 0, 1)
  part("stan", 2, 7)
  part("pan", 8, 27, function(text)
    local number = text:gsub("^0+", "")
    return proto.prefs.mask and cut_number(number) or number
  end)
  part("amount_minor", 28, 39)
end

local function upload(tree, field)
  local count = field.text:sub(1, #field.text <= 4 and 4 or 2)
  tree:add(known["f48.count"], digit_range(field, 1, #count), count)
  for from = 3, #field.text - 39, 40 do record(tree, field, from) end
end

local function tagged(tree, field)
  local at, raw = 0, field.range:raw()
  while at + 5 <= #raw and raw:sub(at + 3, at + 5):find("^%d%d%d$") do
    local size = tonumber(raw:sub(at + 3, at + 5))
    if at + 5 + size > #raw then return end
    local item = tree:add(known["f59.tag"], field.range(at, 5 + size), raw:sub(at + 1, at + 2))
    if size > 0 then
      local value = field.range(at + 5, size)
      if proto.prefs.mask then item:add(known["f59.value"], value, ("<%d hidden>"):format(size))
      else add_text(item, known["f59.value"], value) end
    end
    at = at + 5 + size
  end
end

-- A key and the four bytes that it is checked by, as often as there are.
local function working_keys(tree, field)
  local size = field.range:len()
  local scheme = CODES["62.keys"][tostring(size)]
  if not scheme then return end
  local each = size == 24 and 12 or 20
  local keys = tree:add(known["f62.keys"], field.range, scheme)
  for at = 0, size - each, each do
    local key, check = field.range(at, each - 4), field.range(at + each - 4, 4)
    local function show(range)
      return proto.prefs.mask and ("<%d hidden>"):format(range:len()) or hex(range)
    end
    keys:add(known["f62.key"], key, show(key))
    keys:add(known["f62.check_value"], check, show(check))
  end
end

local EXPLAIN = {
  [3] = function(tree, field) said(field.item, "3", field.text) end,
  [4] = function(tree, field) field.item:append_text(" (" .. yuan(field.text) .. ")") end,
  [22] = function(tree, field)
    local entry, pin = field.text:sub(1, 2), field.text:sub(3)
    said(tree:add(known["f22.entry"], field.range(0, 1), entry), "22.entry", entry)
    said(tree:add(known["f22.pin"], field.range(1, 1), pin), "22.pin", pin)
  end,
  [25] = function(tree, field) said(field.item, "25", field.text) end,
  [39] = function(tree, field) said(field.item, "39", field.text) end,
  [44] = function(tree, field) byte_parts(tree, field, "f44.", PARTS[44]) end,
  [48] = function(tree, field, mti)
    if mti == "0320" or mti == "0330" then upload(tree, field)
    elseif #field.text == 62 then totals(tree, field) end
  end,
  [53] = function(tree, field)
    for at, key in ipairs({"format", "algorithm", "track"}) do
      local code = field.text:sub(at, at)
      local range = digit_range(field, at, at)
      said(tree:add(known["f53." .. key], range, code), "53." .. key, code)
    end
  end,
  [54] = function(tree, field)
    for at = 0, field.range:len() - 20, 20 do
      local text = field.range(at, 20):string()
      local sign = text:sub(8, 8) == "D" and "-" or ""
      local words = text:sub(5, 7) .. " " .. sign .. yuan(text:sub(9))
      tree:add(known["f54.amount"], field.range(at, 20), words)
    end
  end,
  [59] = tagged,
  [60] = function(tree, field) digit_parts(tree, field, "f60.", "60.", PARTS[60], 1) end,
  [61] = function(tree, field) digit_parts(tree, field, "f61.", "61.", PARTS[61], 1) end,
  [62] = function(tree, field, mti)
    if mti == "0810" then working_keys(tree, field)
    elseif field.open then tree:add(known["f62.device"], field.range, field.range:string()) end
  end,
  [63] = function(tree, field, mti)
    local is_operator = mti == "0500" or mti == "0800" or mti == "0820"
    byte_parts(tree, field, "f63.", PARTS[63], function(key)
      if key ~= "code" then return "" end
      return is_operator and " (operator)" or " (card organisation)"
    end)
  end,
}
-- These show of a hidden field only what may be shown of it.
local SHOWS_LITTLE = {[48] = true, [59] = true, [62] = true}

-- ---- one message

local function digits_of(field, range, length)
  local nibbles = hex(range)
  if field.pad == "left" and length % 2 == 1 then return nibbles:sub(2) end
  return nibbles:sub(1, length)
end

-- The field at `at` of the message: its value, and where the next one begins; nil when it is cut.
local function read(spec, tvb, at)
  local length, from = spec.length, at + spec.prefix
  if from > tvb:len() then return nil end
  if spec.prefix > 0 then length = tonumber(hex(tvb(at, spec.prefix))) end
  if length == nil then return nil end
  local is_packed = spec.kind == "N" or spec.kind == "Z"
  local size = is_packed and math.floor((length + 1) / 2) or length
  if from + size > tvb:len() then return nil end
  local field = {whole = tvb(at, spec.prefix + size), length = length, text = "", next = from + size}
  if size == 0 then return field end
  field.range = tvb(from, size)
  if is_packed then field.text = digits_of(spec, field.range, length)
  else field.text = field.range:raw() end
  return field
end

local function add_value(tree, number, spec, field)
  local known_as = known["f" .. number]
  if not field.open then
    local shown = number == 2 and cut_number(field.text) or ("<%d hidden>"):format(field.length)
    return tree:add(known_as, field.whole, shown)
  end
  if field.range and spec.kind == "B" then return tree:add(known_as, field.whole, hex(field.range)) end
  if field.range and spec.kind == "TEXT" then return add_text(tree, known_as, field.range) end
  return tree:add(known_as, field.whole, field.text)
end

local function add_field(tree, number, tvb, at, mti)
  local spec = FIELDS[number]
  local field = read(spec, tvb, at)
  if field == nil then return nil end
  field.open = not proto.prefs.mask or is_open(number, field.text)
  field.item = add_value(tree, number, spec, field)
  local explain = EXPLAIN[number]
  if explain and field.range and (field.open or SHOWS_LITTLE[number]) then
    explain(field.item, field, mti)
  end
  return field
end

local function add_head(tree, tvb)
  tree:add(known["length"], tvb(0, LENGTH))
  local tpdu = tvb(LENGTH, TPDU)
  local item = tree:add(known["tpdu"], tpdu, hex(tpdu))
  item:add(known["tpdu.destination"], tpdu(1, 2), hex(tpdu(1, 2)))
  item:add(known["tpdu.source"], tpdu(3, 2), hex(tpdu(3, 2)))
  local header = {range = tvb(LENGTH + TPDU, HEAD), text = hex(tvb(LENGTH + TPDU, HEAD))}
  local parts, from = tree:add(known["header"], header.range, header.text), 1
  for _, part in ipairs(HEADER) do
    local text = header.text:sub(from, from + part.digits - 1)
    local range = digit_range(header, from, from + part.digits - 1)
    said(parts:add(known["header." .. part.key], range, text), part.codes, text:lower())
    from = from + part.digits
  end
end

local function add_message(tree, tvb, pinfo)
  local at = LENGTH + TPDU + HEAD
  if tvb:len() < at + 10 then return false end
  local mti, bitmap = hex(tvb(at, 2)), tvb(at + 2, 8)
  tree:add(known["mti"], tvb(at, 2), mti)
  tree:add(known["bitmap"], bitmap, hex(bitmap))
  local kind, trace, answer = "", "", ""
  at = at + 10
  for number = 2, 64 do
    if bitmap:bitfield(number - 1, 1) == 1 then
      local field = add_field(tree, number, tvb, at, mti)
      if field == nil then return false, number end
      at = field.next
      if number == 60 then kind = CODES["60.transaction_type"][field.text:sub(1, 2)] or "" end
      if number == 11 then trace = " #" .. field.text end
      if number == 39 then answer = " answer " .. field.text end
    end
  end
  pinfo.cols.info:append(mti .. " " .. kind .. trace .. answer .. "  ")
  return at == tvb:len()
end

local function dissect_one(tvb, pinfo, root)
  local tree = root:add(proto, tvb())
  if tvb:len() < LENGTH + TPDU + HEAD then
    tree:add_proto_expert_info(malformed, "too short for TPDU and header")
    return tvb:len()
  end
  add_head(tree, tvb)
  local is_whole, number = add_message(tree, tvb, pinfo)
  if not is_whole then
    local place = number and ("field " .. number .. " is cut short") or "not the announced bytes"
    tree:add_proto_expert_info(malformed, place)
  end
  return tvb:len()
end

local function length_of(tvb, pinfo, offset) return tvb(offset, LENGTH):uint() + LENGTH end

function proto.dissector(tvb, pinfo, root)
  pinfo.cols.protocol = "UnionPay"
  pinfo.cols.info = ""
  dissect_tcp_pdus(tvb, root, LENGTH, length_of, dissect_one)
  return tvb:len()
end

-- ---- which connections

local tcp = DissectorTable.get("tcp.port")
local registered = ""
tcp:add_for_decode_as(proto)

function proto.prefs_changed()
  if registered ~= "" then tcp:remove(registered, proto) end
  registered = proto.prefs.ports
  if registered ~= "" then tcp:add(registered, proto) end
end
