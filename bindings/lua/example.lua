-- How well is a network calibrated that reads handwritten digits, and how well after
-- temperature scaling? From the root, after `make lua`:
-- LUA_PATH="build/lua/?.lua;;" luajit bindings/lua/example.lua

local ffi = require "ffi"
local lg = require "logitude"

-- The numbers of an .npy file.
local function load(name, kind)
  local file = assert(io.open("examples/data/" .. name, "rb"))
  local text = file:read "*a"
  file:close()
  local start = 10 + text:byte(9) + 256 * text:byte(10)
  local array = lg.array(kind, (#text - start) / (kind == "f32" and 4 or 8))
  ffi.copy(array, text:sub(start + 1), #text - start)
  return array
end

-- `count` numbers from `from` on, as an array of its own.
local function part(kind, array, from, count)
  local some = lg.array(kind, count)
  ffi.copy(some, array + from, ffi.sizeof(some))
  return some
end

local cols = 10
local logits, labels = load("digits_logits.npy", "f32"), load("digits_labels.npy", "i64")
local rows = ffi.sizeof(labels) / 8
local half = math.floor(rows / 2)

-- Expected calibration error of probabilities, from one state a batch of 100 rows.
local function calibration_error(probs, truth)
  local all, count = lg.EceTopLabel(15), ffi.sizeof(truth) / 8
  for row = 0, count - 1, 100 do
    local n = math.min(100, count - row)
    all = all + lg.EceTopLabel(15):update(part("f32", probs, row * cols, n * cols), part("i64", truth, row, n))
  end
  return all:finish().ece
end

-- The first half fits, the second judges.
local held, fresh = part("f32", logits, 0, half * cols), part("f32", logits, half * cols, (rows - half) * cols)
local truth = part("i64", labels, half, rows - half)

local scaling = lg.Temperature.fit(held, part("i64", labels, 0, half))
local before = calibration_error(lg.softmax(fresh, { cols = cols }), truth)
local after = calibration_error(scaling:apply(fresh, { cols = cols }), truth)

print(("temperature %.3f"):format(scaling.temperature))
print(("calibration error %.4f before, %.4f after"):format(before, after))
