-- Sizes, strides and types that a call was not given, read off its arrays.

local library = require "logitude.library"
local arrays = require "logitude.arrays"
local status = require "logitude.status"

-- Rows from columns, or columns from rows.
local function divide(verb, arg, values)
  local rows, cols, stride = arg.extent.rows, arg.extent.cols, values[arg.extent.stride]
  local across, down, length = cols.of(values), rows.of(values), values[arg.name].length
  local function refuse(text, number)
    status.refuse("LGT_E_SHAPE", verb.name, (arg.name .. " is not " .. text):format(number))
  end
  if across and across > 0 and rows.bare and not down then
    -- The last row may end where its numbers do.
    local step = stride or across
    local rest = length % step
    if rest ~= 0 and rest ~= across then refuse("rows of %d", across) end
    values[rows.bare] = math.ceil(length / step)
  elseif down and down > 0 and cols.bare and not across and not stride then
    if length % down ~= 0 then refuse("%d rows", down) end
    values[cols.bare] = length / down
  end
end

-- `label_type` is that of the labels.
local function name_types(verb, values, set)
  for _, arg in ipairs(verb.args) do
    if arg.extent and arg.extent.element then
      local kind = values[arg.name] and arrays.kind_of(values[arg.name].data)
      set(arg.extent.element, kind and kind.code or library.constants.LGT_I32)
    end
  end
end

-- Adds to `values` what they say. `dtype` is the type of the numbers.
return function(verb, dtype, values)
  local found, tables = {}, {}
  local function set(name, value)
    if name and value and values[name] == nil then values[name] = value end
  end
  for _, arg in ipairs(verb.args) do
    local pointer = values[arg.name]
    if arg.extent and pointer and pointer.length < math.huge then
      found[#found + 1] = arg
      if arg.extent.rows then tables[#tables + 1] = arg end
    end
  end
  for _, arg in ipairs(tables) do
    local shape = values[arg.name].shape or {}
    set(arg.extent.rows.bare, shape[1])
    set(arg.extent.cols.bare, shape[2])
  end
  for _, arg in ipairs(found) do set(arg.extent.bare, values[arg.name].length) end
  for _, arg in ipairs(tables) do divide(verb, arg, values) end
  -- Where nothing says otherwise, an array is one row.
  for _, arg in ipairs(tables) do
    local rows, cols = arg.extent.rows.bare, arg.extent.cols.bare
    if rows and cols and not values[cols] then
      set(rows, 1)
      set(cols, values[arg.name].length)
    end
  end
  for _, arg in ipairs(verb.args) do
    if arg.extent and arg.extent.stride then set(arg.extent.stride, arg.extent.cols.of(values)) end
  end
  set("weighted", values.weights and 1 or 0)
  set("score_size", ({ f16 = 2, bf16 = 2, f32 = 4 })[dtype] or 8)
  set("_n", values.n)
  name_types(verb, values, set)
end
