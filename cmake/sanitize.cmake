# LOGITUDE_SANITIZE: the archive and what is built to be looked at with a sanitizer of
# LLVM. clang is the C compiler, and LOGITUDE_CARGO_TARGET must be set, for a flag of the
# machine's own builds would be one of build scripts too. `address` has the undefined
# behaviour of C with it; Rust knows no such sanitizer.
if(NOT LOGITUDE_SANITIZE)
  set(cargo_environment)
  return()
endif()
if(NOT LOGITUDE_CARGO_TARGET OR BUILD_SHARED_LIBS)
  message(FATAL_ERROR "LOGITUDE_SANITIZE needs LOGITUDE_CARGO_TARGET, and BUILD_SHARED_LIBS=OFF")
endif()

set(rust_flags "-Zsanitizer=${LOGITUDE_SANITIZE} -Cdebuginfo=line-tables-only")
set(c_flags -fsanitize=${LOGITUDE_SANITIZE} -g1 -fno-omit-frame-pointer)
if(LOGITUDE_SANITIZE STREQUAL address)
  list(APPEND c_flags -fsanitize=undefined -fno-sanitize-recover=all)
else()
  # The core of Rust is compiled without: what it inlines into here is not.
  string(APPEND rust_flags " -Cunsafe-allow-abi-mismatch=sanitizer")
endif()
if(LOGITUDE_SANITIZE STREQUAL memory)
  # A value that is chosen from two must not be computed before the choice: of an empty
  # Option, MemorySanitizer would take that for a use of what it does not hold.
  string(APPEND rust_flags " -Cllvm-args=-two-entry-phi-node-folding-threshold=0"
    " -Cllvm-args=-phi-node-folding-threshold=0")
  # Who made what was not written is told at twice the time.
  if(LOGITUDE_ORIGINS)
    string(APPEND rust_flags " -Zsanitizer-memory-track-origins")
    list(APPEND c_flags -fsanitize-memory-track-origins)
  endif()
endif()

# Sanitizers are not among what a stable compiler promises, so it is told that we know.
# Without link-time optimisation, which leaves parts of the core uninstrumented; and little
# of the other, so that a fault is not optimised away before it is seen.
set(cargo_environment RUSTC_BOOTSTRAP=1
  CARGO_PROFILE_DIST_LTO=off CARGO_PROFILE_DIST_OPT_LEVEL=1 CARGO_PROFILE_DIST_CODEGEN_UNITS=16
  "RUSTFLAGS=${rust_flags}")
add_compile_options(${c_flags})
add_link_options(${c_flags})
