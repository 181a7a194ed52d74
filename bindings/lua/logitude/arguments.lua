-- What a call was given: by place and by name, as the C function of the right type takes it.

local ffi = require "ffi"
local arrays = require "logitude.arrays"
local structs = require "logitude.structs"

local M = {}

local function fail(verb, text, ...) error((verb.name .. ": " .. text):format(...), 0) end

-- States, models and searches are tables with `bytes`.
local function owned(value) return type(value) == "table" and type(value.bytes) == "cdata" end

local function is_rest(verb, value)
  if type(value) ~= "table" or owned(value) then return false end
  for key in pairs(value) do
    if not verb.keys[key] then return false end
  end
  return true
end

-- Arguments by name, from those by place and the table after them.
function M.named(verb, bound, count, given)
  local names, inputs = {}, {}
  for _, arg in ipairs(verb.inputs) do
    if bound[arg.name] == nil then inputs[#inputs + 1] = arg end
  end
  local last = given[count]
  if count > 0 and is_rest(verb, last) then
    for key, value in pairs(last) do names[key] = value end
    count = count - 1
  elseif type(last) == "table" and not owned(last) and type(next(last)) == "string"
    and not (inputs[count] and inputs[count].is_struct) then
    for key in pairs(last) do
      if not verb.keys[key] then error(verb.name .. " has no argument " .. key, 0) end
    end
  end
  if count > #inputs then fail(verb, "too many arguments") end
  for i = 1, count do names[inputs[i].name] = given[i] end
  for key, value in pairs(bound) do names[key] = value end
  return names
end

-- The form for integers, if that is what comes, or what is named is only its argument.
function M.form_for(verb, ...)
  if not verb.of_integers then return verb end
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    local kind = arrays.kind_of(value)
    if kind then return kind.name:find "^[iu]" and verb.of_integers or verb end
    if type(value) == "table" and type(next(value)) == "string" and not is_rest(verb, value) then
      return verb.of_integers
    end
  end
  return verb
end

-- The type of numbers of a call: that of its first array.
function M.type_of(verb, names)
  if not verb.entries.f32 then return "" end
  if names.dtype then return names.dtype end
  for _, arg in ipairs(verb.args) do
    local kind = arg.is_data and arrays.kind_of(names[arg.name])
    if kind then
      if not verb.entries[kind.name] then fail(verb, "no function for %s", kind.c) end
      return kind.name
    end
  end
  return "f64"
end

-- A pointer as { data, length }, with the shape of rows, and the state that it belongs to.
local function pointer(verb, arg, c, value)
  local owner = owned(value) and value or nil
  local data = owner and value.bytes or value
  if type(data) == "cdata" and (owner or arg.is_struct or (arg.extent and arg.extent.is_bytes)) then
    local size = arg.is_struct and ffi.sizeof(c) or 1
    local length = arrays.is_pointer(data) and math.huge or math.floor(ffi.sizeof(data) / size)
    return { data = data, length = length, owner = owner }
  end
  if arg.is_struct and type(value) == "table" then
    return structs.pack(c, value[1] and value or { value }, verb.name)
  end
  local kind = arrays.kind_of_c(c)
  local made = arrays.pointer(value, kind or arrays.kind_of_c "int32_t")
  if not made then fail(verb, "%s is no array", arg.name) end
  local found = arrays.kind_of(made.data)
  -- Bare 16-bit words are what `dtype` says.
  local words = found and found.name == "u16" and kind and kind.size == 2
  if kind and found ~= kind and not words then
    fail(verb, "%s is an array of %s, not of %s", arg.name, found and found.c or "something else", kind.c)
  end
  return made
end

-- A number that C can have; those of 64 bits may be cdata.
local function number(verb, arg, value)
  local plain = (type(value) == "number" or type(value) == "cdata") and tonumber(value)
  local whole = arg.c ~= "float" and arg.c ~= "double"
  local low = (arg.c:find "^u" or arg.c == "size_t") and 0 or -math.huge
  local high = arg.c == "uint32_t" and 2 ^ 32 - 1 or math.huge
  if not plain or (whole and (plain % 1 ~= 0 or plain < low or plain > high)) then
    fail(verb, "%s = %s is no %s", arg.name, tostring(value), arg.c)
  end
  return arg.c == "uint64_t" and value or plain
end

-- Values by the names of C.
function M.values_of(verb, entry, names)
  local values = {}
  for i, arg in ipairs(verb.args) do
    local value = names[arg.name]
    if value ~= nil and value ~= true then
      if not arg.is_pointer then value = number(verb, arg, value)
      elseif value then value = pointer(verb, arg, structs.pointee(entry.args[i].c), value) end
      values[arg.name] = value
    end
  end
  return values
end

return M
