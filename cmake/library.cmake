# The names under which the library is used, the same here as after find_package:
# logitude::static is cargo's archive; logitude::shared is linked from the whole
# of it; logitude::logitude is the shared one if that is built.
add_library(logitude_static STATIC IMPORTED GLOBAL)
add_dependencies(logitude_static logitude_archive)
set_target_properties(logitude_static PROPERTIES
  IMPORTED_LOCATION ${cargo_archive}
  INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_CURRENT_SOURCE_DIR}/include)
add_library(logitude::static ALIAS logitude_static)

if(NOT BUILD_SHARED_LIBS)
  add_library(logitude::logitude ALIAS logitude_static)
  return()
endif()

# Before 1.0 another minor version is another ABI: docs/abi.md.
set(abi ${PROJECT_VERSION_MAJOR})
if(abi EQUAL 0)
  set(abi 0.${PROJECT_VERSION_MINOR})
endif()
set(export_map ${CMAKE_CURRENT_SOURCE_DIR}/cmake/logitude.map)

add_library(logitude_shared SHARED ${CMAKE_CURRENT_SOURCE_DIR}/cmake/empty.c)
add_dependencies(logitude_shared logitude_archive)
set_target_properties(logitude_shared PROPERTIES
  OUTPUT_NAME logitude
  EXPORT_NAME shared
  VERSION ${PROJECT_VERSION}
  SOVERSION ${abi}
  LINK_DEPENDS "${cargo_archive};${export_map}")
# What little of libgcc is used comes along: nothing but libc is needed.
target_link_options(logitude_shared PRIVATE
  -static-libgcc
  "LINKER:--version-script=${export_map}"
  "LINKER:--gc-sections,--no-undefined,-z,relro,-z,now")
target_link_libraries(logitude_shared PRIVATE
  "-Wl,--whole-archive" ${cargo_archive} "-Wl,--no-whole-archive")
target_include_directories(logitude_shared PUBLIC
  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
add_library(logitude::shared ALIAS logitude_shared)
add_library(logitude::logitude ALIAS logitude_shared)
