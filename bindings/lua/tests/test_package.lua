-- What the module adds to the C functions: types, sizes, errors, states, models.

local ffi = require "ffi"
local lu = require "luaunit"
local lg = require "logitude"

TestPackage = {}

local function near(a, b) lu.assertAlmostEquals(a, b, 1e-6) end

local function softmax_of(row)
  local total, terms = 0, {}
  for i, x in ipairs(row) do
    terms[i] = math.exp(x)
    total = total + terms[i]
  end
  for i in ipairs(terms) do terms[i] = terms[i] / total end
  return terms
end

-- That it raises an error with this name, or this text.
local function refused(wanted, f, ...)
  local ok, problem = pcall(f, ...)
  lu.assertFalse(ok)
  local text = tostring(problem)
  lu.assertTrue(text:find(wanted, 1, true) ~= nil, text)
  return problem
end

function TestPackage:test_the_type_of_the_array_chooses_the_function()
  local row = { 1, 2, 3 }
  for kind, bound in pairs { f32 = 1e-6, f64 = 1e-12, f16 = 1e-3, bf16 = 1e-2 } do
    local y = lg.softmax(lg.array(kind, row))
    lu.assertEquals(ffi.sizeof(y), ffi.sizeof(lg.array(kind, row)))
    for i, p in ipairs(lg.table(y)) do lu.assertAlmostEquals(p, softmax_of(row)[i], bound) end
  end
  lu.assertTrue(ffi.istype("double[?]", lg.softmax(row)))
  refused("softmax: no function for int32_t", lg.softmax, lg.array("i32", row))
  refused("y is an array of double, not of float", lg.softmax, lg.array("f32", row), { y = lg.array("f64", 3) })
  -- 16-bit words made elsewhere, and pointers, are what the caller says.
  local words = ffi.new("uint16_t[3]", 0x3c00, 0x4000, 0x4200)
  near(lg.table(lg.softmax(words, { dtype = "f16" }))[1], lg.table(lg.softmax(lg.array("f16", row)))[1])
  local array = lg.array("f32", row)
  near(lg.softmax(ffi.cast("float *", array), { rows = 1, cols = 3 })[0], softmax_of(row)[1])
end

function TestPackage:test_sizes_are_read_off_the_arrays()
  local flat = lg.array("f32", { 1, 2, 3, 3, 2, 1 })
  local rows = lg.table(lg.softmax { { 1, 2, 3 }, { 3, 2, 1 } })
  local shapes = { { cols = 3 }, { rows = 2 } }
  for _, shape in ipairs(shapes) do
    for i, p in ipairs(lg.table(lg.softmax(flat, shape))) do near(p, rows[i]) end
  end
  near(lg.cross_entropy(flat, { 2, 0 }, { total = true }), -2 * math.log(rows[3]))
  local apart = lg.softmax(lg.array("f32", { 1, 2, 3, 9, 3, 2, 1 }), { cols = 3, x_stride = 4 })
  for i, p in ipairs(lg.table(apart)) do near(p, rows[i]) end
  refused("LGT_E_SHAPE", lg.softmax, flat, { cols = 4 })
  refused("LGT_E_SIZE", lg.softmax, flat, { cols = 3, rows = 3 })
  refused("LGT_E_SIZE", lg.softmax, flat, { cols = 3, y = lg.array("f32", 5) })
  refused("unequal length", lg.softmax, { { 1, 2 }, { 3 } })
end

function TestPackage:test_outputs_are_made_or_written_where_the_caller_says()
  local x = lg.array("f32", { 1, 2, 3 })
  local both = lg.softmax(x, { lse = true })
  near(both.lse[0], math.log(math.exp(1) + math.exp(2) + math.exp(3)))
  lg.softmax(x, { y = x })
  lu.assertEquals(lg.table(x), lg.table(both.y))
  -- All of what a curve cannot do without.
  local curve = lg.roc_curve({ 0.1, 0.9 }, { 0, 1 }, { capacity = 3, corners = 0 })
  lu.assertEquals(curve.report.points, 3)
  lu.assertEquals(lg.table(curve.tpr), { 0, 1, 1 })
  lu.assertEquals(lg.table(lg.softmax { { 0, 0 }, { 0, 0 } }, 2), { { 0.5, 0.5 }, { 0.5, 0.5 } })
end

function TestPackage:test_options_and_structs_are_tables()
  near(lg.softmax({ { 0, 1 } }, { opts = { scale = 2 } })[1], 1 / (1 + math.exp(-2)))
  local mask = { kept = lg.array("u8", { 1, 1, 0 }) }
  near(lg.softmax({ { 0, 1, 5 } }, { opts = { mask = mask } })[1], 1 / (1 + math.exp(-1)))
  local pick = { columns = lg.array("i32", { 2, 0 }), count = 2 }
  local picked = lg.softmax({ { 0, 9, 1 }, { 1, 9, 0 } }, { opts = { mask = pick } })
  for i, at in ipairs { 0, 1, 4, 3 } do near(picked[at], 1 / (1 + math.exp(i % 2 == 0 and 1 or -1))) end
  refused("columns is no array", lg.softmax, { { 0, 1 } }, { opts = { mask = { columns = { 0 } } } })
  refused("has no field sharp", lg.softmax, { { 0, 1 } }, { opts = { sharp = 2 } })
  lu.assertEquals(lg.temperature_opts_default().max_iter, 50)
end

function TestPackage:test_errors_say_what_and_where()
  local problem = refused("cross_entropy: a label outside", lg.cross_entropy, { { 1, 2 } }, { 7 })
  lu.assertEquals(problem.name, "LGT_E_LABEL")
  lu.assertEquals(problem.status, -6)
  refused("softmax has no argument axis", lg.softmax, { { 1 } }, { axis = 1 })
  refused("auroc: max_fpr is missing", lg.auroc, { 1, 2 }, { 0, 1 })
  refused("order = -2 is no uint32_t", lg.taylor_softmax, { { 1 } }, -2)
  refused("order = 1.5 is no uint32_t", lg.taylor_softmax, { { 1 } }, 1.5)
  refused("softmax: x is no array", lg.softmax, "text")
  refused("LGT_E_NULL", lg.cross_entropy, { { 1, 2 } })
end

function TestPackage:test_advisories_come_second()
  local y, advisory = lg.softmax { { -math.huge } }
  lu.assertEquals(advisory, "LGT_EMPTY_ROW")
  lu.assertTrue(y[0] ~= y[0])
  lu.assertNil(select(2, lg.softmax { { 1 } }))
end

function TestPackage:test_states_merge_and_travel_as_text()
  local all = lg.EceTopLabel(10):update({ { 0.75, 0.25 }, { 0.75, 0.25 } }, { 0, 1 })
  near(all:finish().ece, 0.25)
  local a = lg.EceTopLabel(10):update({ { 0.75, 0.25 } }, { 0 })
  local b = lg.EceTopLabel(10):update({ { 0.75, 0.25 } }, { 1 })
  lu.assertEquals((a + b):to_string(), all:to_string())
  lu.assertEquals((b + a):to_string(), all:to_string())
  lu.assertEquals(a:finish().rows, 1)
  lu.assertEquals(#all:get_bins(), 10)
  lu.assertEquals(lg.EceTopLabel.from_string(all:to_string()):finish().rows, 2)
  lu.assertEquals(all:reset():to_string(), lg.EceTopLabel(10):to_string())
  refused("LGT_E_MISMATCH", all.merge, all, lg.EceTopLabel(5))
  refused("LGT_E_MISMATCH", lg.Nll.from_string, all:to_string())
  refused("LGT_E_STATE", lg.Nll.from_string, ("\0"):rep(64))
  refused("LGT_E_VALUE", lg.EceTopLabel, 0)
end

function TestPackage:test_memory_is_the_collectors()
  collectgarbage()
  local before = collectgarbage "count"
  for _ = 1, 200 do lg.Confusion(100) end
  collectgarbage()
  lu.assertTrue(collectgarbage "count" < before + 1024)
end

function TestPackage:test_bytes_that_are_too_short_are_refused()
  local text = lg.Nll():to_string()
  local whole = ffi.new("uint64_t[?]", #text / 8)
  ffi.copy(whole, text, #text)
  lg.nll_update(whole, { { 1, 2 } }, { 0 })
  lu.assertEquals(lg.nll_finish(whole).rows, 1)
  for _, n in ipairs { 0, 1, #text / 8 - 1 } do
    local part = ffi.new("uint64_t[?]", n)
    ffi.copy(part, text, n * 8)
    refused("LGT_E_SIZE", lg.nll_finish, part)
  end
  refused("LGT_E_SIZE", lg.temperature_apply, ffi.new "uint64_t[1]", { { 1, 2 } })
  refused("LGT_E_NULL", lg.nll_finish)
  refused("lse", lg.extsum_lse, ffi.new "uint64_t[1]")
end

function TestPackage:test_one_name_takes_flags_or_scores()
  local flags, labels = lg.array("i32", { 1, 0 }), lg.array("i32", { 1, 0 })
  local scores = lg.array("f32", { 0.9, 0.1 })
  lu.assertEquals(lg.Multilabel(2):update(flags, labels):to_string(),
    lg.Multilabel(2):update(scores, labels, { threshold = 0.5 }):to_string())
end

function TestPackage:test_models_fit_apply_and_travel_as_text()
  local scaling = lg.Temperature.fit({ { 4, 0 }, { 4, 0 }, { 4, 0 }, { 4, 0 } }, { 0, 0, 0, 1 })
  near(scaling.temperature, 4 / math.log(3))
  near(scaling:apply { { 4, 0 } }[0], 0.75)
  lu.assertEquals(lg.Temperature.from_string(scaling:to_string()).temperature, scaling.temperature)
  local isotonic = lg.isotonic_fit({ 0.1, 0.2, 0.3, 0.4 }, { 0, 0, 1, 1 })
  lu.assertEquals(lg.table(isotonic:apply { 0.1, 0.4 }), { 0, 1 })
  refused("LGT_E_MISMATCH", lg.Temperature.from_string, isotonic:to_string())
end

-- What a program prints.
local function printed(chunk)
  local lines = {}
  local function keep(...) lines[#lines + 1] = table.concat({ tostring((...)), select(2, ...) }, "\t") end
  setfenv(chunk, setmetatable({ print = keep }, { __index = _G }))()
  return lines
end

function TestPackage:test_the_page_runs()
  local file = assert(io.open "bindings/lua/README.md")
  local code = file:read("*a"):match "```lua\n(.-)```"
  file:close()
  local lines = printed(assert(loadstring(code)))
  lu.assertStrContains(lines[#lines], "\t15")
end

function TestPackage:test_the_example_runs()
  local lines = printed(assert(loadfile "bindings/lua/example.lua"))
  local before, after = lines[2]:match "(0%.%d+) before, (0%.%d+) after"
  lu.assertTrue(tonumber(after) < tonumber(before) / 2)
end
