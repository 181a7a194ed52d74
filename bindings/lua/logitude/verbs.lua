-- What can be called: the functions of a family and verb, one a type of numbers, as one.

local ffi = require "ffi"
local library = require "logitude.library"
local structs = require "logitude.structs"

local heads = {}

-- What sizes call: the heads of states are those of docs/state-format.md.
local function at(pointer, bytes, c)
  return tonumber(ffi.cast(c .. " *", ffi.cast("char *", pointer.data) + bytes)[0])
end
local function head(pointer, bytes, c)
  if pointer.length < 24 then error "too short" end
  return at(pointer, bytes, c)
end
function heads.strided(rows, stride, cols)
  return (rows == 0 or cols == 0) and 0 or (rows - 1) * stride + cols
end
function heads.quotient(a, b) return math.floor(a / b) end
function heads.bytes(headed) return head(headed, 8, "uint32_t") end
function heads.param(headed) return head(headed, 12, "uint32_t") end
function heads.dims(layer) return head(layer, 16, "uint64_t") end
function heads.measures(state) return (heads.bytes(state) - 48) / 608 end
function heads.nnz(csr) return at(csr, 16, "uint64_t") end
function heads.is(x) return x and x ~= 0 end

-- Sizes are expressions in C of other arguments: `a ? b : c` is `is(a) and b or c`.
-- What they cannot say without an argument is nil.
local function compiled(text)
  local scoped = text:gsub("([%a_][%w_]*)(%(?)", function(name, call)
    return (call == "" and "v." or "f.") .. name .. call
  end)
  scoped = scoped:gsub("([%w_.]+) %?", "f.is(%1) and"):gsub(" : ", " or ")
  local made = assert(loadstring("local f, v = ... return " .. scoped))
  return function(values)
    local ok, length = pcall(made, heads, values)
    return ok and length or nil
  end
end

-- What is no argument is in the head of what is one.
local elsewhere = { picked = "cols", dims = "dims(layer)", measures = "measures(state)" }
local function scoped(text, known)
  text = text:gsub("([%a_][%w_]*)(%.?[nz]*)", function(name, nnz)
    if nnz == ".nnz" then return "nnz(" .. name .. ")" end
    return known[name] and name or elsewhere[name] or "param(state)"
  end)
  return (text:gsub("(%b()) / (%w+)", "quotient(%1, %2)"))
end

-- `bare` is the argument that is the size itself.
local function size(text, known)
  local made = scoped(tostring(text), known)
  return { text = made, of = compiled(made), bare = known[made] and made or nil }
end

-- How long the array behind a pointer is.
local function extent(given, name, known)
  local kind = given.kind
  local made = { kind = kind, stride = given.stride, element = given.element, asked = given.asked,
                 is_optional = given.null == true, is_bytes = kind == "bytes" or kind == "blob" }
  if kind == "blob" then made.of = compiled("bytes(" .. name .. ")")
  elseif kind == "one" then made.of = function() return 1 end
  elseif kind == "rows" then
    made.rows, made.cols = size(given.rows, known), size(given.cols, known)
    made.of = compiled(("strided(%s, %s, %s)"):format(made.rows.text, given.stride, made.cols.text))
  else
    local length = size(given.size or given.count, known)
    made.of, made.bare = length.of, length.bare
  end
  return made
end

local inputs = { ["in"] = true, state = true, model = true, value = true }

local function add(verb, entry)
  for _, arg in ipairs(entry.args) do verb.known[arg.name] = true end
  local derived = { weighted = true }
  for i, arg in ipairs(entry.args) do
    local it = { name = arg.name, c = arg.c, role = arg.role }
    it.extent = arg.extent and extent(arg.extent, arg.name, verb.known)
    it.is_pointer = arg.c:find "%*$" ~= nil
    it.is_struct = library.structs[structs.pointee(arg.c)] ~= nil
    verb.args[i] = it
    if it.extent and it.extent.element then derived[it.extent.element] = true end
  end
  -- What a call brings to life.
  local first = verb.args[1]
  if entry.verb == "init" or (entry.verb == "fit" and first.role == "model") then verb.makes = first end
  for _, arg in ipairs(verb.args) do
    if arg ~= verb.makes and arg.name ~= "scratch" then
      if inputs[arg.role] and not derived[arg.name] then table.insert(verb.inputs, arg) end
      if arg.is_pointer and arg.role == "out" then table.insert(verb.outputs, arg) end
    end
  end
end

-- By the name in C without prefix and type, and in order.
local verbs = { by_name = {}, list = {}, heads = heads }

local function new(name, entry)
  local verb = { name = name, family = entry.family, verb = entry.verb,
                 entries = {}, args = {}, known = {}, inputs = {}, outputs = {} }
  add(verb, entry)
  return verb
end

for _, entry in ipairs(library.api.functions) do
  local dtype = type(entry.dtype) == "string" and entry.dtype or nil
  local name = entry.name:sub(5, dtype and -#dtype - 2 or nil)
  local verb = verbs.by_name[name]
  if not verb then
    verb = new(name, entry)
    table.insert(verbs.list, verb)
  elseif verb.entries[""] then
    -- One name may have a form for integers, which takes other arguments.
    local of_integers = {}
    for key, value in pairs(verb) do of_integers[key] = value end
    for key, value in pairs(new(name, entry)) do verb[key] = value end
    verb.of_integers = of_integers
  end
  verbs.by_name[name] = verb
  verb.entries[dtype or ""] = entry
end

local function complete(verb)
  if verb.of_integers then complete(verb.of_integers) end
  -- The functions that say how large bytes are which this one takes.
  local function asked(arg)
    local name = arg and arg.extent and arg.extent.asked
    return name and verbs.by_name[name:sub(5)]
  end
  verb.size = asked(verb.makes)
  for _, arg in ipairs(verb.args) do
    if arg.name == "scratch" then verb.scratch = asked(arg) end
  end
  -- What may be named: arguments, what sizes depend on, and the type of numbers.
  verb.keys = { dtype = true }
  for _, other in pairs { verb, verb.scratch or verb, verb.size or verb } do
    for _, arg in ipairs(other.args) do verb.keys[arg.name] = true end
  end
  -- Arrays of the type in a function's name: those of 16 bits where that is f16.
  for i, arg in ipairs(verb.args) do
    local half = verb.entries.f16
    arg.is_data = half ~= nil and half.args[i].c:find "lgt_f16" ~= nil
  end
end
for _, verb in ipairs(verbs.list) do complete(verb) end

return verbs
