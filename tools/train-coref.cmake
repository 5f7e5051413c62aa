# The developers' command that learns src/text/coref_weights.c.
add_executable(train-coref EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-coref.c)
target_link_libraries(train-coref PRIVATE corrob)
