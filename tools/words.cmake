# The dictionary: Debian's wordnet-base and two lexicons -> gen/words.bin.
add_executable(wordc tools/wordc.c src/base/arena.c src/base/err.c src/base/io.c
    src/base/str.c src/base/table.c src/base/buf.c src/base/utf8.c src/model/tags.c)
target_link_libraries(wordc PRIVATE options PkgConfig::DEPS)
set(WORD_SOURCES ${CMAKE_SOURCE_DIR}/data/en/function_words.tsv
    ${CMAKE_SOURCE_DIR}/data/en/irregular_verbs.tsv)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/gen/words.bin ${CMAKE_BINARY_DIR}/gen/words.c
    COMMAND wordc ${CORROB_WORDNET_DIR} ${WORD_SOURCES} ${CMAKE_BINARY_DIR}/gen
    DEPENDS wordc ${WORD_SOURCES} VERBATIM)
target_sources(corrob PRIVATE ${CMAKE_BINARY_DIR}/gen/words.c)
set_source_files_properties(${CMAKE_BINARY_DIR}/gen/words.c PROPERTIES
    OBJECT_DEPENDS ${CMAKE_BINARY_DIR}/gen/words.bin)
