-- How near an answer must be to what is recorded: tests/calls.md says it.

local ffi = require "ffi"
local cjson = require "cjson"
local replay = require "replay"

local compare = {}

function compare.tolerance_of(name)
  return (name:find "_f32$" or name:find "f16$") and 1e-6 or 1e-12
end

function compare.near(answer, recorded, tolerance)
  local both_nan = answer ~= answer and recorded ~= recorded
  return both_nan or answer == recorded
    or math.abs(answer - recorded) <= tolerance * math.max(1, math.abs(recorded))
end

function compare.agrees(found, recorded, tolerance)
  local c = found.c
  if recorded == cjson.null or replay.is_pointer(c) then return true end
  local wanted = replay.value(recorded, {})
  if c == "float" or c == "double" then return compare.near(found.number, wanted, tolerance) end
  if c == "lgt_f16" or c == "lgt_bf16" then return math.abs(found.number - wanted) <= 1 end
  return found.number == wanted
end

-- These words as doubles that are near, all others as they are.
function compare.same_bytes(room, recorded, words, tolerance)
  local wanted = ffi.new("uint64_t[?]", #recorded / 8 + 1)
  ffi.copy(wanted, recorded, #recorded)
  local doubles, is_double = ffi.cast("double *", wanted), {}
  for _, word in ipairs(words) do is_double[word] = true end
  for word = 0, math.ceil(#recorded / 8) - 1 do
    if room[word] ~= wanted[word] then
      local answer = ffi.cast("double *", room)[word]
      if not (is_double[word] and compare.near(answer, doubles[word], tolerance)) then return false end
    end
  end
  return true
end

function compare.block_agrees(block, memory, tolerance)
  if block.after == cjson.null then return true end
  local recorded = block.after or block.before
  if block.type == "bytes" then
    local bytes = replay.unpacked(recorded or { block.n })
    assert(#bytes == block.n)
    return compare.same_bytes(memory.room, bytes, block.near or {}, tolerance)
  end
  for i, found in ipairs(replay.read(memory)) do
    if not compare.agrees(found, recorded and recorded[i] or 0, tolerance) then return false end
  end
  return true
end

return compare
