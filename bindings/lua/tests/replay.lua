-- Makes the calls of tests/calls.json: tests/calls.md says what stands there. Knows of the
-- library what is declared in `raw`, and of structs the order of their fields in api.json.

local ffi = require "ffi"
local cjson = require "cjson"
local raw = require("logitude").raw

local M = {}

function M.read_json(path)
  local file = assert(io.open(path))
  local text = file:read "*a"
  file:close()
  return cjson.decode(text)
end

local structs = {}

function M.use(api)
  for _, struct in ipairs(api.structs) do structs[struct.name] = struct.fields end
end

-- The numbers of one element: how to reach each, and its type in C.
local function places(kind)
  if not structs[kind] then return { { c = kind } } end
  local found = {}
  for _, field in ipairs(structs[kind]) do
    for _, inner in ipairs(places(field.c)) do
      found[#found + 1] = { c = inner.c, path = { field.name, unpack(inner.path or {}) } }
    end
  end
  return found
end

function M.is_pointer(c) return c:find "%*$" ~= nil or c == "lgt_run" end

-- A block's memory: zeros, there even if nothing is in it.
local function allocate(block)
  if block.type == "bytes" then
    return { kind = "bytes", room = ffi.new("uint64_t[?]", math.ceil(block.n / 8) + 1), n = block.n }
  end
  local room = ffi.new(block.type .. "[?]", block.n + 1)
  return { kind = block.type, room = room, n = block.n, places = places(block.type) }
end

-- What holds the last field of a path, and that field's name.
local function holder(room, i, path)
  if not path then return room, i end
  local at = room[i]
  for depth = 1, #path - 1 do at = at[path[depth]] end
  return at, path[#path]
end

local function is_null(x) return x == nil or x == cjson.null end

-- A number, as text if JSON has none such; an address; nil for NULL.
function M.value(written, memory)
  if is_null(written) then return nil end
  if type(written) == "table" then
    local block = memory[written[1] + 1]
    local step = block.kind == "bytes" and 1 or ffi.sizeof(block.kind)
    return ffi.cast("void *", ffi.cast("char *", block.room) + written[2] * step)
  end
  if type(written) ~= "string" then return written end
  if written == "NaN" then return 0 / 0 end
  if written:find "Infinity" then return written:sub(1, 1) == "-" and -math.huge or math.huge end
  return assert(loadstring("return " .. written .. (written:sub(1, 1) == "-" and "LL" or "ULL")))()
end

-- Bytes from hexadecimal digits, and from how many zeros where there are many.
function M.unpacked(written)
  local parts = {}
  for i, part in ipairs(written) do
    parts[i] = type(part) == "number" and ("\0"):rep(part)
      or part:gsub("%x%x", function(digits) return string.char(tonumber(digits, 16)) end)
  end
  return table.concat(parts)
end

local function write(block, before, memory)
  if block.kind == "bytes" then
    local bytes = M.unpacked(before)
    return ffi.copy(block.room, bytes, #bytes)
  end
  for i, written in ipairs(before) do
    local place = block.places[(i - 1) % #block.places + 1]
    local at, key = holder(block.room, math.floor((i - 1) / #block.places), place.path)
    local number = M.value(written, memory)
    if not M.is_pointer(place.c) then at[key] = number
    elseif number then at[key] = ffi.cast(place.c, number) end
  end
end

-- The numbers of a block, with their types.
function M.read(block)
  local numbers = {}
  for i = 0, block.n - 1 do
    for _, place in ipairs(block.places) do
      local at, key = holder(block.room, i, place.path)
      numbers[#numbers + 1] = { c = place.c, number = at[key] }
    end
  end
  return numbers
end

-- The call, and what is to be called after it.
function M.steps(line)
  local found, step = {}, line
  while step do
    found[#found + 1] = step
    step = step["then"]
  end
  return found
end

-- The memory of a line before its calls. All is allocated before anything is written, since
-- structs point to it.
function M.place(line)
  local memory = {}
  for i, block in ipairs(line.memory) do memory[i] = allocate(block) end
  for i, block in ipairs(line.memory) do
    if block.before then write(memory[i], block.before, memory) end
  end
  return memory
end

-- What the functions of a line answer, and its memory after them.
function M.replay(line)
  local memory, answers = M.place(line), {}
  for i, step in ipairs(M.steps(line)) do
    local args = {}
    for j, written in ipairs(step.args) do args[j] = M.value(written, memory) end
    local answer = raw[step["function"]](unpack(args, 1, #step.args))
    local is_text = type(answer) == "cdata" and ffi.istype("const char *", answer)
    answers[i] = is_text and ffi.string(answer) or answer
  end
  return answers, memory
end

return M
