-- Every function of the library, called with what tests/calls.json says, answers what is
-- recorded there, at every level of this machine.

local ffi = require "ffi"
local cjson = require "cjson"
local lu = require "luaunit"
local lg = require "logitude"
local replay = require "replay"

local api = replay.read_json "include/logitude/api.json"
local calls = replay.read_json "tests/calls.json"
replay.use(api)
local types = {}
for _, entry in ipairs(api.functions) do types[entry.name] = entry.dtype end

local function near(answer, recorded, tolerance)
  local both_nan = answer ~= answer and recorded ~= recorded
  return both_nan or answer == recorded
    or math.abs(answer - recorded) <= tolerance * math.max(1, math.abs(recorded))
end

local function agrees(found, recorded, tolerance)
  local c = found.c
  if recorded == cjson.null or replay.is_pointer(c) then return true end
  local wanted = replay.value(recorded, {})
  if c == "float" or c == "double" then return near(found.number, wanted, tolerance) end
  if c == "lgt_f16" or c == "lgt_bf16" then return math.abs(found.number - wanted) <= 1 end
  return found.number == wanted
end

-- These words as doubles that are near, all others as they are.
local function same_bytes(room, recorded, words, tolerance)
  local wanted = ffi.new("uint64_t[?]", #recorded / 8 + 1)
  ffi.copy(wanted, recorded, #recorded)
  local doubles, is_double = ffi.cast("double *", wanted), {}
  for _, word in ipairs(words) do is_double[word] = true end
  for word = 0, math.ceil(#recorded / 8) - 1 do
    if room[word] ~= wanted[word] then
      local answer = ffi.cast("double *", room)[word]
      if not (is_double[word] and near(answer, doubles[word], tolerance)) then return false end
    end
  end
  return true
end

local function block_agrees(block, memory, tolerance)
  if block.after == cjson.null then return true end
  local recorded = block.after or block.before
  if block.type == "bytes" then
    local bytes = replay.unpacked(recorded or { block.n })
    assert(#bytes == block.n)
    return same_bytes(memory.room, bytes, block.near or {}, tolerance)
  end
  for i, found in ipairs(replay.read(memory)) do
    if not agrees(found, recorded and recorded[i] or 0, tolerance) then return false end
  end
  return true
end

-- What of a line is not as recorded.
local function wrong(line, found)
  local dtype = types[line["function"]]
  local tolerance = (dtype == cjson.null or dtype == "f64") and 1e-12 or 1e-6
  local answers, memory = replay.replay(line)
  for i, step in ipairs(replay.steps(line)) do
    if step.returns ~= nil and step.returns ~= answers[i] then
      table.insert(found, ("%s returns %s"):format(step["function"], tostring(answers[i])))
    end
  end
  for i, block in ipairs(line.memory) do
    if not block_agrees(block, memory[i], tolerance) then
      table.insert(found, ("%s, block %d"):format(line["function"], i - 1))
    end
  end
end

TestCalls = {}

function TestCalls:test_every_function_has_a_call()
  local called, missing = {}, {}
  for _, line in ipairs(calls) do
    for _, step in ipairs(replay.steps(line)) do called[step["function"]] = true end
  end
  for name in pairs(types) do
    if not called[name] then table.insert(missing, name) end
  end
  lu.assertEquals(missing, {})
end

for name, level in pairs(lg.constants) do
  if name:find "^LGT_LEVEL_" then
    TestCalls["test_answers_at_" .. name:sub(11):lower()] = function()
      local before, found = lg.raw.lgt_cpu_level(), {}
      lu.skipIf(lg.raw.lgt_cpu_set_level(level) ~= 0, "not of this machine")
      for _, line in ipairs(calls) do wrong(line, found) end
      lg.raw.lgt_cpu_set_level(before)
      lu.assertEquals(found, {})
    end
  end
end
