// The WebAssembly modules, from outside: node tests/wasm/run.mjs PORTABLE SIMD128

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { calibrators } from "./calibrators.mjs";
import { calls } from "./calls.mjs";
import { equal, settle, test } from "./check.mjs";
import { extsums } from "./extsum.mjs";
import { CONSTANT, Library, STATUS, api } from "./library.mjs";
import { rankings } from "./rankings.mjs";
import { states } from "./states.mjs";
import { transforms } from "./transforms.mjs";

const { LGT_LEVEL_PORTABLE, LGT_LEVEL_SIMD128 } = CONSTANT;
const [portable, simd] = process.argv.slice(2).map((file) => new Library(file));

/** What wasm-ld exports of itself beside the memory. */
const LINKER = ["memory", "__data_end", "__heap_base"];

for (const [name, lib, level] of [
  ["portable", portable, LGT_LEVEL_PORTABLE],
  ["simd128", simd, LGT_LEVEL_SIMD128],
]) {
  test(`${name}: imports nothing`, () => {
    equal(JSON.stringify(WebAssembly.Module.imports(lib.module)), "[]", "imports");
  });
  test(`${name}: exports the functions of the contract and nothing else`, () => {
    const exported = WebAssembly.Module.exports(lib.module).map((e) => e.name);
    const declared = [...api.functions.map((f) => f.name), ...LINKER];
    equal(exported.sort().join(" "), declared.sort().join(" "), "exports");
  });
  test(`${name}: its level, and no other that it lacks`, () => {
    equal(lib.exports.lgt_cpu_level(), level, "level");
    equal(lib.text(lib.exports.lgt_cpu_level_name(level)), name, "name of the level");
    for (const [constant, other] of Object.entries(CONSTANT)) {
      if (!constant.startsWith("LGT_LEVEL_")) continue;
      const there = other === level || other === LGT_LEVEL_PORTABLE;
      const wanted = there ? STATUS.LGT_OK : STATUS.LGT_E_UNSUPPORTED;
      equal(lib.exports.lgt_cpu_set_level(other), wanted, constant);
    }
    equal(lib.exports.lgt_cpu_set_level(level), STATUS.LGT_OK, "back");
    equal(lib.exports.lgt_cpu_level(), level, "level");
  });
  test(`${name}: says what it is`, () => {
    equal(lib.text(lib.exports.lgt_version()), api.version, "version");
    const levels = name === "simd128" ? "portable simd128" : "portable";
    const info = `logitude ${api.version} wasm32: ${levels}`;
    equal(lib.text(lib.exports.lgt_build_info()), info, "build info");
  });
}

/** The two modules, and the plain code that the second holds as well. */
const at = (lib, level) => () => {
  equal(lib.exports.lgt_cpu_set_level(level), STATUS.LGT_OK, "set_level");
  return lib;
};
const levels = [
  { name: "portable", use: at(portable, LGT_LEVEL_PORTABLE) },
  { name: "simd128", use: at(simd, LGT_LEVEL_SIMD128) },
  { name: "portable in the simd128 module", use: at(simd, LGT_LEVEL_PORTABLE) },
];
test("the example of docs/webassembly.md prints what it says", () => {
  const text = readFileSync(new URL("../../docs/webassembly.md", import.meta.url), "utf8");
  const [, code, printed] = text.match(/```js\n([^]*?)```\n\nprints `(.*)`/);
  const options = { input: code, encoding: "utf8" };
  equal(execFileSync(process.execPath, ["--input-type=module"], options).trim(), printed, "output");
});
transforms(levels);
states(levels);
extsums(levels);
calibrators(levels);
rankings(levels);
calls(levels);
settle();
