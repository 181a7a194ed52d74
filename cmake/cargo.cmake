# The static archive, made by cargo.
find_program(CARGO cargo HINTS "$ENV{HOME}/.cargo/bin" REQUIRED)

set(cargo_target ${CMAKE_CURRENT_BINARY_DIR}/cargo)
set(cargo_dist ${cargo_target}/dist)
set(cargo_triple)
if(LOGITUDE_CARGO_TARGET)
  set(cargo_dist ${cargo_target}/${LOGITUDE_CARGO_TARGET}/dist)
  set(cargo_triple --target ${LOGITUDE_CARGO_TARGET})
endif()
set(cargo_archive ${cargo_dist}/liblogitude.a)

# Cargo writes what the archive depends on beside it, so a touched source is
# compiled again and an untouched one is not. It leaves an archive alone that
# would come out the same; the touch says that this was looked at.
add_custom_command(
  OUTPUT ${cargo_archive}
  COMMAND ${CMAKE_COMMAND} -E env CARGO_TARGET_DIR=${cargo_target} ${cargo_environment}
    ${CARGO} rustc --quiet --locked --profile dist --features capi --lib ${cargo_triple}
    --crate-type staticlib -- --cfg lgt_product
  COMMAND ${CMAKE_COMMAND} -E touch ${cargo_archive}
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/Cargo.toml ${CMAKE_CURRENT_SOURCE_DIR}/Cargo.lock
  DEPFILE ${cargo_dist}/liblogitude.d
  COMMENT "Compiling liblogitude.a"
  VERBATIM)
add_custom_target(logitude_archive ALL DEPENDS ${cargo_archive})
