-- Arrays as the library sees them: cdata as it is, lists of numbers and lists of rows as
-- copies. A pointer has no length: it is believed.

local ffi = require "ffi"
local library = require "logitude.library"
local raw = library.raw

local arrays = {}

-- Types of numbers: in names of functions, in C, as a type of labels. Those of 16 bits are
-- known by having been made by `new`: LuaJIT tells them not from uint16_t.
local kinds, halves = {}, setmetatable({}, { __mode = "k" })
for name, c in pairs {
  f32 = "float", f64 = "double", f16 = "lgt_f16", bf16 = "lgt_bf16",
  i8 = "int8_t", i16 = "int16_t", i32 = "int32_t", i64 = "int64_t",
  u8 = "uint8_t", u16 = "uint16_t", u32 = "uint32_t", u64 = "uint64_t",
} do
  local code = library.constants["LGT_" .. name:upper()]
  kinds[name] = { name = name, c = c, code = code, size = ffi.sizeof(c), type = ffi.typeof(c .. "[?]") }
end
kinds.f16.encode, kinds.f16.decode = raw.lgt_f16_from_f32, raw.lgt_f16_to_f32
kinds.bf16.encode, kinds.bf16.decode = raw.lgt_bf16_from_f32, raw.lgt_bf16_to_f32

local by_c = { size_t = kinds.u64 }
for _, kind in pairs(kinds) do by_c[kind.c] = kind end

-- How LuaJIT writes the element of "ctype<float [3]>" and "ctype<float *>".
local function element(ctype) return tostring(ctype):match "^ctype<c?o?n?s?t? ?(.-) ?[%[%*&(]" end
local by_element = {}
for name, kind in pairs(kinds) do
  if name ~= "f16" and name ~= "bf16" then by_element[element(ffi.typeof(kind.c .. "[1]"))] = kind end
end

function arrays.kind_of_c(c) return by_c[c] end

function arrays.kind_of(x)
  if type(x) ~= "cdata" then return nil end
  return halves[x] or by_element[element(ffi.typeof(x))]
end

function arrays.is_pointer(x) return tostring(ffi.typeof(x)):find("*", 1, true) ~= nil end

-- Zeros, at an address that the library's states can have: a multiple of 8.
function arrays.bytes(n) return ffi.new("uint64_t[?]", math.ceil(n / 8)) end

function arrays.zeros(kind, n)
  local made = kind.type(n)
  if kind.encode then halves[made] = kind end
  return made
end

-- An array of "f32", "bf16", "i64": so many zeros, or these numbers.
function arrays.new(name, given)
  local kind = kinds[name] or error("no type of numbers: " .. tostring(name), 2)
  if type(given) == "number" then return arrays.zeros(kind, given) end
  return arrays.pointer(given, kind).data
end

-- Numbers as { data, length, shape }; nil if `given` is neither.
function arrays.pointer(given, kind)
  if type(given) == "cdata" then
    if arrays.is_pointer(given) then return { data = given, length = math.huge } end
    local found = arrays.kind_of(given)
    return { data = given, length = ffi.sizeof(given) / (found and found.size or 1) }
  end
  if type(given) ~= "table" then return nil end
  local flat, shape = given, nil
  if type(given[1]) == "table" then
    flat, shape = {}, { #given, #given[1] }
    for _, row in ipairs(given) do
      if #row ~= shape[2] then error("rows of unequal length", 0) end
      for _, number in ipairs(row) do flat[#flat + 1] = number end
    end
  end
  local data, encode = arrays.zeros(kind, #flat), kind.encode
  for i, number in ipairs(flat) do data[i - 1] = encode and encode(number) or number end
  return { data = data, length = #flat, shape = shape }
end

-- An array as a list of numbers, or of rows of `cols` of them.
function arrays.totable(x, cols)
  local kind = arrays.kind_of(x)
  local list, decode = {}, kind.decode or tonumber
  for i = 1, ffi.sizeof(x) / kind.size do
    local into, at = list, i
    if cols then
      local row = math.floor((i - 1) / cols) + 1
      list[row] = list[row] or {}
      into, at = list[row], (i - 1) % cols + 1
    end
    into[at] = decode(x[i - 1])
  end
  return list
end

return arrays
