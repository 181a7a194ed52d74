-- Calls by name: every function makes what the recorded call wrote.

local ffi = require "ffi"
local lu = require "luaunit"
local cjson = require "cjson"
local lg = require "logitude"
local arrays = require "logitude.arrays"
local verbs = require "logitude.verbs"
local compare = require "compare"
local replay = require "replay"

local api = replay.read_json "include/logitude/api.json"
local calls = replay.read_json "tests/calls.json"
replay.use(api)
local fields = {}
for _, struct in ipairs(api.structs) do fields[struct.name] = struct.fields end

local of_function = {}
for _, verb in ipairs(verbs.list) do
  for _, form in pairs { verb, verb.of_integers or verb } do
    for dtype, entry in pairs(form.entries) do of_function[entry.name] = { verb = form, dtype = dtype } end
  end
end

-- What sizes of scratch depend on and no argument says.
local unsaid = {
  matrix_loss_update = { form = 1, classes = 3 },
  ranking_update = { longest = 3 },
  spherical_layer_check = { rows = 3 },
}

-- Numbers as an array of just their length; structs and bytes where they are.
local function array_of(written, line, memory)
  local block, kind = line.memory[written[1] + 1], nil
  for name, c in pairs { f16 = "lgt_f16", bf16 = "lgt_bf16" } do
    if block.type == c then kind = name end
  end
  local at = replay.value(written, memory)
  if not kind and not arrays.kind_of_c(block.type) then
    return ffi.cast(block.type == "bytes" and "void *" or block.type .. " *", at)
  end
  local n = block.n - written[2]
  local array = kind and lg.array(kind, n) or ffi.new(block.type .. "[?]", n)
  ffi.copy(array, at, n * ffi.sizeof(block.type))
  return array
end

local function contains(list, value)
  for _, each in ipairs(list) do
    if each == value then return true end
  end
end

-- The arguments of a line by name: what goes in as arrays, what comes out as `true`.
local function named(verb, dtype, line, memory)
  local given = { dtype = dtype ~= "" and dtype or nil }
  for key, value in pairs(unsaid[verb.name] or {}) do given[key] = value end
  for i, arg in ipairs(verb.args) do
    local written = line.args[i]
    local is_scratch = arg.name:find "^scratch" and verb.scratch
    if not (arg == verb.makes or is_scratch or (arg.name == "size" and verb.size)) then
      if written == cjson.null then given[arg.name] = false
      elseif type(written) ~= "table" then given[arg.name] = replay.value(written, memory)
      elseif contains(verb.outputs, arg) and not line.memory[written[1] + 1].before then
        given[arg.name] = true
      else given[arg.name] = array_of(written, line, memory) end
    end
  end
  return given
end

-- The numbers of what was made, in the order of fields; without those not shown.
local function flatten(c, result, into)
  if not fields[c] then
    into[#into + 1] = { c = c, number = result, hidden = result == nil }
    return into
  end
  for _, field in ipairs(fields[c]) do flatten(field.c, result and result[field.name], into) end
  return into
end

local function numbers_of(c, result)
  local into = {}
  if type(result) == "cdata" then
    for i = 0, ffi.sizeof(result) / ffi.sizeof(c) - 1 do flatten(c, result[i], into) end
  elseif type(result) == "table" and result[1] then
    for _, each in ipairs(result) do flatten(c, each, into) end
  else flatten(c, result, into) end
  return into
end

local function agrees(block, c, result, tolerance)
  if block.after == nil or block.after == cjson.null then return true end
  if block.type == "bytes" then
    local data = type(result) == "table" and result.bytes or result
    local bytes = replay.unpacked(block.after):sub(1, ffi.sizeof(data))
    return compare.same_bytes(data, bytes, block.near or {}, tolerance)
  end
  if type(result) == "table" and result.bytes then return true end -- Read by methods instead.
  local found = numbers_of(c, result)
  lu.assertEquals(#found, #block.after)
  for i, each in ipairs(found) do
    if not each.hidden and not compare.agrees(each, block.after[i], tolerance) then return false end
  end
  return true
end

local function check(line)
  local verb, dtype = of_function[line["function"]].verb, of_function[line["function"]].dtype
  local memory = replay.place(line)
  local given = named(verb, dtype, line, memory)
  local result
  if verb.verb == "init" then
    for _, class in pairs(lg) do
      if type(class) == "table" and class.family == verb.family then result = class(given) end
    end
  else result = lg[verb.name](given) end
  if line.returns == nil or type(result) == "string" then return end
  local outputs = {}
  for i, arg in ipairs(verb.args) do
    if arg == verb.makes or given[arg.name] == true then outputs[#outputs + 1] = i end
  end
  for _, i in ipairs(outputs) do
    local arg, written = verb.args[i], line.args[i]
    local made = result
    if #outputs > 1 then made = result[arg.name] end
    local c = verb.entries[dtype].args[i].c:gsub("^const ", ""):gsub(" %*$", "")
    if type(written) == "table" then
      lu.assertTrue(agrees(line.memory[written[1] + 1], c, made, compare.tolerance_of(line["function"])),
        arg.name)
    end
  end
end

TestByName = {}

function TestByName:test_every_function_makes_what_is_recorded()
  lg.raw.lgt_cpu_set_level(lg.constants.LGT_LEVEL_PORTABLE)
  local found = {}
  for _, line in ipairs(calls) do
    local ok, problem = pcall(check, line)
    if not ok then
      local text = type(problem) == "table" and (problem.msg or problem.message) or problem
      table.insert(found, line["function"] .. ": " .. tostring(text))
    end
  end
  lu.assertEquals(found, {})
end
