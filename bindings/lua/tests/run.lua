-- All tests, from the root of the repository.
require "test_calls"
os.exit(require("luaunit").LuaUnit.run())
