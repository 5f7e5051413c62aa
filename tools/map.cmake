# The world's outline: npm world-atlas -> gen/map_data.c.
#
# Where the packages of package-lock.json are: $CORROB_NPM_DIR, else as node looks for
# them: node_modules here or in a folder above, else here, to be fetched.
set(found ${CMAKE_SOURCE_DIR}/node_modules)
set(above ${CMAKE_SOURCE_DIR})
while(NOT EXISTS ${found}/world-atlas AND NOT above STREQUAL "/")
    get_filename_component(above ${above} DIRECTORY)
    if(EXISTS ${above}/node_modules/world-atlas)
        set(found ${above}/node_modules)
    endif()
endwhile()
if(DEFINED ENV{CORROB_NPM_DIR})
    set(found $ENV{CORROB_NPM_DIR})
endif()
set(CORROB_NPM_DIR ${found} CACHE PATH "node_modules with the packages of package-lock.json")

add_executable(mapc tools/mapc.c src/base/arena.c src/base/err.c src/base/io.c src/base/str.c)
target_link_libraries(mapc PRIVATE options PkgConfig::DEPS m)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/map_data.c
    COMMAND ${CMAKE_SOURCE_DIR}/tools/fetch-packages ${CORROB_NPM_DIR} world-atlas/countries-50m.json
    COMMAND mapc ${CORROB_NPM_DIR}/world-atlas/countries-50m.json
        ${CMAKE_SOURCE_DIR}/data/gazetteer/countries.tsv ${CMAKE_BINARY_DIR}/gen/map_data.c
    DEPENDS mapc ${CMAKE_SOURCE_DIR}/data/gazetteer/countries.tsv ${CMAKE_SOURCE_DIR}/package-lock.json
    VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/map_data.c)
