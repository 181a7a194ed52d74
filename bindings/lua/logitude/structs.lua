-- Structs as tables whose keys are the names of their fields.

local ffi = require "ffi"
local library = require "logitude.library"
local arrays = require "logitude.arrays"
local structs, constants = library.structs, library.constants

local M = {}

-- `const lgt_csr *` -> `lgt_csr`.
function M.pointee(c) return (c:gsub("^const ", ""):gsub(" %*$", "")) end

local function has_default(name)
  return pcall(function() return library.raw[name .. "_default"] end)
end

local function write_pointer(room, field, value, kept, where)
  local name = M.pointee(field.c)
  local made
  if not value then return end
  if structs[name] then
    made = M.pack(name, { value }, where)
  else
    -- A list does not say its type, where C does not.
    local kind = arrays.kind_of_c(name)
    made = (kind or type(value) == "cdata") and arrays.pointer(value, kind)
  end
  if not made then error(("%s: %s is no array"):format(where, field.name), 0) end
  kept[#kept + 1] = made
  room[field.name] = ffi.cast(field.c, made.data)
  return arrays.kind_of(made.data)
end

local function write(name, room, values, kept, where)
  local fields = {}
  for _, field in ipairs(structs[name]) do fields[field.name] = field end
  if fields.struct_size then room.struct_size = ffi.sizeof(name) end
  if has_default(name) then library.raw[name .. "_default"](room) end
  for key, value in pairs(values) do
    local field = fields[key]
    if not field then error(("%s: %s has no field %s"):format(where, name, tostring(key)), 0) end
    if field.c:find "%*$" then
      local kind = write_pointer(room, field, value, kept, where)
      local code = key .. "_type"
      if kind and field.c:find "void" and fields[code] and values[code] == nil then
        room[code] = kind.code
      end
    else
      room[key] = value
    end
  end
end

-- Memory with these tables, as a pointer argument. What they leave out is as in the
-- defaults. `kept` holds what must live as long as the memory is in use.
function M.pack(name, list, where)
  local room, kept = ffi.new(name .. "[?]", #list), {}
  for i, values in ipairs(list) do write(name, room + (i - 1), values, kept, where) end
  return { data = room, length = #list, kept = kept }
end

local hidden = { head = true, struct_size = true, reserved = true }

-- A struct as a table, without what only the library reads.
function M.unpack(name, room)
  local values = {}
  for _, field in ipairs(structs[name]) do
    local value = room[field.name]
    if structs[field.c] then value = M.unpack(field.c, value)
    elseif not field.c:find "%*$" and field.c ~= "lgt_run" then value = tonumber(value) end
    if not hidden[field.name] then values[field.name] = value end
  end
  return values
end

return M
