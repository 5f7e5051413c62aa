# The developers' command that learns src/story/happening_weights.c.
add_executable(train-happenings EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-happenings.c)
target_link_libraries(train-happenings PRIVATE corrob)
