# What the workbench's pages are dressed with: data/serve/* -> gen/serve_data.c.
file(GLOB SERVE_DATA CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/serve/*)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/serve_data.c
    COMMAND embed ${CMAKE_BINARY_DIR}/gen/serve_data.c ${SERVE_DATA}
    DEPENDS embed ${SERVE_DATA} VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/serve_data.c)
