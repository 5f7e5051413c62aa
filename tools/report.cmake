# The report's style and marks: data/report/* -> gen/report_data.c.
file(GLOB REPORT_DATA CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/report/*)
add_executable(embed tools/embed.c src/base/arena.c src/base/err.c src/base/io.c src/base/str.c)
target_link_libraries(embed PRIVATE options)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/report_data.c
    COMMAND embed ${CMAKE_BINARY_DIR}/gen/report_data.c ${REPORT_DATA}
    DEPENDS embed ${REPORT_DATA} VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/report_data.c)
