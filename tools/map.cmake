# The world's outline: npm world-atlas -> gen/map_data.c.
include(${CMAKE_CURRENT_LIST_DIR}/packages/where.cmake)
add_executable(mapc tools/mapc.c src/base/arena.c src/base/err.c src/base/io.c src/base/str.c)
target_link_libraries(mapc PRIVATE options PkgConfig::DEPS m)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/map_data.c
    COMMAND ${CMAKE_SOURCE_DIR}/tools/packages/fetch ${CORROB_NPM_DIR} world-atlas/countries-50m.json
    COMMAND mapc ${CORROB_NPM_DIR}/world-atlas/countries-50m.json
        ${CMAKE_SOURCE_DIR}/data/gazetteer/countries.tsv ${CMAKE_BINARY_DIR}/gen/map_data.c
    DEPENDS mapc ${CMAKE_SOURCE_DIR}/data/gazetteer/countries.tsv ${CMAKE_SOURCE_DIR}/package-lock.json
    VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/map_data.c)
