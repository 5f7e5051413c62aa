# The developers' command that learns src/text/boundary_weights.c.
add_executable(train-boundaries EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-boundaries.c)
target_link_libraries(train-boundaries PRIVATE corrob)
