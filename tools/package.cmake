# Installing and packaging: the program, the library with its header, man page and
# completions made from the table of options.  `tools/package` makes the .deb files.
#
#     corrob          the program
#     libcorrob0      the shared library
#     libcorrob-dev   header, static library, pkg-config
option(CORROB_PACKAGE "build what is installed: the shared library, manual, completions" OFF)
if(CORROB_PACKAGE)
    include(GNUInstallDirs)
    set(made ${CMAKE_BINARY_DIR}/package)
    set(packaging ${CMAKE_SOURCE_DIR}/packaging)
    set_target_properties(corrob PROPERTIES POSITION_INDEPENDENT_CODE ON)
    file(WRITE ${made}/empty.c "typedef int corrob_shared;\n")
    add_library(corrob-shared SHARED ${made}/empty.c)
    set_target_properties(corrob-shared PROPERTIES OUTPUT_NAME corrob
        VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
    target_link_libraries(corrob-shared PRIVATE
        -Wl,--whole-archive corrob -Wl,--no-whole-archive)
    target_link_options(corrob-shared PRIVATE -Wl,-z,relro,-z,now,--no-undefined)

    add_custom_command(OUTPUT ${made}/corrob.1.gz
        COMMAND sh ${packaging}/manual $<TARGET_FILE:corrob-cli> ${made} ${packaging}
        DEPENDS corrob-cli ${packaging}/manual ${packaging}/changelog VERBATIM)
    add_custom_target(manual ALL DEPENDS ${made}/corrob.1.gz)
    configure_file(${packaging}/corrob.pc.in ${made}/corrob.pc @ONLY)

    install(TARGETS corrob-cli RUNTIME COMPONENT corrob)
    install(FILES ${made}/corrob.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT corrob)
    install(FILES ${made}/bash DESTINATION share/bash-completion/completions RENAME corrob
        COMPONENT corrob)
    install(FILES ${made}/zsh DESTINATION share/zsh/vendor-completions RENAME _corrob
        COMPONENT corrob)
    install(FILES ${made}/fish DESTINATION share/fish/vendor_completions.d RENAME corrob.fish
        COMPONENT corrob)
    install(FILES ${CMAKE_SOURCE_DIR}/tools/systemd/corrob-watch.service
        DESTINATION lib/systemd/system COMPONENT corrob)
    install(TARGETS corrob-shared LIBRARY COMPONENT libcorrob0 NAMELINK_COMPONENT libcorrob-dev)
    install(TARGETS corrob ARCHIVE COMPONENT libcorrob-dev)
    install(FILES ${CMAKE_SOURCE_DIR}/include/corrob.h DESTINATION include COMPONENT libcorrob-dev)
    install(FILES ${made}/corrob.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT libcorrob-dev)
    install(FILES ${CMAKE_SOURCE_DIR}/docs/example.c DESTINATION share/doc/libcorrob-dev/examples
        COMPONENT libcorrob-dev)
    foreach(package corrob libcorrob0 libcorrob-dev)
        install(FILES ${packaging}/copyright ${made}/changelog.gz
            DESTINATION share/doc/${package} COMPONENT ${package})
    endforeach()

    set(CPACK_GENERATOR DEB)
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    set(CPACK_STRIP_FILES ON)
    set(CPACK_DEB_COMPONENT_INSTALL ON)
    set(CPACK_COMPONENTS_ALL corrob libcorrob0 libcorrob-dev)
    set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
    set(CPACK_PACKAGE_CONTACT "The corrob authors <corrob@packages.debian.org>")
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
    set(CPACK_DEBIAN_CORROB_PACKAGE_NAME corrob)
    set(CPACK_DEBIAN_CORROB_PACKAGE_SECTION utils)
    set(CPACK_DEBIAN_CORROB_DESCRIPTION "what news reports say, where they agree and conflict
Reads many news reports on the same events and writes a situation report:
figures, events and statements, each tied to the sentence that it came from,
with who says so and who says otherwise. Works offline.")
    set(CPACK_DEBIAN_LIBCORROB0_PACKAGE_NAME libcorrob0)
    set(CPACK_DEBIAN_LIBCORROB0_PACKAGE_SECTION libs)
    set(CPACK_DEBIAN_LIBCORROB0_PACKAGE_SHLIBDEPS ON)
    file(WRITE ${made}/shlibs
        "libcorrob ${PROJECT_VERSION_MAJOR} libcorrob0 (>= ${PROJECT_VERSION})\n")
    set(CPACK_DEBIAN_LIBCORROB0_PACKAGE_CONTROL_EXTRA ${packaging}/triggers ${made}/shlibs)
    set(CPACK_DEBIAN_LIBCORROB0_DESCRIPTION "what news reports say: shared library
The library behind corrob: reports in, findings with their evidence out.")
    set(CPACK_DEBIAN_LIBCORROB-DEV_PACKAGE_NAME libcorrob-dev)
    set(CPACK_DEBIAN_LIBCORROB-DEV_PACKAGE_SECTION libdevel)
    set(CPACK_DEBIAN_LIBCORROB-DEV_PACKAGE_DEPENDS "libcorrob0 (= ${PROJECT_VERSION})")
    set(CPACK_DEBIAN_LIBCORROB-DEV_DESCRIPTION "what news reports say: development files
Header, static library, pkg-config file and an example program for libcorrob.")
    include(CPack)
endif()
