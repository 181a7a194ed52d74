-- A class for each family that makes something: states, searches and layers, by `init`, and
-- models, by `fit`. Methods are the verbs that take it. Memory is the collector's.

local ffi = require "ffi"
local library = require "logitude.library"
local arrays = require "logitude.arrays"
local structs = require "logitude.structs"
local status = require "logitude.status"
local verbs = require "logitude.verbs"
local invoke = require "logitude.call"
local raw, constants = library.raw, library.constants

local classes = { all = {} }

-- What any of them can do.
local Owned = {}

local function born(class, data, given)
  return setmetatable({ bytes = data, given = given }, class)
end

local function copied(from, length)
  local room = arrays.bytes(length)
  ffi.copy(room, from, length)
  return room
end

function Owned:to_string() return ffi.string(self.bytes, ffi.sizeof(self.bytes)) end

function Owned:clone()
  return born(getmetatable(self), copied(self.bytes, ffi.sizeof(self.bytes)), self.given)
end

local State = setmetatable({}, { __index = Owned })

-- Adds what `other`, of the same kind and parameters, has seen.
function State:merge(other)
  local mine, theirs = self.bytes, other.bytes
  status.check(raw.lgt_state_merge(mine, ffi.sizeof(mine), theirs, ffi.sizeof(theirs)), "merge")
  return self
end

-- Forgets all that was seen.
function State:reset()
  status.check(raw.lgt_state_reset(self.bytes, ffi.sizeof(self.bytes)), "reset")
  return self
end

-- From what `to_string` gave, which is checked: states and models only.
local function reader(class, family, kind)
  return function(text)
    local room, code = copied(text, #text), ffi.new "uint32_t[1]"
    status.check(raw["lgt_" .. kind .. "_check"](room, #text), family)
    if kind == "state" then raw.lgt_state_kind(room, #text, code)
    else raw.lgt_model_size(room, #text, code, ffi.new "size_t[1]", nil) end
    if code[0] ~= constants[("LGT_%s_%s"):format(kind, family):upper()] then
      status.refuse("LGT_E_MISMATCH", family, "the bytes are those of something else")
    end
    return born(class, room)
  end
end

-- A class of this family; what `receiver` names, its methods take.
local function define(base, family, receiver, kind)
  local class = { family = family }
  local methods = setmetatable({}, { __index = base })
  local struct = "lgt_" .. family .. "_model"
  for _, verb in ipairs(verbs.list) do
    if verb.family == family and verb.known[receiver]
      and not verb.makes and verb.verb ~= "" and not base[verb.verb] then
      methods[verb.verb] = function(self, ...)
        local result, advisory = invoke(verb, { [receiver] = self }, ...)
        if result == nil then result = self end
        return result, advisory
      end
    end
  end
  function class.__index(self, key)
    if methods[key] or not (library.structs[struct] and rawget(self, "bytes")) then return methods[key] end
    return structs.unpack(struct, ffi.cast(struct .. " *", self.bytes)[0])[key]
  end
  if kind then class.from_string = reader(class, family, kind) end
  classes.all[("_" .. family):gsub("_(%a)", string.upper)] = class
  return class
end

local class_of_kind = {}

-- A model as the object that it is, without the room that it did not need.
function classes.fitted(result, advisory)
  local model = result.model or result
  local head = ffi.cast("lgt_state_head *", model.bytes)[0]
  local made = born(class_of_kind[head.kind], copied(model.bytes, head.size))
  if result.model then result.model, made = made, result end
  return made, advisory
end

for _, verb in ipairs(verbs.list) do
  if verb.verb == "init" then
    local is_state = verb.makes.role == "state"
    local class = define(is_state and State or Owned, verb.family, verb.makes.name, is_state and "state")
    setmetatable(class, { __call = function(_, ...)
      local made = invoke(verb, {}, ...)
      return born(class, made.bytes, made.given)
    end })
    if is_state then
      class.__add = function(a, b) return a:clone():merge(b) end
    end
  end
end
for name, kind in pairs(constants) do
  local family = name:match "^LGT_MODEL_(.+)$"
  if family then
    family = family:lower()
    local class = define(Owned, family, "model", "model")
    local fit = verbs.by_name[family .. "_fit"]
    if fit then class.fit = function(...) return classes.fitted(invoke(fit, {}, ...)) end end
    class_of_kind[kind] = class
  end
end

return classes
