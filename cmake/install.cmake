# Libraries, headers, and how CMake and pkg-config find them. What runs a program
# is component `runtime`; what builds one is `development`.
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/logitude)

if(BUILD_SHARED_LIBS)
  install(TARGETS logitude_shared EXPORT logitude-targets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT runtime NAMELINK_COMPONENT development)
  install(EXPORT logitude-targets NAMESPACE logitude:: DESTINATION ${config_dir}
    COMPONENT development)
endif()
install(FILES ${cargo_archive} DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(FILES include/logitude/logitude.h include/logitude/logitude.hpp
    include/logitude/functions.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/logitude COMPONENT development)
install(FILES include/logitude/api.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/logitude COMPONENT development)
install(FILES LICENSE-MIT LICENSE-APACHE CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT licences)

configure_package_config_file(cmake/logitude-config.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/logitude-config.cmake
  INSTALL_DESTINATION ${config_dir}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
# Before 1.0 another minor version is another library.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/logitude-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/logitude-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/logitude-config-version.cmake
  DESTINATION ${config_dir} COMPONENT development)

# Relative to the .pc file itself, so that the whole tree can be moved.
file(RELATIVE_PATH pc_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/logitude.pc.in ${CMAKE_CURRENT_BINARY_DIR}/logitude.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/logitude.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# Man pages, where `make man` has made them.
install(DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}
  COMPONENT development OPTIONAL)
