# The trained model: model/en.bin becomes a part of the program, so that one file is all
# that a user needs.  And what the model's arithmetic wants of the compiler.
set(MODEL_BIN ${CMAKE_SOURCE_DIR}/model/en.bin CACHE FILEPATH "the model file to build in")
if(EXISTS ${MODEL_BIN})
    set_source_files_properties(src/model/built_in.c PROPERTIES
        COMPILE_DEFINITIONS MODEL_FILE="${MODEL_BIN}" OBJECT_DEPENDS ${MODEL_BIN})
endif()

# Every kernel must give the same bits: no multiply and add at once where the source says
# two steps.  Vectors wider than the processor's are split by the compiler, in one file,
# so how they would be passed between files doesn't matter.
set(KERNEL_OPTIONS -O2 -ffp-contract=off -Wno-psabi)
set_source_files_properties(src/model/kernel_plain.c src/model/analyse.c src/model/tree.c
    src/model/names.c PROPERTIES COMPILE_OPTIONS "-O3;-ffp-contract=off;-Wno-psabi")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    set_source_files_properties(src/model/kernel_avx2.c PROPERTIES
        COMPILE_OPTIONS "${KERNEL_OPTIONS};-mavx2")
    set_source_files_properties(src/model/kernel_vnni.c PROPERTIES
        COMPILE_OPTIONS "${KERNEL_OPTIONS};-mavx2;-mavxvnni")
    set_source_files_properties(src/model/kernel_avx512.c PROPERTIES
        COMPILE_OPTIONS "${KERNEL_OPTIONS};-mavx512f;-mavx512vl;-mavx512bw;-mavx512vnni")
endif()

# The trainer: loops over floats that never trap.
set_source_files_properties(src/model/layer.c src/model/param.c src/model/net.c
    src/model/net_backward.c src/model/sgemm.c PROPERTIES
    COMPILE_OPTIONS "-O3;-fno-trapping-math;-fno-math-errno;-Wno-psabi")
