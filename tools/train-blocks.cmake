# The developers' command that learns src/article/score_weights.c from pages with known bodies.
add_executable(train-blocks EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/train-blocks.c
               ${CMAKE_SOURCE_DIR}/tools/gold_pages.c)
target_link_libraries(train-blocks PRIVATE corrob)
