-- Every function of the library, called with what tests/calls.json says, answers what is
-- recorded there, at every level of this machine.

local lu = require "luaunit"
local lg = require "logitude"
local compare = require "compare"
local replay = require "replay"

local api = replay.read_json "include/logitude/api.json"
local calls = replay.read_json "tests/calls.json"
replay.use(api)

-- What of a line is not as recorded.
local function wrong(line, found)
  local tolerance = compare.tolerance_of(line["function"])
  local answers, memory = replay.replay(line)
  for i, step in ipairs(replay.steps(line)) do
    if step.returns ~= nil and step.returns ~= answers[i] then
      table.insert(found, ("%s returns %s"):format(step["function"], tostring(answers[i])))
    end
  end
  for i, block in ipairs(line.memory) do
    if not compare.block_agrees(block, memory[i], tolerance) then
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
  for _, entry in ipairs(api.functions) do
    if not called[entry.name] then table.insert(missing, entry.name) end
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
