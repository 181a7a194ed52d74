-- A call by name: what is not given is read off the arrays, or made.

local ffi = require "ffi"
local library = require "logitude.library"
local arrays = require "logitude.arrays"
local structs = require "logitude.structs"
local status = require "logitude.status"
local verbs = require "logitude.verbs"
local raw, heads = library.raw, verbs.heads

local Call = {}
Call.__index = Call

local function fail(self, text, ...) error((self.verb.name .. ": " .. text):format(...), 0) end

-- As the function declares it: structs may be bytes here.
local function address(c, pointer)
  if not pointer then return nil end
  return ffi.cast(c, pointer.data)
end

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
local function named(verb, bound, count, given)
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
  if count > #inputs then error(verb.name .. ": too many arguments", 0) end
  for i = 1, count do names[inputs[i].name] = given[i] end
  for key, value in pairs(bound) do names[key] = value end
  return names
end

-- The type of numbers of a call: that of its first array.
local function type_of(verb, names)
  if not verb.entries.f32 then return "" end
  if names.dtype then return names.dtype end
  for _, arg in ipairs(verb.args) do
    local kind = arg.is_data and arrays.kind_of(names[arg.name])
    if kind then
      if not verb.entries[kind.name] then error(("%s: no function for %s"):format(verb.name, kind.c), 0) end
      return kind.name
    end
  end
  return "f64"
end

function Call:c(i) return structs.pointee(self.entry.args[i].c) end

function Call:pointer(i, arg, value)
  if owned(value) then
    return { data = value.bytes, length = ffi.sizeof(value.bytes), owner = value }
  end
  local c, where = self:c(i), self.verb.name
  if arg.is_struct and type(value) == "table" then
    return structs.pack(c, value[1] and value or { value }, where)
  end
  local kind = arrays.kind_of_c(c)
  local made = arrays.pointer(value, kind or arrays.kind_of_c "int32_t")
  if not made then fail(self, "%s is no array", arg.name) end
  local found = arrays.kind_of(made.data)
  -- Bare 16-bit words are what `dtype` says.
  local words = found and found.name == "u16" and kind and kind.size == 2
  if kind and found ~= kind and not words then
    fail(self, "%s is an array of %s, not of %s", arg.name, found and found.c or "something else", kind.c)
  end
  return made
end

function Call:number(arg, value)
  local number = (type(value) == "number" or type(value) == "cdata") and tonumber(value)
  local whole = arg.c ~= "float" and arg.c ~= "double"
  local low = (arg.c:find "^u" or arg.c == "size_t") and 0 or -math.huge
  local high = arg.c == "uint32_t" and 2 ^ 32 - 1 or math.huge
  if not number or (whole and (number % 1 ~= 0 or number < low or number > high)) then
    fail(self, "%s = %s is no %s", arg.name, tostring(value), arg.c)
  end
  return type(value) == "cdata" and value or number
end

function Call:bring()
  for i, arg in ipairs(self.verb.args) do
    local value = self.names[arg.name]
    if value ~= nil and value ~= true then
      if not arg.is_pointer then value = self:number(arg, value)
      elseif value then value = self:pointer(i, arg, value) end
      self.values[arg.name] = value
    end
  end
end

function Call:set(name, value)
  if name and value and self.values[name] == nil then self.values[name] = value end
end

-- Rows from columns, or columns from rows.
function Call:divide(arg, length)
  local rows, cols, values = arg.extent.rows, arg.extent.cols, self.values
  local across, down = cols.of(values), rows.of(values)
  if across and across > 0 and rows.bare and not down then
    local step = values[arg.extent.stride] or across
    local rest = length % step
    if rest ~= 0 and rest ~= across then
      status.refuse("LGT_E_SHAPE", self.verb.name, ("%s is not rows of %d"):format(arg.name, across))
    end
    values[rows.bare] = math.ceil(length / step)
  elseif down and down > 0 and cols.bare and not across and not values[arg.extent.stride] then
    if length % down ~= 0 then
      status.refuse("LGT_E_SHAPE", self.verb.name, ("%s is not %d rows"):format(arg.name, down))
    end
    values[cols.bare] = length / down
  end
end

-- Sizes, strides and types that were not given.
function Call:measure()
  local values, found = self.values, {}
  for _, arg in ipairs(self.verb.args) do
    local pointer = values[arg.name]
    if arg.extent and pointer and pointer.length < math.huge then found[#found + 1] = arg end
  end
  for _, arg in ipairs(found) do
    local shape, rows = values[arg.name].shape, arg.extent.rows
    if shape and rows then
      self:set(rows.bare, shape[1])
      self:set(arg.extent.cols.bare, shape[2])
    end
  end
  for _, arg in ipairs(found) do self:set(arg.extent.bare, values[arg.name].length) end
  for _, arg in ipairs(found) do
    if arg.extent.rows then self:divide(arg, values[arg.name].length) end
  end
  for _, arg in ipairs(found) do
    local rows, cols = arg.extent.rows, arg.extent.cols
    if rows and rows.bare and cols.bare and not values[cols.bare] then
      self:set(rows.bare, 1)
      self:set(cols.bare, values[arg.name].length)
    end
  end
  for _, arg in ipairs(self.verb.args) do
    if arg.extent and arg.extent.stride then self:set(arg.extent.stride, arg.extent.cols.of(values)) end
  end
  self:set("weighted", values.weights and 1 or 0)
  self:set("score_size", ({ f16 = 2, bf16 = 2, f32 = 4 })[self.dtype] or 8)
  self:set("_n", values.n)
  -- `label_type` is that of the array before it.
  local last
  for _, arg in ipairs(self.verb.args) do
    if arg.role == "in" and arg.c:find "void %*$" then last = values[arg.name] end
    if arg.role == "value" and arg.name:find "_type$" then
      local kind = last and arrays.kind_of(last.data)
      self:set(arg.name, kind and kind.code or library.constants.LGT_I32)
    end
  end
end

function Call:make(i, arg)
  local values, length = self.values, nil
  -- How many numbers of a state there are is in its head, where no array says it.
  if arg.extent and arg.extent.bare == "count" and values.state then
    self:set("count", heads.param(values.state))
  end
  length = arg.extent and arg.extent.of(values)
  if not length then fail(self, "give %s, or what says its length", arg.name) end
  local c, data = self:c(i), nil
  local kind = arrays.kind_of_c(c)
  if arg.is_struct then data = ffi.new(c .. "[?]", length)
  else data = kind and arrays.zeros(kind, length) or arrays.bytes(length) end
  values[arg.name] = { data = data, length = length, made = true }
end

-- How many bytes another function says.
function Call:asked(sizer)
  local answer, args, given = ffi.new "size_t[1]", {}, {}
  for _, value in pairs(self.values) do
    if type(value) == "table" and value.owner and value.owner.given then given = value.owner.given end
  end
  for i, arg in ipairs(sizer.args) do
    local value = self.values[arg.name] or given[arg.name] or self.names[arg.name]
    if arg.name == "dims" and not value then value = heads.dims(self.values.layer) end
    if arg.name == "bytes" then args[i] = answer
    elseif arg.is_pointer then args[i] = address(arg.c, value)
    else args[i] = value or fail(self, "%s is missing", arg.name) end
  end
  local _, entry = next(sizer.entries)
  status.check(raw[entry.name](unpack(args, 1, #sizer.args)), self.verb.name)
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

function Call:prepare()
  local verb, values, makes = self.verb, self.values, self.verb.makes
  if makes and makes.is_struct then
    local length = ffi.sizeof(structs.pointee(makes.c))
    values[makes.name] = { data = arrays.bytes(length), length = length }
  elseif makes then
    self:room(makes.name, "size", verb.size)
  end
  if verb.known.scratch then self:room("scratch", "scratch_size", verb.scratch) end
  local any = false
  for _, arg in ipairs(verb.outputs) do any = any or self.names[arg.name] end
  for i, arg in ipairs(verb.args) do
    local wanted = any and self.names[arg.name] == true or not any and arg == verb.outputs[1]
    if arg.is_pointer and wanted and not values[arg.name] then self:make(i, arg) end
  end
  -- Whether arrays are as long as the library will take them to be.
  for _, arg in ipairs(verb.args) do
    local pointer, length = values[arg.name], nil
    if arg.extent and pointer then length = arg.extent.of(values) end
    if length and length > pointer.length then
      status.refuse("LGT_E_SIZE", verb.name,
        ("%s has the length %d, not %d"):format(arg.name, pointer.length, tonumber(length)))
    end
  end
end

function Call:once()
  local args = {}
  for i, arg in ipairs(self.verb.args) do
    local value = self.values[arg.name]
    if arg.is_pointer then args[i] = address(self.entry.args[i].c, value)
    elseif value == nil then fail(self, "%s is missing", arg.name)
    else args[i] = value end
  end
  return raw[self.entry.name](unpack(args, 1, #self.verb.args))
end

local function result(arg, pointer)
  local one = arg.extent.text == "1"
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

-- Outputs that were not asked for are made where the library does not do without.
function Call:run()
  self:prepare()
  local answer = self:once()
  for i, arg in ipairs(self.verb.args) do
    if answer ~= library.constants.LGT_E_NULL then break end
    if arg.is_pointer and arg.role == "out" and self.values[arg.name] == nil then
      self:make(i, arg)
      answer = self:once()
    end
  end
  local returns = self.entry.returns
  if returns == "const char *" then return ffi.string(answer) end
  if returns ~= "lgt_status" and returns ~= "void" then return tonumber(answer) end
  local advisory = returns == "lgt_status" and status.check(answer, self.verb.name) or nil
  return self:results(), advisory
end

local call = { owned = owned }

-- The form for integers, if that is what comes, or what is named is only its argument.
local function form_for(verb, ...)
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

-- What a verb makes of arguments, and the name of an advisory; `bound` are some by name.
function call.invoke(any, bound, ...)
  local verb = form_for(any, ...)
  local names = named(verb, bound, select("#", ...), { ... })
  local dtype = type_of(verb, names)
  local self = setmetatable({ verb = verb, names = names, dtype = dtype, values = {} }, Call)
  self.entry = verb.entries[dtype] or fail(self, "no function for %s", tostring(dtype))
  self:bring()
  self:measure()
  return self:run()
end

return call
