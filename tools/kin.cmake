# Which words for happenings are akin: Debian's wordnet-base -> gen/kin.bin.
add_executable(kinc tools/kinc.c src/base/arena.c src/base/err.c src/base/io.c
    src/base/str.c src/base/table.c src/base/buf.c src/base/utf8.c)
target_link_libraries(kinc PRIVATE options PkgConfig::DEPS m)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/kin.bin ${CMAKE_BINARY_DIR}/gen/kin.c
    COMMAND kinc ${CORROB_WORDNET_DIR} ${CMAKE_BINARY_DIR}/gen DEPENDS kinc VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/kin.c)
set_source_files_properties(${CMAKE_BINARY_DIR}/gen/kin.c PROPERTIES
    OBJECT_DEPENDS ${CMAKE_BINARY_DIR}/gen/kin.bin)
