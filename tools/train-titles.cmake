# The developers' command that learns src/article/title_weights.c from pages with known titles.
add_executable(train-titles EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-titles.c
               ${CMAKE_SOURCE_DIR}/tools/gold_pages.c)
target_link_libraries(train-titles PRIVATE corrob)
