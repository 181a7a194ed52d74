# The static archive, made by cargo.
find_program(CARGO cargo HINTS "$ENV{HOME}/.cargo/bin" REQUIRED)

set(cargo_target ${CMAKE_CURRENT_BINARY_DIR}/cargo)
set(cargo_archive ${cargo_target}/dist/liblogitude.a)

# Cargo writes what the archive depends on beside it, so a touched source is
# compiled again and an untouched one is not.
add_custom_command(
  OUTPUT ${cargo_archive}
  COMMAND ${CMAKE_COMMAND} -E env CARGO_TARGET_DIR=${cargo_target}
    ${CARGO} rustc --quiet --locked --profile dist --features capi --lib
    --crate-type staticlib -- --cfg lgt_product
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/Cargo.toml ${CMAKE_CURRENT_SOURCE_DIR}/Cargo.lock
  DEPFILE ${cargo_target}/dist/liblogitude.d
  COMMENT "Compiling liblogitude.a"
  VERBATIM)
add_custom_target(logitude_archive DEPENDS ${cargo_archive})
