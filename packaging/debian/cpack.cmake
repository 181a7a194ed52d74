# Two Debian packages, liblogitudeABI and liblogitude-dev: `make deb`.
set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# Debian wants a name and an address of who made the package: MAINTAINER="Name <address>".
set(CPACK_PACKAGE_CONTACT "The Logitude developers" CACHE STRING "Maintainer of the packages")

set(about "Calibrators, mergeable metrics and softmax variants with gradients, behind a
C interface. It needs the C library alone and starts no threads.")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MULTIARCH same)

set(runtime_package liblogitude${abi})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime_package})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "${about}

This package has the library.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME liblogitude-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "${about}

This package has what programs are built with.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${runtime_package} (= ${PROJECT_VERSION}-1)")

# A package is a component, and what Debian wants to find of every package: a
# component of its own, no part of `make install`.
set(CPACK_COMPONENTS_ALL runtime development debian_runtime debian_development)
foreach(component runtime development)
  string(TOUPPER ${component} upper)
  set(CPACK_COMPONENT_${upper}_GROUP ${component})
  set(CPACK_COMPONENT_DEBIAN_${upper}_GROUP ${component})
endforeach()

find_program(GZIP gzip)
if(GZIP)
  set(debian ${CMAKE_CURRENT_BINARY_DIR}/debian)
  string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
  configure_file(packaging/debian/changelog.in ${debian}/changelog @ONLY)
  execute_process(COMMAND ${GZIP} -9nc ${debian}/changelog
    OUTPUT_FILE ${debian}/changelog.Debian.gz)
  execute_process(COMMAND ${GZIP} -9nc ${CMAKE_CURRENT_SOURCE_DIR}/CHANGELOG.md
    OUTPUT_FILE ${debian}/changelog.gz)
  foreach(component runtime development)
    string(TOUPPER ${component} upper)
    install(FILES packaging/debian/copyright ${debian}/changelog.gz ${debian}/changelog.Debian.gz
      DESTINATION share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME}
      COMPONENT debian_${component} EXCLUDE_FROM_ALL)
  endforeach()
endif()
include(CPack)
