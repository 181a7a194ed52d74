-- A call by name: what comes out, and what the C function needs besides, is made.

local ffi = require "ffi"
local library = require "logitude.library"
local arguments = require "logitude.arguments"
local arrays = require "logitude.arrays"
local measure = require "logitude.sizes"
local structs = require "logitude.structs"
local status = require "logitude.status"
local heads = require("logitude.verbs").heads
local raw = library.raw

local Call = {}
Call.__index = Call

local function fail(self, text, ...) error((self.verb.name .. ": " .. text):format(...), 0) end

-- A pointer as a function declares it: structs may be bytes here.
local function address(c, pointer)
  if not pointer then return nil end
  return ffi.cast(c, pointer.data)
end

function Call:make(i, arg)
  local values, extent = self.values, arg.extent
  -- How many numbers of a state there are is in its head, where no array says it.
  if extent and extent.bare == "count" and values.state and not values.count then
    values.count = heads.param(values.state)
  end
  local length = extent and extent.of(values)
  if not length then fail(self, "give %s, or what says its length", arg.name) end
  -- Whole rows: a mask may pick more columns than there are.
  if extent.stride then length = math.max(length, extent.rows.of(values) * values[extent.stride]) end
  local c, data = structs.pointee(self.entry.args[i].c), nil
  local kind = arrays.kind_of_c(c)
  if arg.is_struct then data = ffi.new(c .. "[?]", length)
  else data = kind and arrays.zeros(kind, length) or arrays.bytes(length) end
  values[arg.name] = { data = data, length = length, made = true }
end

-- How many bytes `sizer` says, of what this call and its state were given.
function Call:asked(sizer)
  local answer, args, given = ffi.new "size_t[1]", {}, {}
  for _, value in pairs(self.values) do
    if type(value) == "table" and value.owner then given = value.owner.given or given end
  end
  for i, arg in ipairs(sizer.args) do
    local value = self.values[arg.name] or given[arg.name] or self.names[arg.name]
    if arg.name == "dims" and self.values.layer then value = heads.dims(self.values.layer) end
    if arg.name == "bytes" then args[i] = answer
    elseif arg.is_pointer then args[i] = address(arg.c, value)
    else args[i] = value or fail(self, "%s is missing", arg.name) end
  end
  status.check(raw[sizer.entries[""].name](unpack(args, 1, #sizer.args)), self.verb.name)
  return tonumber(answer[0])
end

-- Bytes whose size is given, or asked for: scratch, states, models.
function Call:room(name, size_name, sizer)
  local values = self.values
  if values[name] then return end
  local length = values[size_name] or (sizer and self:asked(sizer))
  if not length then fail(self, "%s is missing", name) end
  values[name] = { data = arrays.bytes(length), length = length }
  values[size_name] = length
end

-- Outputs that were asked for, or that the library does not do without; else the first.
function Call:make_outputs()
  local any, wanted, first = false, {}, self.verb.outputs[1]
  for _, arg in ipairs(self.verb.outputs) do
    local asked = self.names[arg.name]
    if asked == nil then asked = not (arg.extent and arg.extent.is_optional) end
    wanted[arg] = asked
    any = any or asked or self.values[arg.name] ~= nil
  end
  if not any and first then wanted[first] = true end
  for i, arg in ipairs(self.verb.args) do
    if wanted[arg] and self.values[arg.name] == nil then self:make(i, arg) end
  end
end

-- Makes what is written, and sees that arrays are as long as the library takes them to be.
function Call:prepare()
  local verb, values, makes = self.verb, self.values, self.verb.makes
  if makes and makes.is_struct then
    values[makes.name] = { data = arrays.bytes(ffi.sizeof(structs.pointee(makes.c))), length = 1 }
  elseif makes then
    self:room(makes.name, "size", verb.size)
  end
  if verb.known.scratch then self:room("scratch", "scratch_size", verb.scratch) end
  self:make_outputs()
  for _, arg in ipairs(verb.args) do
    if not arg.is_pointer and values[arg.name] == nil then fail(self, "%s is missing", arg.name) end
  end
  for _, arg in ipairs(verb.args) do
    local pointer = values[arg.name]
    local wanted = arg.extent and pointer and (arg.extent.of(values) or "that of its kind")
    if wanted and not (type(wanted) == "number" and pointer.length >= wanted) then
      local text = "%s has the length %d, not %s"
      status.refuse("LGT_E_SIZE", verb.name, text:format(arg.name, pointer.length, wanted))
    end
  end
end

function Call:once()
  local args = {}
  for i, arg in ipairs(self.verb.args) do
    local value = self.values[arg.name]
    if arg.is_pointer then value = address(self.entry.args[i].c, value) end
    args[i] = value
  end
  return raw[self.entry.name](unpack(args, 1, #self.verb.args))
end

local function result(arg, pointer)
  local one = arg.extent.kind == "one"
  if not arg.is_struct then return one and tonumber(pointer.data[0]) or pointer.data end
  local list = {}
  for i = 1, pointer.length do
    list[i] = structs.unpack(structs.pointee(arg.c), pointer.data[i - 1])
  end
  return one and list[1] or list
end

-- The one thing that was made, or all by name.
function Call:results()
  local all, count, only = {}, 0, nil
  local function put(name, value) all[name], only, count = value, value, count + 1 end
  local makes = self.verb.makes
  if makes then put(makes.name, { bytes = self.values[makes.name].data, given = self.values }) end
  for _, arg in ipairs(self.verb.outputs) do
    local pointer = self.values[arg.name]
    if pointer and pointer.made then put(arg.name, result(arg, pointer)) end
  end
  return count > 1 and all or only
end

function Call:run()
  self:prepare()
  local answer = self:once()
  local returns = self.entry.returns
  if returns == "const char *" then return ffi.string(answer) end
  if returns ~= "lgt_status" and returns ~= "void" then return tonumber(answer) end
  local advisory = returns == "lgt_status" and status.check(answer, self.verb.name) or nil
  return self:results(), advisory
end

-- What a verb makes of arguments, and the name of an advisory; `bound` are some by name.
return function(any, bound, ...)
  local verb = arguments.form_for(any, ...)
  local names = arguments.named(verb, bound, select("#", ...), { ... })
  local dtype = arguments.type_of(verb, names)
  local self = setmetatable({ verb = verb, names = names }, Call)
  self.entry = verb.entries[dtype] or fail(self, "no function for %s", tostring(dtype))
  self.values = arguments.values_of(verb, self.entry, names)
  measure(verb, dtype, self.values)
  return self:run()
end
