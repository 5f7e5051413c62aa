# Speed and memory of sorting made reports into stories: ninja bench-sorter.
add_executable(bench-sorter EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/sorter.c)
target_link_libraries(bench-sorter PRIVATE corrob)
