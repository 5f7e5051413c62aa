# The developers' command that learns src/story/weights.c from grouped reports.
add_executable(train-stories EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-stories.c)
target_link_libraries(train-stories PRIVATE corrob)
