-- What can be called: the functions of a family and verb, one a type of numbers, as one.

local ffi = require "ffi"
local library = require "logitude.library"
local structs = require "logitude.structs"

local heads = {}

-- What extents call: the heads of states are those of docs/state-format.md.
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
function heads.words(cols) return math.ceil(cols / 64) end
function heads.bytes(headed) return head(headed, 8, "uint32_t") end
function heads.param(headed) return head(headed, 12, "uint32_t") end
function heads.dims(layer) return head(layer, 16, "uint64_t") end
function heads.measures(state) return (heads.bytes(state) - 48) / 608 end
function heads.nnz(csr) return at(csr, 16, "uint64_t") end
function heads.is(x) return x and x ~= 0 end

-- Extents are expressions in C of the other arguments: `a ? b : c` is `is(a) and b or c`.
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

-- How long the array behind a pointer is. `bare` is the argument that is the length itself.
local function extent(text)
  if not text then return nil end
  local is_bytes = text:find "^bytes%(" or text:find "^[%w_]*size$"
  local made = { text = text, of = compiled(text), is_bytes = is_bytes, bare = text:match "^[%a_][%w_]*$" }
  local rows, stride, cols = text:match "^strided%((.-), ([%w_]+), (.+)%)$"
  if rows then made.rows, made.stride, made.cols = extent(rows), stride, extent(cols) end
  return made
end

local inputs = { ["in"] = true, state = true, model = true, value = true }

local function add(verb, entry)
  local extents = library.extents[entry.name] or {}
  for i, arg in ipairs(entry.args) do
    local it = { name = arg.name, c = arg.c, role = arg.role, extent = extent(extents[arg.name]) }
    it.is_pointer = arg.c:find "%*$" ~= nil
    it.is_struct = library.structs[structs.pointee(arg.c)] ~= nil
    verb.args[i], verb.known[arg.name] = it, true
  end
  -- What a call brings to life.
  local first = verb.args[1]
  if entry.verb == "init" or (entry.verb == "fit" and first.role == "model") then verb.makes = first end
  for _, arg in ipairs(verb.args) do
    local derived = arg.role == "value" and (arg.name:find "_type$" or arg.name == "weighted")
    if arg ~= verb.makes and arg.name ~= "scratch" then
      if inputs[arg.role] and not derived then table.insert(verb.inputs, arg) end
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
  local of, makes = verbs.by_name, verb.makes
  if verb.known.scratch then
    verb.scratch = of[verb.name .. "_scratch"] or of[verb.family .. "_scratch"]
  end
  if makes and not makes.is_struct then verb.size = of[verb.family .. "_size"] end
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
