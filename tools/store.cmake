# The store's migrations and the dictionary of its readings: data/store/* -> gen/store_data.c.
file(GLOB STORE_DATA CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/store/*)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/store_data.c
    COMMAND embed ${CMAKE_BINARY_DIR}/gen/store_data.c ${STORE_DATA}
    DEPENDS embed ${STORE_DATA} VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/store_data.c)
