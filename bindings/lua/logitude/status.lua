-- What a call returned: an error is raised, the name of an advisory is given back.

local ffi = require "ffi"
local library = require "logitude.library"
local raw = library.raw

-- `status` is a number, `name` its name in C; as text, a sentence.
local Error = {}
Error.__index = Error
function Error:__tostring() return self.message end

local status = {}

function status.refuse(name, where, detail)
  local number = library.constants[name]
  detail = detail or ffi.string(raw.lgt_status_string(number))
  local message = ("%s: %s (%s)"):format(where, detail, name)
  error(setmetatable({ status = number, name = name, message = message }, Error), 0)
end

function status.check(number, where)
  local name = number ~= 0 and ffi.string(raw.lgt_status_name(number)) or nil
  if number < 0 then status.refuse(name, where) end
  return name
end

return status
