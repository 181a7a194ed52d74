-- The C library and its table, api.json: every declaration is made from the table, none is
-- written out here.

local ffi = require "ffi"
local cjson = require "cjson"

local here = debug.getinfo(1, "S").source:match("^@(.*)library%.lua$")

local function json(name)
  local file = assert(io.open(here .. name))
  local text = file:read "*a"
  file:close()
  return cjson.decode(text)
end

local api = json "api.json"
local structs, lines = {}, {}
local function add(...) lines[#lines + 1] = string.format(...) end

local function arguments(list)
  local types = {}
  for i, arg in ipairs(list) do types[i] = arg.c end
  return #types > 0 and table.concat(types, ", ") or "void"
end

for _, alias in ipairs(api.aliases) do add("typedef %s %s;", alias.c, alias.name) end
-- Statuses as plain numbers.
for _, enum in ipairs(api.enums) do add("typedef int %s;", enum.name) end
for _, struct in ipairs(api.structs) do
  structs[struct.name] = struct.fields
  add("typedef struct %s %s;", struct.name, struct.name)
end
for _, entry in ipairs(api.callbacks) do
  add("typedef %s (*%s)(%s);", entry.returns, entry.name, arguments(entry.args))
end

-- A struct within a struct has to come before it.
local defined = {}
local function define(name)
  if defined[name] or not structs[name] then return end
  defined[name] = true
  local fields = {}
  for i, field in ipairs(structs[name]) do
    define(field.c)
    fields[i] = field.c .. " " .. field.name .. ";"
  end
  add("struct %s { %s };", name, table.concat(fields, " "))
end
for _, struct in ipairs(api.structs) do define(struct.name) end
for _, entry in ipairs(api.functions) do
  add("%s %s(%s);", entry.returns, entry.name, arguments(entry.args))
end
ffi.cdef(table.concat(lines, "\n"))

-- LOGITUDE_LIBRARY names another build of the same version.
local file = os.getenv "LOGITUDE_LIBRARY"
  or here .. (({ OSX = "liblogitude.dylib", Windows = "logitude.dll" })[ffi.os] or "liblogitude.so")
local raw = ffi.load(file)
local version = ffi.string(raw.lgt_version())
if version ~= api.version then
  error(("%s is version %s of logitude, not %s"):format(file, version, api.version))
end

local constants = {}
for _, entry in ipairs(api.constants) do constants[entry.name] = entry.value end
for _, enum in ipairs(api.enums) do
  for _, entry in ipairs(enum.values) do constants[entry.name] = entry.value end
end

return {
  api = api,
  constants = constants,
  raw = raw,
  structs = structs,
}
