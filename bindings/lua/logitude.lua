-- Logitude for LuaJIT: every function of the C library under its name, every state and model
-- as a class, and the C functions themselves in `raw`.

local library = require "logitude.library"
local arrays = require "logitude.arrays"
local classes = require "logitude.classes"
local invoke = require "logitude.call"
local verbs = require "logitude.verbs"

local lg = {
  raw = library.raw,
  constants = library.constants,
  array = arrays.new,
  table = arrays.totable,
}
for name, class in pairs(classes.all) do lg[name] = class end
for _, verb in ipairs(verbs.list) do
  if verb.verb ~= "init" then -- `init` is the call of its class.
    local finish = verb.makes and classes.fitted or function(...) return ... end
    lg[verb.name] = function(...) return finish(invoke(verb, {}, ...)) end
  end
end
return lg
