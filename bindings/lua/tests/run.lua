-- All tests, from the root of the repository.
require "test_calls"
require "test_by_name"
require "test_package"
os.exit(require("luaunit").LuaUnit.run())
